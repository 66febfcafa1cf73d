import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { getInsLtv } from '../../../../src/bybit/institutional';
import { riskUnitOf } from '../../../../src/desk/loans/risk-unit';
import { read } from '../../bybit/answers';
import { documentedParts, snapshotOf } from '../snapshots';

const PARTS = documentedParts();

describe('the risk unit', () => {
  it('shows debts, assets, and the lowest line of its open loans', () => {
    const [order] = PARTS.insOrders;
    assert.ok(order);
    const strict = { ...order, orderId: '2', liquidationLine: decimal('0.6'), spotBuyLine: undefined };
    const closed = { ...order, orderId: '3', liquidationLine: decimal('0.1'), status: 2 };
    const unit = riskUnitOf(snapshotOf({ ...PARTS, insOrders: [order, strict, closed] }));
    assert.equal(unit?.ltv, '0.75');
    assert.deepEqual(unit?.debts, [{ coin: 'USDT', principal: '30', interest: '0' }]);
    assert.equal(unit?.assets[0]?.countedUsd, '40');
    assert.equal(unit?.lines.liquidation, '0.6');
    assert.equal(unit?.lines.spotBuy, '0.71');
    assert.equal(unit?.lines.withdraw, undefined);
    assert.equal(unit?.activity, undefined);
    assert.equal(unit?.countdown, undefined);
  });

  it('while busy says with what, and takes the debts from the orders', () => {
    const [busy] = read(getInsLtv, undefined, 'getInsLtv.busy').ltvInfo;
    assert.ok(busy);
    const unit = riskUnitOf(snapshotOf({ ...PARTS, riskUnit: busy }));
    assert.equal(unit?.activity, 'transfer');
    assert.equal(unit?.ltv, undefined);
    assert.deepEqual(unit?.debts, [{ coin: 'USDT', principal: '52.07924201', interest: '0' }]);
    assert.ok(!unit?.can.includes('institutional.repay'));
    const odd = riskUnitOf(snapshotOf({ ...PARTS, riskUnit: { ...busy, liqStatus: 9 } }));
    assert.equal(odd?.activity, 'other');
  });

  it('owes the interest of its open loans, and does not know it before they were read', () => {
    const [order] = PARTS.insOrders;
    assert.ok(order);
    const coins = { loanCoin: 'BTC', unpaidAmount: decimal('0'), unpaidInterest: decimal('0.001') };
    const orders = [
      { ...order, unpaidInterest: decimal('1.5') },
      { ...order, orderId: '2', unpaidInterest: decimal('0.5') },
      { ...order, orderId: '3', unpaidInterest: decimal('9'), status: 2 },
      { ...order, orderId: '4', ...coins },
    ];
    assert.deepEqual(riskUnitOf(snapshotOf({ ...PARTS, insOrders: orders }))?.debts, [
      { coin: 'USDT', principal: '30', interest: '2' },
      { coin: 'BTC', principal: '0', interest: '0.001' },
    ]);
    assert.deepEqual(riskUnitOf(snapshotOf({ riskUnit: PARTS.riskUnit }))?.debts, [
      { coin: 'USDT', principal: '30', interest: undefined },
    ]);
  });

  it('lets its members bind, and only the designated UID repay', () => {
    const can = (userID: string) =>
      riskUnitOf(
        snapshotOf({
          ...PARTS,
          riskUnit: { ...PARTS.riskUnit, parentUid: '7', subAccountUids: ['7', '8'] },
          key: { userID } as never,
        }),
      )?.can;
    assert.deepEqual(can('7'), ['institutional.repay', 'institutional.bind', 'institutional.unbind']);
    assert.deepEqual(can('8'), ['institutional.bind', 'institutional.unbind']);
    assert.deepEqual(can('9'), []);
    assert.equal(riskUnitOf(snapshotOf({}, ['riskUnit'])), undefined);
  });
});
