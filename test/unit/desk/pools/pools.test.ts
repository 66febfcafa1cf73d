import assert from 'node:assert/strict';
import { decimal, round } from '../../../../src/bybit/decimal';
import { settleDebt } from '../../../../src/desk/change';
import { institutionalPool } from '../../../../src/desk/pools/institutional';
import { legacyPool } from '../../../../src/desk/pools/legacy';
import { figures, liquidationPrices, ltvOf } from '../../../../src/desk/risk';
import { documentedParts, snapshotOf } from '../snapshots';

const PARTS = documentedParts();
const ORDER = '1793683005081680384';
const [RULES] = PARTS.legacyRules;
if (RULES === undefined) throw new Error('incomplete data');
const BTC_RULES = [{ ...RULES, currency: 'BTC' }];
/** The price at which the documented loan has its documented LTV: 1888.045358 / (0.0964687 x 0.4161). */
const PRICES = new Map([
  ['USDT', decimal('1')],
  ['BTC', decimal('47035.7')],
]);

describe('a legacy loan as a pool', () => {
  it('has the documented LTV, with the lines of its collateral coin', () => {
    const pool = legacyPool(snapshotOf({ ...PARTS, legacyRules: BTC_RULES, prices: PRICES }), ORDER);
    assert.ok(pool);
    assert.equal(ltvOf(pool.book)?.slice(0, 6), '0.4161');
    assert.deepEqual(pool.thresholds, {
      initial: '0.8',
      marginCall: '0.87',
      delayedLiquidation: '0.95',
      liquidation: '0.95',
    });
  });

  it('is liquidated where its collateral is worth the debt over the line', () => {
    const pool = legacyPool(snapshotOf({ ...PARTS, legacyRules: BTC_RULES, prices: PRICES }), ORDER);
    assert.ok(pool);
    const { below, above } = liquidationPrices(pool.book, 'BTC', pool.thresholds.liquidation) ?? {};
    // 1888.045358 / (0.95 x 0.0964687), rounded up.
    assert.equal(below, '20601.668378611813714544');
    assert.equal(above, undefined);
    const rising = liquidationPrices(pool.book, 'USDT', pool.thresholds.liquidation);
    assert.equal(rising?.below, undefined);
    assert.ok(rising?.above !== undefined, 'the coin owed is dangerous when it rises');
  });

  it('is unknown without prices or the loan', () => {
    assert.equal(legacyPool(snapshotOf({ ...PARTS, legacyRules: BTC_RULES }), ORDER), undefined);
    assert.equal(
      legacyPool(snapshotOf({ ...PARTS, legacyRules: BTC_RULES, prices: PRICES }), '1'),
      undefined,
    );
  });
});

describe('a legacy loan whose collateral coin has no rules', () => {
  it('has its lines where the collateral is worth the debt and no more', () => {
    const pool = legacyPool(snapshotOf({ ...PARTS, prices: PRICES }), ORDER);
    assert.deepEqual([...new Set(Object.values(pool?.thresholds ?? {}))], ['1']);
  });
});

describe('a risk unit as a pool', () => {
  it('counts assets as the exchange does, with the lines of its product', () => {
    const unit = {
      ...PARTS.riskUnit,
      ltv: decimal('0.3125'),
      balanceInfo: [
        { token: 'BTC', price: decimal('60000'), qty: decimal('0.002'), convertedAmount: decimal('96') },
      ],
    };
    const pool = institutionalPool(snapshotOf({ ...PARTS, riskUnit: unit, prices: PRICES }));
    assert.ok(pool);
    const { ltv, debtUsd, collateralUsd, interestUsd } = figures(pool.book, pool.thresholds);
    assert.equal(debtUsd, '30');
    assert.equal(collateralUsd, '96');
    assert.equal(ltv, '0.3125');
    assert.equal(round(interestUsd.day, 10, 'half'), '0.0057534');
    assert.equal(pool.thresholds.liquidation, '0.75');
    assert.equal(pool.thresholds.marginCall, '0.71');
  });

  it('owes interest beside principal, as its loan orders tell it, and the principal alone bears it', () => {
    const [order] = PARTS.insOrders;
    assert.ok(order);
    const insOrders = [{ ...order, unpaidInterest: decimal('2') }];
    const unit = { ...PARTS.riskUnit, ltv: decimal('0.8') };
    const pool = institutionalPool(snapshotOf({ ...PARTS, riskUnit: unit, insOrders, prices: PRICES }));
    assert.ok(pool);
    const [debt] = pool.book.debts;
    assert.deepEqual([debt?.amount, debt?.interest], ['32', '2']);
    assert.equal(ltvOf(pool.book), '0.8', '32 owed against 40');
    const { interestUsd } = figures(pool.book, pool.thresholds);
    assert.equal(round(interestUsd.day, 10, 'half'), '0.0057534', 'of 30');
    const paid = settleDebt(pool.book, { system: 'institutional', coin: 'USDT', amount: decimal('15') });
    assert.deepEqual([paid.debts[0]?.amount, paid.debts[0]?.interest], ['17', '2']);
    assert.equal(round(figures(paid, pool.thresholds).interestUsd.day, 10, 'half'), '0.0028767', 'of 15');
    const all = settleDebt(pool.book, { system: 'institutional', coin: 'USDT', amount: decimal('30') });
    assert.deepEqual([all.debts[0]?.amount, all.debts[0]?.interest], ['2', '2'], 'interest stays owed');
  });

  it('has the LTV that the exchange tells, and what-ifs begin there', () => {
    // Counted as told, 30 against 40, it would be 75 %.
    const unit = { ...PARTS.riskUnit, ltv: decimal('0.8') };
    const pool = institutionalPool(snapshotOf({ ...PARTS, riskUnit: unit, prices: PRICES }));
    assert.ok(pool);
    assert.equal(ltvOf(pool.book), '0.8');
    const half = settleDebt(pool.book, { system: 'institutional', coin: 'USDT', amount: decimal('15') });
    assert.equal(ltvOf(half), '0.4');
    const silent = { ...PARTS.riskUnit, ltv: undefined };
    const reckoned = institutionalPool(snapshotOf({ ...PARTS, riskUnit: silent, prices: PRICES }));
    assert.equal(reckoned && ltvOf(reckoned.book), '0.75');
  });

  it('counts as told where the LTVs differ only in digits that are not shown', () => {
    const unit = { ...PARTS.riskUnit, ltv: decimal('0.3333') };
    const balanceInfo = [
      { token: 'USDT', price: decimal('1'), qty: decimal('90'), convertedAmount: decimal('90') },
    ];
    const pool = institutionalPool(
      snapshotOf({ ...PARTS, riskUnit: { ...unit, balanceInfo }, prices: PRICES }),
    );
    assert.ok(pool);
    assert.equal(figures(pool.book, pool.thresholds).collateralUsd, '90');
  });

  it('falls back to the documented line, and is unknown while the unit is busy', () => {
    const pool = institutionalPool(snapshotOf({ ...PARTS, insOrders: [] }));
    assert.equal(pool?.thresholds.liquidation, '0.9');
    const busy = { ...PARTS.riskUnit, liqStatus: 2 };
    assert.equal(institutionalPool(snapshotOf({ ...PARTS, riskUnit: busy })), undefined);
    assert.equal(institutionalPool(snapshotOf({}, ['riskUnit'])), undefined);
  });
});
