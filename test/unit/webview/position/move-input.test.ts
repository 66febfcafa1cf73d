import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import type { ParsedAmount } from '../../../../src/desk/parse';
import { moveText, readMove, readTarget } from '../../../../src/webview/position/move-input';

const told = (read: ParsedAmount) => ('problem' in read ? plain(read.problem) : read.value);
const move = (text: string, locale = 'en') => told(readMove(text, locale));
const target = (text: string, locale = 'en') => told(readTarget(text, locale));

describe('a move of a price, as typed', () => {
  it('has a sign or none, and the marks of the locale', () => {
    assert.equal(move('-30'), '-30');
    assert.equal(move('−30 %'), '-30');
    assert.equal(move(' + 2.5 '), '2.5');
    assert.equal(move('12'), '12');
    assert.equal(move('-2,5', 'de'), '-2.5');
    assert.equal(move('10,000'), '10000');
  });

  it('is none where nothing is typed', () => {
    assert.equal(move(''), '0');
    assert.equal(move('  '), '0');
    assert.equal(move('-0'), '0');
  });

  it('is refused rather than misread', () => {
    assert.match(move('1,5'), /^Unclear/);
    assert.match(move('-1.000'), /^This could mean/);
    assert.match(move('1.5', 'de'), /^Unclear/);
    assert.match(move('--5'), /more than 0/);
    assert.match(move('-'), /^Type a percentage/);
    assert.match(move('1e3'), /^Only the digits/);
    assert.equal(move('-100.0001'), 'A price falls by 100 % at most.');
    assert.equal(move('10001'), 'At most 10,000 %.');
    assert.match(move('1.23456'), /^At most 4 decimals/);
  });

  it('is read again as it is written', () => {
    const tenThousandths = fc.integer({ min: -1_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(tenThousandths, fc.constantFrom('en', 'de', 'fr', 'de-CH', 'hi'), (count, locale) => {
        const percent = decimal((count / 10_000).toFixed(4)) as Decimal;
        assert.equal(move(moveText(percent, locale), locale), percent);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a target LTV, as typed', () => {
  it('lies above 0 and goes up to 100', () => {
    assert.equal(target('60'), '60');
    assert.equal(target('62,5 %', 'de'), '62.5');
    assert.equal(target('100'), '100');
    for (const text of ['0', '100.1']) assert.equal(target(text), 'Type a percentage above 0 and up to 100.');
    assert.equal(target(''), 'Type a percentage, for example 60.');
    assert.match(target('6,25'), /^Unclear/);
  });
});
