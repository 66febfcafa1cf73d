import assert from 'node:assert/strict';
import { decimal, ZERO } from '../../../../src/bybit/decimal';
import { words } from '../../../../src/bybit/words';
import { allLoans, groupsOf, loansOf, owedByCoin } from '../../../../src/desk/loans/loans';
import { borrowOrders, supplyOrders } from '../../../../src/desk/loans/orders';
import { principalOf, renewables } from '../../../../src/desk/loans/renewable';
import { suppliesOf } from '../../../../src/desk/loans/supplies';
import { documentedParts, READ_AT, snapshotOf } from '../snapshots';

const PARTS = documentedParts();
const FLEXIBLE = [
  {
    loanCurrency: 'BTC',
    hourlyInterestRate: decimal('0.000002'),
    totalDebt: decimal('0.1000002'),
    unpaidAmount: decimal('0.1'),
    unpaidInterest: decimal('0.0000002'),
  },
];
const [FIRST, SECOND] = PARTS.fixedContracts;
const [LEGACY] = PARTS.legacyLoans;
if (FIRST === undefined || SECOND === undefined || LEGACY === undefined) throw new Error('incomplete data');
/** While the legacy example was running. */
const THEN = 1_728_630_980_861;

describe('the loans of all systems as one model', () => {
  it('are flexible: floating, without a due date, interest apart', () => {
    const [loan] = loansOf('flexible', snapshotOf({ flexibleLoans: FLEXIBLE }), READ_AT) ?? [];
    assert.equal(loan?.id, 'BTC');
    assert.equal(loan?.owed, '0.1000002');
    assert.equal(loan?.principal, '0.1');
    assert.equal(loan?.interest, '0.0000002');
    assert.equal(loan?.annualRate, '0.01752');
    assert.equal(loan?.isFloating, true);
    assert.equal(loan?.due, undefined);
    assert.deepEqual(loan?.can, ['flexible.repay', 'flexible.repayWithCollateral']);
  });

  it('are fixed: interest prepaid, so that only principal and penalty are owed; due as the exchange says', () => {
    const late = { ...FIRST, status: 3, residualPenaltyInterest: decimal('0.001'), repayType: 0 };
    const paid = { ...SECOND, status: 2, residualPrincipal: ZERO };
    const snapshot = snapshotOf({ fixedContracts: [paid, SECOND, late] });
    const [overdue, running, ...more] = loansOf('fixed', snapshot, READ_AT) ?? [];
    assert.equal(more.length, 0, 'what is repaid is no loan');
    assert.equal(overdue?.status, 'overdue');
    assert.equal(overdue?.owed, '1.401');
    assert.equal(overdue?.penalty, '0.001');
    assert.equal(overdue?.atMaturity, 'nothing');
    assert.equal(running?.status, 'running');
    assert.equal(running?.id, '570');
    assert.equal(running?.owed, '0.1');
    assert.equal(running?.interest, '0');
    assert.equal(running?.prepaid, '0.00018082191780822');
    assert.equal(running?.annualRate, '0.022');
    assert.equal(running?.due, 1755225696068);
    assert.equal(running?.atMaturity, 'repay');
    assert.deepEqual(running?.can, ['fixed.repay', 'fixed.repayWithCollateral']);
  });

  it('are legacy: hourly rate shown per year, collateral and LTV of their own, totalDebt the principal', () => {
    const [loan] = loansOf('legacy', snapshotOf(PARTS), THEN) ?? [];
    assert.equal(loan?.owed, '1888.045358');
    assert.equal(loan?.principal, '1888.005198');
    assert.equal(loan?.interest, '0.04016');
    assert.equal(loan?.annualRate, '0.009314508');
    assert.deepEqual(loan?.collateral, { coin: 'BTC', amount: '0.0964687' });
    assert.equal(loan?.ltv, '0.4161');
    assert.equal(loan?.status, 'running');
    const [late] = loansOf('legacy', snapshotOf(PARTS), 1_731_149_999_001) ?? [];
    assert.equal(late?.status, 'overdue');
  });

  it('are institutional: a daily rate shown per year, repaid by the designated UID only', () => {
    const unit = { ...PARTS.riskUnit, parentUid: '7' };
    const key = { userID: '7' } as never;
    const [loan] = loansOf('institutional', snapshotOf({ ...PARTS, riskUnit: unit, key }), READ_AT) ?? [];
    assert.equal(loan?.owed, '52.07924201');
    assert.equal(loan?.annualRate, '0.0699997');
    assert.equal(loan?.start, 1689735916000);
    assert.deepEqual(loan?.can, ['institutional.repay']);
    const stranger = snapshotOf({ ...PARTS, riskUnit: unit, key: { userID: '8' } as never });
    assert.deepEqual(loansOf('institutional', stranger, READ_AT)?.[0]?.can, []);
    const busy = snapshotOf({ ...PARTS, riskUnit: { ...unit, liqStatus: 2 }, key });
    assert.deepEqual(loansOf('institutional', busy, READ_AT)?.[0]?.can, []);
    assert.deepEqual(loansOf('institutional', snapshotOf({}, ['insOrders']), READ_AT), []);
  });

  it('come overdue first, then the next due, then those without a due date', () => {
    const late = { ...SECOND, loanId: 'late', status: 3, repaymentTime: 1 };
    const soon = { ...LEGACY, orderId: 'soon', expirationTime: FIRST.repaymentTime - 1 };
    const snapshot = snapshotOf({
      flexibleLoans: FLEXIBLE,
      fixedContracts: [FIRST, SECOND, late],
      legacyLoans: [soon],
    });
    assert.deepEqual(
      allLoans(snapshot, THEN).map(({ id }) => id),
      ['late', 'soon', '570', '571', 'BTC'].sort((a, b) => order(a) - order(b)),
    );
    function order(id: string): number {
      return ['late', '570', 'soon', '571', 'BTC'].indexOf(id);
    }
  });

  it('are unknown, not none, while a part was not read', () => {
    for (const system of ['flexible', 'fixed', 'legacy', 'institutional'] as const) {
      assert.equal(loansOf(system, snapshotOf({}), READ_AT), undefined, system);
    }
  });

  it('add up by coin', () => {
    const loans = loansOf('fixed', snapshotOf(PARTS), READ_AT) ?? [];
    assert.deepEqual(owedByCoin(loans), [{ coin: 'ETH', amount: '1.5' }]);
  });
});

describe('the groups of an account', () => {
  it('are only those it has something in', () => {
    assert.deepEqual(groupsOf(snapshotOf({}), READ_AT), ['flexible']);
    assert.deepEqual(groupsOf(snapshotOf(PARTS), READ_AT), [
      'flexible',
      'fixed',
      'supply',
      'legacy',
      'institutional',
    ]);
    const order = snapshotOf({ fixedOrders: PARTS.fixedOrders });
    assert.deepEqual(groupsOf(order, READ_AT), ['flexible', 'fixed'], 'a waiting order is something');
  });
});

describe('orders and supplies', () => {
  it('show what waits of an order and what happens at maturity', () => {
    const [row] = PARTS.fixedOrders;
    assert.ok(row);
    const partly = snapshotOf({ fixedOrders: [{ ...row, filledQty: decimal('500') }] });
    const [order] = borrowOrders(partly) ?? [];
    assert.equal(order?.rest, '1500');
    assert.equal(order?.atMaturity, 'toFlexible');
    assert.equal(order?.isAllOrNothing, false);
    assert.deepEqual(order?.can, ['fixed.cancelBorrow']);
    assert.deepEqual(supplyOrders(snapshotOf(PARTS))?.[0]?.can, ['fixed.cancelSupply']);
    assert.equal(borrowOrders(snapshotOf({})), undefined);
    assert.deepEqual(supplyOrders(snapshotOf({}, ['supplyOrders'])), []);
  });

  it('show what a supply brings back, and that it is late', () => {
    const [row] = PARTS.supplyContracts;
    assert.ok(row);
    const paid = { ...row, supplyId: 'paid', status: 2 };
    const snapshot = snapshotOf({ supplyContracts: [paid, { ...row, penaltyInterest: decimal('0.5') }] });
    const [supply, ...more] = suppliesOf(snapshot, row.redemptionTime) ?? [];
    assert.equal(more.length, 0);
    assert.equal(supply?.returns, '800.63041095890410959');
    assert.equal(supply?.status, 'supplying');
    assert.equal(suppliesOf(snapshot, row.redemptionTime + 1)?.[0]?.status, 'late');
  });
});

describe('what can be renewed', () => {
  it('is what was repaid of a contract, told from its prepaid interest', () => {
    assert.equal(principalOf(FIRST), '1.4');
    assert.equal(principalOf(SECOND), '0.1');
    const paid = { ...FIRST, status: 2, residualPrincipal: ZERO };
    const partly = { ...SECOND, residualPrincipal: decimal('0.04') };
    const rows = renewables(snapshotOf({ fixedContracts: [paid, partly], fixedRenewals: [] })) ?? [];
    assert.deepEqual(
      rows.map(({ loanId, amount }) => [loanId, amount]),
      [
        ['571', '1.4'],
        ['570', '0.06'],
      ],
    );
    assert.deepEqual(renewables(snapshotOf({ fixedContracts: [FIRST] }, ['fixedRenewals'])), []);
  });

  it('is nothing that was renewed already', () => {
    const paid = { ...FIRST, loanId: '2364', status: 2, residualPrincipal: ZERO };
    const snapshot = snapshotOf({ fixedContracts: [paid], fixedRenewals: PARTS.fixedRenewals });
    assert.deepEqual(renewables(snapshot), []);
  });

  it('is not known while what was renewed already is not read', () => {
    assert.equal(renewables(snapshotOf({ fixedContracts: [FIRST] })), undefined);
    const known = snapshotOf({ fixedContracts: [FIRST], fixedRenewals: [] });
    const failure = { words: words('gone'), advice: undefined, code: undefined, at: 0 };
    const stale = { ...known.parts.fixedRenewals, failure };
    assert.equal(renewables({ ...known, parts: { ...known.parts, fixedRenewals: stale } }), undefined);
  });
});
