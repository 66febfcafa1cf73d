import assert from 'node:assert/strict';
import { getLoanPosition, type LoanPosition } from '../../../../src/bybit/common';
import { decimal } from '../../../../src/bybit/decimal';
import type { Figures } from '../../../../src/desk/operation';
import type { Snapshot } from '../../../../src/desk/snapshot';
import { observe, seesLtv } from '../../../../src/desk/watch/observe';
import { read } from '../../bybit/answers';
import { THRESHOLDS } from '../bench';
import { documentedParts, READ_AT, snapshotOf } from '../snapshots';

const d = decimal;
const NONE = { hour: d('0'), day: d('0'), year: d('0') };
const FIGURES: Figures = {
  debtUsd: d('5000'),
  collateralUsd: d('10000'),
  ltv: d('0.5'),
  uncovered: false,
  unpriced: [],
  liquidation: [],
  drop: { initial: undefined, marginCall: undefined, delayedLiquidation: undefined, liquidation: undefined },
  interestUsd: NONE,
};

function sight(snapshot: Snapshot, figures: Figures | 'unknown' = FIGURES) {
  const known = figures === 'unknown' ? undefined : figures;
  const now = READ_AT;
  return observe({
    snapshot,
    figures: known,
    thresholds: THRESHOLDS,
    now,
    serverNow: 1_752_700_000_000,
    failedPolls: 0,
  });
}

describe('what the watch sees', () => {
  it('of the documented account is every due date, order and pool', () => {
    const parts = documentedParts();
    const rules = parts.legacyLoans.map(({ collateralCurrency }) => ({
      ...parts.legacyRules[0],
      currency: collateralCurrency,
    })) as typeof parts.legacyRules;
    const seen = sight(snapshotOf({ ...parts, legacyRules: rules, forcedRepayments: [] }));
    const running = parts.fixedContracts.filter(({ status }) => status !== 2);
    const legacy = parts.legacyLoans.filter(({ expirationTime }) => expirationTime !== undefined);
    assert.deepEqual(
      [...(seen.dues ?? [])].map(({ loanId }) => loanId).sort(),
      [...running.map(({ loanId }) => loanId), ...legacy.map(({ orderId }) => orderId)].sort(),
    );
    assert.equal(
      seen.dues?.find(({ loanId }) => loanId === running[0]?.loanId)?.dueAt,
      running[0]?.repaymentTime,
    );
    const states = new Map(seen.orders?.map(({ orderId, state }) => [orderId, state]));
    for (const { orderId } of parts.fixedOrders) assert.equal(states.get(orderId), 'matching');
    for (const { orderId } of parts.supplyContracts) {
      assert.equal(
        states.get(orderId),
        parts.supplyOrders.some((order) => order.orderId === orderId) ? 'matching' : 'filled',
      );
    }
    assert.deepEqual(
      seen.pools?.map(({ system }) => system),
      [...parts.legacyLoans.map(() => 'legacy'), 'institutional'],
    );
    assert.deepEqual(seen.liquidations, []);
  });

  it('is undefined where nothing was read: unknown is not none', () => {
    const seen = sight(snapshotOf({}), 'unknown');
    for (const fact of [
      'ltv',
      'dues',
      'wallet',
      'orders',
      'pools',
      'liquidations',
      'collateralLimit',
    ] as const) {
      assert.equal(seen[fact], undefined, fact);
    }
  });

  it('is no LTV of today when the position could not be read', () => {
    const blind = snapshotOf({});
    const failure = { words: { text: 'gone', args: [] }, advice: undefined, code: 'ECONNRESET', at: READ_AT };
    const position = { ...blind.parts.position, failure };
    assert.equal(sight({ ...blind, parts: { ...blind.parts, position } }).ltv, undefined);
    assert.equal(sight(blind).ltv, '0.5');
    assert.equal(sight(blind, { ...FIGURES, ltv: undefined }).ltv, 'none');
    assert.equal(sight(blind, { ...FIGURES, ltv: undefined, uncovered: true }).ltv, undefined);
  });

  it('without prices is the LTV of the exchange, and none where that is missing too', () => {
    const failure = { words: { text: 'gone', args: [] }, advice: undefined, code: 'ECONNRESET', at: READ_AT };
    const known = snapshotOf({ position: read(getLoanPosition) });
    const { position } = known.parts;
    const priceless = (change: Partial<LoanPosition>) => {
      const value = { ...read(getLoanPosition), ...change };
      const prices = { ...known.parts.prices, failure };
      return { ...known, parts: { ...known.parts, prices, position: { ...position, value } } };
    };
    assert.equal(sight(known).ltv, '0.5');
    const cases: readonly [Partial<LoanPosition>, string | undefined][] = [
      [{}, '0.524344'],
      [{ ltv: undefined }, undefined],
      [{ ltv: undefined, borrowList: [] }, 'none'],
    ];
    for (const [change, ltv] of cases) {
      assert.equal(sight(priceless(change)).ltv, ltv);
      assert.equal(seesLtv(priceless(change)), ltv !== undefined);
    }
  });
});
