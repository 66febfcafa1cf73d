import assert from 'node:assert/strict';
import { TypeAhead } from '../../../../src/webview/model/type-ahead';

describe('finding a row by typing', () => {
  const names = ['BTC', 'ETH', 'USDT', 'USDC', 'SOL', 'SUI'];
  let now = 0;
  let ahead: TypeAhead;
  beforeEach(() => {
    now = 0;
    ahead = new TypeAhead(() => now);
  });
  /** Where letters lead one after the other, beginning at a row; -1 where one leads nowhere. */
  function type(letters: string, from: number): number {
    let at = from;
    for (const letter of letters) at = ahead.next(letter, names, at) ?? -1;
    return at;
  }

  it('goes on from the row one is in, and round', () => {
    assert.equal(type('s', 0), 4);
    now += 2_000;
    assert.equal(type('e', 4), 1);
  });

  it('takes letters that follow each other as one word, in any case', () => {
    assert.equal(type('USDC', 0), 3);
    assert.equal(ahead.isTyping, true);
    now += 1_000;
    assert.equal(ahead.isTyping, false);
    assert.equal(type('su', 0), 5);
  });

  it('goes to the next row with the same letter again', () => {
    assert.deepEqual([type('s', 0), type('s', 4), type('s', 5)], [4, 5, 4]);
  });

  it('leads nowhere where no name begins so', () => {
    assert.equal(ahead.next('x', names, 0), undefined);
    now += 2_000;
    assert.equal(ahead.next('b', [], 0), undefined);
  });
});
