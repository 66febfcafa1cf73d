import assert from 'node:assert/strict';
import { plain } from '../../../../src/bybit/words';
import { unmatchedWords } from '../../../../src/ui/flow/unmatched';

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
