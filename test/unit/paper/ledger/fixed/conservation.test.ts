import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal, div, mul, ZERO } from '../../../../../src/bybit/decimal';
import { standing } from '../../../../../src/paper/ledger/collateral';
import { isOpen } from '../../../../../src/paper/ledger/fixed/contracts';
import { genesis } from '../../../../../src/paper/ledger/genesis';
import { NO_LEGACY } from '../../../../../src/paper/ledger/legacy/state';
import { imbalances } from '../../../../../src/paper/ledger/money';
import { Refusal } from '../../../../../src/paper/ledger/refusal';
import type { State } from '../../../../../src/paper/ledger/state';
import { settleNow } from '../../../../../src/paper/ledger/timeline';
import { coinOf, priceOf } from '../../../../../src/paper/ledger/world';
import { createWorld } from '../../../../../src/paper/systems/systems';
import { SEED, START } from '../../bench';
import { checkFixedClaims, fixedSteps } from './steps';

const world = createWorld(SEED);
const COINS = ['BTC', 'ETH', 'SOL', 'USDT', 'USDC'];

/** Without the legacy loans a ledger begins with: they would only cost time here. */
const BEGINNING: State = { ...genesis(world, { time: START, keys: [] }), legacy: NO_LEGACY };

/** A price that takes the LTV to a line: that of a coin which is owed goes up. */
const squeeze = fc
  .record({ n: fc.nat(50), line: fc.constantFrom('0.94', '0.96', '1.2') })
  .map(({ n, line }) => (state: State): State => {
    const open = state.fixed.contracts.filter(isOpen);
    const name = open[n % Math.max(1, open.length)]?.coin;
    const { debt, collateral } = standing(world, state);
    if (name === undefined || debt === ZERO) return state;
    const before = priceOf(world, state, coinOf(world, name));
    const price = div(mul(before, decimal(line), collateral), debt, 8, 'up');
    return { ...state, prices: new Map(state.prices).set(name, price) };
  });
const calm = fc.constant((state: State): State => ({ ...state, prices: new Map() }));
const slowness = fc
  .record({ settleMs: fc.constantFrom(0, 0, 5000, 4_000_000), settleFails: fc.boolean() })
  .map(
    (habits) =>
      (state: State): State => ({ ...state, habits: { ...state.habits, ...habits } }),
  );
const anyStep = fc.oneof(
  { weight: 18, arbitrary: fixedSteps(world, COINS) },
  { weight: 2, arbitrary: squeeze },
  { weight: 2, arbitrary: calm },
  { weight: 1, arbitrary: slowness },
);

/** Kinds of endings a sequence has come to. */
function endings({ fixed }: State): readonly string[] {
  return [
    ...fixed.repayments.map((row) => `repayment ${row.type}`),
    ...fixed.borrowOrders.map((order) => `borrow order ${order.state}`),
    ...fixed.supplyOrders.map((order) => `supply order ${order.state}`),
    ...fixed.supplies.map((contract) => `supply contract ${contract.status}`),
    ...fixed.renewals.map(() => 'renewal'),
  ];
}

describe('the money of fixed loans', () => {
  it('agrees with orders, contracts and histories after any sequence, through every ending', function () {
    this.timeout(120_000);
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' }), (steps) => {
        let state = BEGINNING;
        for (const step of steps) {
          try {
            state = settleNow(world, step(state));
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
          assert.deepEqual(imbalances(state.money), []);
          checkFixedClaims(state);
        }
        for (const ending of endings(state)) seen.add(ending);
      }),
      { numRuns: 150, seed: 20260305 },
    );
    assert.deepEqual([...seen].sort(), [
      'borrow order 1',
      'borrow order 2',
      'borrow order 3',
      'borrow order 4',
      'borrow order 5',
      'renewal',
      'repayment 1',
      'repayment 2',
      'repayment 3',
      'repayment 4',
      'repayment 6',
      'repayment 7',
      'repayment 8',
      'supply contract 1',
      'supply contract 2',
      'supply order 1',
      'supply order 2',
      'supply order 3',
      'supply order 4',
    ]);
  });
});
