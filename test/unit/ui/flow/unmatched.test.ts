import assert from 'node:assert/strict';
import { plain } from '../../../../src/bybit/words';
import { meantInstead, unmatchedWords } from '../../../../src/ui/flow/unmatched';

const ROWS = [
  { label: 'BTC', description: '1.28 % a year · from 0.001 BTC' },
  { label: 'USDT', detail: 'of the Funding wallet' },
];
const said = (text: string, rows = ROWS) => {
  const sentence = unmatchedWords(text, rows);
  return sentence && plain(sentence);
};

describe('a list in which nothing is found', () => {
  for (const text of ['', '  ', 'bt', ' usdt ', '1.28', 'FUNDING']) {
    it(`says nothing of "${text}", which is in it`, () => assert.equal(said(text), undefined));
  }

  it('says so, and what to do', () => {
    assert.equal(said('NOSUCH '), 'Nothing listed has “NOSUCH” in it: less typed shows more.');
  });

  it('says no more of what was typed than fits', () => {
    assert.equal(
      said('x'.repeat(500)),
      `Nothing listed has “${'x'.repeat(24)}…” in it: less typed shows more.`,
    );
    assert.equal(said('💰'.repeat(30))?.includes(`${'💰'.repeat(24)}…`), true);
  });

  it('leaves a list without rows to its own words', () => assert.equal(said('BTC', []), undefined));
});

describe('a row that is accepted', () => {
  const [btc, usdt] = ROWS;
  assert.ok(btc && usdt);

  it('is meant where what was typed is in it, or nothing was', () => {
    for (const text of ['', ' ', 'btc', '1.28 %', 'BTC '])
      assert.equal(meantInstead(text, btc, ROWS), undefined);
  });

  it('is not meant where it stands out of sight of what was typed, and another one does not', () => {
    assert.equal(meantInstead('usd', btc, ROWS), usdt);
    assert.equal(meantInstead('1.28', usdt, ROWS), btc);
  });

  it('is left to VS Code where it finds by more than the letters', () => {
    assert.equal(meantInstead('ay', btc, ROWS), undefined);
  });
});
