import assert from 'node:assert/strict';
import { getLoanPosition, type LoanPosition } from '../../../../src/bybit/common';
import { decimal } from '../../../../src/bybit/decimal';
import { words } from '../../../../src/bybit/words';
import type { Figures } from '../../../../src/desk/operation';
import type { Snapshot } from '../../../../src/desk/snapshot';
import { observe, seesLtv } from '../../../../src/desk/watch/observe';
import { read } from '../../bybit/answers';
import { THRESHOLDS } from '../bench';
import { documentedParts, READ_AT, snapshotOf } from '../snapshots';

const d = decimal;
const NONE = { hour: d('0'), day: d('0'), year: d('0') };
const FAILURE = { words: words('gone'), advice: undefined, code: 'ECONNRESET', at: READ_AT };
const KEY = { id: '1', note: '', readOnly: 0, permissions: {}, ips: null, userID: '1', vipLevel: 'No VIP' };
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
    const position = { ...blind.parts.position, failure: FAILURE };
    assert.equal(sight({ ...blind, parts: { ...blind.parts, position } }).ltv, undefined);
    assert.equal(sight(blind).ltv, '0.5');
    assert.equal(sight(blind, { ...FIGURES, ltv: undefined }).ltv, 'none');
    assert.equal(sight(blind, { ...FIGURES, ltv: undefined, uncovered: true }).ltv, undefined);
  });

  it('without prices is the LTV of the exchange, and none where that is missing too', () => {
    const known = snapshotOf({ position: read(getLoanPosition) });
    const { position } = known.parts;
    const priceless = (change: Partial<LoanPosition>) => {
      const value = { ...read(getLoanPosition), ...change };
      const prices = { ...known.parts.prices, failure: FAILURE };
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

  it('of the exchange’s LTV is a debt of either market', () => {
    const known = snapshotOf({ position: read(getLoanPosition) });
    const [row] = read(getLoanPosition).borrowList;
    assert.ok(row);
    const owing = (fixedTotalDebt: string | undefined, flexibleTotalDebt: string | undefined) => {
      const debts = [fixedTotalDebt, flexibleTotalDebt].map((debt) => (debt === undefined ? debt : d(debt)));
      const borrowList = [{ ...row, fixedTotalDebt: debts[0], flexibleTotalDebt: debts[1] }];
      const value = { ...read(getLoanPosition), borrowList, ltv: d('0.6') };
      const { position, prices } = known.parts;
      const parts = {
        ...known.parts,
        position: { ...position, value },
        prices: { ...prices, failure: FAILURE },
      };
      return sight({ ...known, parts }).ltv;
    };
    assert.deepEqual([owing('1', '0'), owing('0', '1'), owing('1', undefined)], ['0.6', '0.6', '0.6']);
    assert.deepEqual([owing(undefined, '1'), owing('0', '0')], ['0.6', 'none']);
    assert.deepEqual([owing(undefined, '0'), owing('0', undefined)], ['none', 'none']);
  });

  it('is the wallet of today, and no other', () => {
    const known = snapshotOf({ wallet: new Map([['USDT', d('5')]]) });
    const { wallet } = known.parts;
    assert.deepEqual(sight(known).wallet, new Map([['USDT', d('5')]]));
    const parts = { ...known.parts, wallet: { ...wallet, failure: FAILURE } };
    assert.equal(sight({ ...known, parts }).wallet, undefined);
  });

  it('are repayments that the exchange forced, but for coins that are delisted', () => {
    const forced = (id: string, why: 'liquidation' | 'delisting') =>
      ({ system: 'flexible', id, coin: 'BTC', amount: d('1'), time: READ_AT, why }) as const;
    const forcedRepayments = [forced('2', 'delisting'), forced('1', 'liquidation')];
    assert.deepEqual(sight(snapshotOf({ forcedRepayments })).liquidations, [
      { id: 'flexible:1', coin: 'BTC', amount: '1' },
    ]);
  });

  it('is the end of the key, and the platform’s limit as far as it is understood', () => {
    const key = { ...KEY, expiredAt: '2027-01-18T11:00:00Z' };
    assert.equal(sight(snapshotOf({ key })).keyEndsAt, Date.UTC(2027, 0, 18, 11));
    assert.equal(sight(snapshotOf({})).keyEndsAt, undefined);
    const limits = ['0', '1', '2', '3', ''].map((colRes) => {
      const position = { ...read(getLoanPosition), colRes } as LoanPosition;
      return sight(snapshotOf({ position })).collateralLimit;
    });
    assert.deepEqual(limits, ['0', '1', '2', undefined, undefined]);
  });

  it('are due dates of whichever list was read, with what happens then', () => {
    const { fixedContracts, legacyLoans } = documentedParts();
    const [first] = fixedContracts;
    assert.ok(first);
    const late = { ...first, loanId: 'late', status: 3 };
    const kinds = [0, 1, 2].map((repayType) => ({ ...first, loanId: `to ${repayType}`, repayType }));
    const dues = sight(snapshotOf({ fixedContracts: [late, ...kinds] })).dues ?? [];
    assert.deepEqual(dues.map(({ loanId, overdue, atDue }) => [loanId, overdue, atDue]).sort(), [
      ['late', true, 'autoRepay'],
      ['to 0', false, 'nothing'],
      ['to 1', false, 'autoRepay'],
      ['to 2', false, 'toFlexible'],
    ]);
    assert.ok(dues.every(({ takenAt }) => takenAt === first.borrowTime));
    const [legacy] = sight(snapshotOf({ legacyLoans })).dues ?? [];
    assert.deepEqual([legacy?.system, legacy?.atDue], ['legacy', 'nothing']);
    assert.deepEqual(sight(snapshotOf({}, ['legacyLoans'])).dues, []);
    const isWhole = (snapshot: Snapshot) => sight(snapshot).areDuesWhole;
    assert.deepEqual(
      [
        isWhole(snapshotOf({ fixedContracts })),
        isWhole(snapshotOf({ legacyLoans })),
        isWhole(snapshotOf({ fixedContracts, legacyLoans })),
        isWhole(snapshotOf({ fixedContracts }, ['legacyLoans'])),
      ],
      [false, false, true, true],
    );
  });

  it('are orders that were filled: with contracts, and waiting no more; unknown unless both sides were read', () => {
    const { fixedContracts, fixedOrders, supplyContracts, supplyOrders } = documentedParts();
    const orders = (snapshot: Snapshot) =>
      sight(snapshot).orders?.map(({ side, orderId, coin, amount, state }) => [
        side,
        orderId,
        coin,
        amount,
        state,
      ]);
    const filled = snapshotOf({ fixedOrders: [], fixedContracts, supplyOrders: [], supplyContracts });
    assert.deepEqual(orders(filled), [
      ['borrow', '13007', 'ETH', '1.5', 'filled'],
      ['supply', '13564', 'USDT', '800', 'filled'],
    ]);
    const waiting = snapshotOf({ fixedOrders, fixedContracts: [], supplyOrders }, ['supplyContracts']);
    assert.deepEqual(orders(waiting), [
      ['borrow', '13010', 'MANA', '2000', 'matching'],
      ['supply', '13564', 'USDT', '1020', 'matching'],
    ]);
    assert.equal(orders(snapshotOf({ fixedOrders, fixedContracts })), undefined);
    assert.equal(orders(snapshotOf({ supplyOrders, supplyContracts })), undefined);
    // Without the contracts, what was filled would look gone.
    assert.equal(orders(snapshotOf({ fixedOrders, supplyOrders, supplyContracts })), undefined);
    assert.equal(orders(snapshotOf({ fixedOrders, fixedContracts, supplyOrders })), undefined);
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
    const failing = (snapshot: Snapshot, name: 'legacyLoans' | 'legacyRules' | 'riskUnit' | 'insOrders') => ({
      ...snapshot,
      parts: { ...snapshot.parts, [name]: { ...snapshot.parts[name], failure: FAILURE } },
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

    it('are also those whose collateral no line is known of', () => {
      const seen = sight(snapshotOf({ legacyLoans, legacyRules: [] })).pools.legacy;
      assert.deepEqual(
        seen.pools?.map(({ id, ltv, marginCall, liquidation }) => [id, ltv, marginCall, liquidation]),
        [[loan?.orderId, '0.6687', undefined, undefined]],
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
