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
    failedReads: () => 3,
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
      seen.pools.legacy.pools?.map(({ id }) => id),
      parts.legacyLoans.map(({ orderId }) => orderId),
    );
    assert.deepEqual(seen.liquidations, []);
  });

  it('is undefined where nothing was read: unknown is not none', () => {
    const seen = sight(snapshotOf({}), 'unknown');
    for (const fact of ['ltv', 'dues', 'wallet', 'orders', 'liquidations', 'collateralLimit'] as const) {
      assert.equal(seen[fact], undefined, fact);
    }
    for (const { pools, isOwed, failedPolls } of [seen.pools.legacy, seen.pools.institutional])
      assert.deepEqual([pools, isOwed, failedPolls], [undefined, false, 3]);
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

  describe('of pools beside that of the new loans', () => {
    const parts = documentedParts();
    const [loan] = parts.legacyLoans;
    const rules = parts.legacyRules.slice(0, 1).map((row) => ({
      ...row,
      currency: loan?.collateralCurrency ?? '',
      marginCallLTV: d('0.87'),
      liquidationLTV: d('0.95'),
    }));
    const legacyLoans = loan === undefined ? [] : [{ ...loan, currentLTV: d('0.6687') }];
    const failure = { words: { text: 'gone', args: [] }, advice: undefined, code: 'ECONNRESET', at: READ_AT };
    const failing = (snapshot: Snapshot, name: 'legacyLoans' | 'legacyRules' | 'riskUnit' | 'insOrders') => ({
      ...snapshot,
      parts: { ...snapshot.parts, [name]: { ...snapshot.parts[name], failure } },
    });

    it('are legacy loans with the lines of their collateral, which may be of an older read', () => {
      const known = snapshotOf({ legacyLoans, legacyRules: rules });
      const pool = {
        id: loan?.orderId,
        name: `${loan?.loanCurrency} / ${loan?.collateralCurrency}`,
        ltv: '0.6687',
        marginCall: '0.87',
        liquidation: '0.95',
      };
      const seen = { pools: [pool], isOwed: true, readAt: READ_AT, failedPolls: 0 };
      assert.deepEqual(sight(known).pools.legacy, seen);
      assert.deepEqual(sight(failing(known, 'legacyRules')).pools.legacy, seen);
      const blind = { ...seen, pools: undefined, failedPolls: 3 };
      assert.deepEqual(sight(failing(known, 'legacyLoans')).pools.legacy, blind);
      assert.deepEqual(sight(snapshotOf({ legacyLoans })).pools.legacy, blind);
    });

    it('are none where the account has none, whether or not there are lines', () => {
      const none = { pools: [], isOwed: false, readAt: READ_AT, failedPolls: 0 };
      assert.deepEqual(sight(snapshotOf({ legacyLoans: [] })).pools.legacy, none);
      const absent = sight(snapshotOf({}, ['legacyLoans', 'riskUnit'])).pools;
      assert.deepEqual([absent.legacy, absent.institutional], [none, none]);
    });

    it('are also those whose collateral no line is known of: to owe what the pledge is worth is bad by any rule', () => {
      const seen = sight(snapshotOf({ legacyLoans, legacyRules: [] })).pools.legacy;
      assert.deepEqual(
        seen.pools?.map(({ id, ltv, marginCall, liquidation }) => [id, ltv, marginCall, liquidation]),
        [[loan?.orderId, '0.6687', undefined, '1']],
      );
    });

    it('are unknown while their loans or lines were never read, and known where there is nothing to have lines', () => {
      const lines = (snapshot: Snapshot) => sight(snapshot).pools.legacy.pools?.length;
      assert.equal(lines(snapshotOf({ legacyRules: rules })), undefined);
      assert.equal(lines(snapshotOf({ legacyLoans }, ['legacyRules'])), 1);
      assert.equal(lines(failing(snapshotOf({}, ['legacyLoans']), 'legacyLoans')), undefined);
      assert.equal(lines(failing(snapshotOf({ legacyLoans }), 'legacyRules')), undefined);
      const unit = { ...parts.riskUnit, ltv: d('0.61'), liqStatus: 0 };
      const units = (snapshot: Snapshot) => sight(snapshot).pools.institutional;
      assert.deepEqual(
        [units(snapshotOf({ riskUnit: unit })).isOwed, units(snapshotOf({ riskUnit: unit })).failedPolls],
        [true, 3],
      );
      const orderless = units(snapshotOf({ riskUnit: unit }, ['insOrders']));
      assert.deepEqual([orderless.pools?.length, orderless.failedPolls], [1, 0]);
      assert.equal(units(snapshotOf({}, ['riskUnit'])).isOwed, false);
    });

    it('are the risk unit by the lowest line of its open loans, at no LTV while its figures are hidden', () => {
      const unit = { ...parts.riskUnit, ltv: d('0.61'), liqStatus: 0 };
      const [order] = parts.insOrders;
      assert.ok(order);
      const lined = (...lines: readonly (string | undefined)[]) =>
        lines.map((line) => ({ ...order, status: 1, liquidationLine: line === undefined ? line : d(line) }));
      const known = (liqStatus: number, ...lines: readonly (string | undefined)[]) =>
        snapshotOf({ riskUnit: { ...unit, liqStatus }, insOrders: lined(...lines) });
      const of = (snapshot: Snapshot) =>
        sight(snapshot).pools.institutional.pools?.map(({ id, ltv, marginCall, liquidation }) => [
          id === unit.parentUid,
          ltv,
          marginCall,
          liquidation,
        ]);
      assert.deepEqual(of(known(0, '0.8', '0.75')), [[true, '0.61', undefined, '0.75']]);
      assert.deepEqual(of(known(2, '0.8')), [[true, undefined, undefined, '0.8']]);
      assert.deepEqual(of(known(0, undefined)), [[true, '0.61', undefined, '0.9']]);
      assert.deepEqual(of(failing(known(0, '0.8'), 'insOrders')), [[true, '0.61', undefined, '0.8']]);
      assert.equal(of(failing(known(0, '0.8'), 'riskUnit')), undefined);
      assert.equal(of(snapshotOf({ riskUnit: unit })), undefined);
    });
  });
});
