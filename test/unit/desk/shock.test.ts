import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal, mul } from '../../../src/bybit/decimal';
import { totals } from '../../../src/desk/risk';
import { shocked } from '../../../src/desk/shock';
import { amounts, books, COINS } from './books';

const shocks = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...COINS), amounts(3000n, 3)), { selector: ([coin]) => coin })
  .map((entries) => new Map(entries));

describe('shocks', () => {
  it('compose, in any order', () => {
    fc.assert(
      fc.property(books, shocks, shocks, (of, first, second) => {
        const one = shocked(shocked(of, first), second);
        const both = new Map(
          [...new Set([...first.keys(), ...second.keys()])].map((coin) => [
            coin,
            mul(first.get(coin) ?? decimal('1'), second.get(coin) ?? decimal('1')),
          ]),
        );
        assert.deepEqual([...one.prices], [...shocked(of, both).prices]);
        assert.deepEqual([...one.prices], [...shocked(shocked(of, second), first).prices]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('scale debts exactly and leave coins alone that are not named', () => {
    fc.assert(
      fc.property(books, amounts(3000n, 3), (of, factor) => {
        const all = shocked(of, new Map(COINS.map((coin) => [coin, factor])));
        assert.equal(totals(all).debt, mul(totals(of).debt, factor));
        assert.equal(shocked(of, new Map([['UNKNOWN', factor]])).prices.has('UNKNOWN'), false);
      }),
      { numRuns: 1_000 },
    );
  });
});
