import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, mul, ONE, sub, ZERO } from '../../../src/bybit/decimal';
import { totals } from '../../../src/desk/risk';
import { NO_MOVES, shocked, shockOf } from '../../../src/desk/shock';
import { isStable } from '../../../src/desk/stable';
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

  it('are made of a move of the market and moves of coins, which compose', () => {
    const moves = {
      market: decimal('-0.3'),
      coins: new Map([
        ['ETH', decimal('-0.5')],
        ['USDT', decimal('-0.1')],
      ]),
    };
    assert.deepEqual(
      [...shockOf(moves, ['BTC', 'ETH', 'USDT', 'USDC'])],
      [
        ['BTC', '0.7'],
        ['ETH', '0.35'],
        ['USDT', '0.9'],
      ],
    );
    assert.deepEqual([...shockOf(NO_MOVES, COINS)], []);
    fc.assert(
      fc.property(books, amounts(3000n, 3), amounts(3000n, 3), (of, market, own) => {
        const [a, b] = [sub(market, ONE), sub(own, ONE)];
        const both = shocked(of, shockOf({ market: a, coins: new Map([['BTC', b]]) }, COINS));
        const one = shocked(of, shockOf({ market: a, coins: new Map() }, COINS));
        const two = shocked(one, shockOf({ market: ZERO, coins: new Map([['BTC', b]]) }, COINS));
        assert.deepEqual([...both.prices], [...two.prices]);
        for (const coin of COINS.filter(isStable)) assert.equal(one.prices.get(coin), of.prices.get(coin));
        assert.equal(add(a, ONE), market);
      }),
      { numRuns: 500 },
    );
  });
});
