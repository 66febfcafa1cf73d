import assert from 'node:assert/strict';
import { decimal } from '../../../src/bybit/decimal';
import { plain } from '../../../src/bybit/words';
import { readAmount } from '../../../src/desk/amount-input';

const OPTIONS = { coin: 'USDT', locale: 'en', maxPlaces: 6, most: decimal('200') };

function read(text: string, coin = 'USDT'): string {
  const result = readAmount(text, { ...OPTIONS, coin });
  return 'problem' in result ? plain(result.problem) : result.value;
}

describe('an amount that is typed', () => {
  for (const text of ['1234.5', '1,234.5', ' 1,234.5 USDT', '1234.5usdt', '1234.5\u00a0Usdt']) {
    it(`reads "${text}" as 1234.5`, () => assert.equal(read(text), '1234.5'));
  }

  it('reads names of coins that begin with a digit behind a space only', () => {
    assert.equal(read('5 1INCH', '1INCH'), '5');
    assert.equal(
      read('51INCH', '1INCH'),
      'This is an amount of 1INCH: type the figure alone, or with 1INCH behind it.',
    );
  });

  for (const text of ['10 BTC', '10BTC', '10 USD', '10 USDT USDT', '0x10', '10 kg']) {
    it(`refuses "${text}": another unit is no amount of the coin`, () => {
      assert.match(read(text), /^This is an amount of USDT: |^Only the digits/);
    });
  }

  it('takes no letter or exponent for a number, and says what to write', () => {
    assert.equal(read('10k'), '“10k” is not understood: write 10,000 in full.');
    assert.equal(read('2.5 M'), '“2.5 M” is not understood: write 2,500,000 in full.');
    assert.equal(read('1e6'), '“1e6” is not understood: write 1,000,000 in full.');
    assert.equal(read('10k USDT'), '“10k” is not understood: write 10,000 in full.');
    assert.equal(read('10k', 'K'), '10', 'a coin may be called so');
    assert.match(read('1,5k'), /^This is an amount of USDT/);
    assert.match(read('1e99'), /^This is an amount of USDT/);
  });

  it('says what is wrong with the figure before the name of the coin', () => {
    assert.equal(read('1.1234567 USDT'), 'At most 6 decimals: 1.123456 would pass.');
    assert.match(read('1.500 USDT'), /^This could mean 1\.5 or 1,500/);
    assert.match(read('-5 USDT'), /more than 0/);
    assert.match(read('-5USDT'), /more than 0/);
    assert.match(read('USDT'), /^Only the digits/);
  });

  it('takes shares of the most there is, and no more than all', () => {
    assert.equal(read('max'), '200');
    assert.equal(read('MAX '), '200');
    assert.equal(read('25%'), '50');
    assert.equal(read('12.5 %'), '25');
    assert.equal(read('101 %'), 'At most 100 %.');
    assert.equal(read('%'), 'Type a percentage, for example 3.5.');
    assert.equal(read('-5 %'), 'The percentage must be more than 0.');
    assert.equal(
      plain((readAmount('5 %', { ...OPTIONS, most: decimal('0') }) as { problem: never }).problem),
      'There is nothing to take a share of.',
    );
  });
});
