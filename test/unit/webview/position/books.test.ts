import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { byDanger, readingOf } from '../../../../src/webview/position/books';
import type { WirePool } from '../../../../src/webview/position-contract';

const d = decimal;

/** A pool that owes `debt` USDT against 1,000 USDT that count whole, with its liquidation line. */
function pool(name: string, debt: string, liquidation: string): WirePool {
  return {
    name,
    title: name,
    debts: debt === '0' ? [] : [{ coin: 'USDT', amount: d(debt), interest: null, hourlyRate: null }],
    collateral: [{ coin: 'USDT', amount: d('1000') }],
    wallet: [],
    prices: [{ coin: 'USDT', usd: d('1') }],
    bands: [{ coin: 'USDT', bands: [{ from: d('0'), to: null, ratio: d('1') }] }],
    thresholds: {
      initial: d('0.5'),
      marginCall: d('0.6'),
      delayedLiquidation: d(liquidation),
      liquidation: d(liquidation),
    },
    lines: [],
  } as unknown as WirePool;
}

const order = (...pools: readonly WirePool[]) => byDanger(pools.map(readingOf)).map(({ wire }) => wire.name);

describe('the pools on the page of the position', () => {
  it('come by how near they are to their own lines, the shared one first', () => {
    assert.deepEqual(
      order(
        pool('a', '500', '0.95'),
        pool('b', '500', '0.6'),
        pool('shared', '10', '0.95'),
        pool('c', '0', '0.9'),
      ),
      ['shared', 'b', 'a', 'c'],
    );
  });

  it('have no line where it is not above 0: then their LTV alone counts', () => {
    for (const none of ['0', '-0.5']) {
      assert.deepEqual(
        order(pool('near', '570', '0.6'), pool('none', '800', none), pool('far', '500', '0.9')),
        ['near', 'none', 'far'],
        none,
      );
    }
  });
});
