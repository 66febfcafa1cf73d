import assert from 'node:assert/strict';
import { add, type Decimal, decimal, div, mul, sub } from '../../../../../src/bybit/decimal';
import { held, imbalances } from '../../../../../src/paper/ledger/money';
import { type Bench, bench, PATHS } from '../../bench';
import {
  DAY,
  FIXED,
  first,
  HOUR,
  MINUTE,
  type OrderRow,
  orderIdOf,
  rowsOf,
  type SupplyRow,
  wanted,
} from '../../fixed-desk';

async function supply(desk: Bench, order: Record<string, unknown> = {}): Promise<string> {
  const { annualRate } = first(await wanted(desk, 'USDT'));
  const defaults = { orderCurrency: 'USDT', orderAmount: '1200', annualRate, term: '7' };
  return orderIdOf(await desk.post(FIXED.supply, { ...defaults, ...order }));
}
async function orderOf(desk: Bench, id: string): Promise<OrderRow> {
  return first(rowsOf<OrderRow>(await desk.get(FIXED.supplyOrders, `orderId=${id}`)));
}
async function contractsOf(desk: Bench, query = 'limit=100'): Promise<readonly SupplyRow[]> {
  return rowsOf(await desk.get(FIXED.supplies, query));
}
async function money(desk: Bench, place: 'wallet' | 'earn' | 'reserved'): Promise<Decimal> {
  return held((await desk.state()).money, place, 'USDT');
}
/** 85 percent of the borrower's interest, rounded up at 18 decimals. */
function lenderInterest(amount: string, rate: Decimal, term: string): Decimal {
  return div(mul(decimal(amount), rate, decimal(term), decimal('0.85')), decimal('365'), 18, 'up');
}
/** A contract of somebody who pays in time, or late. */
async function contractWith(desk: Bench, late: boolean): Promise<SupplyRow> {
  for (let n = 0; n < 60; n++) {
    const id = await supply(desk, { orderAmount: '1000' });
    desk.pass(MINUTE);
    const { supplies } = (await desk.state()).fixed;
    const found = supplies.find((one) => String(one.orderId) === id);
    if (found !== undefined && found.hoursLate > 0 === late) {
      return first(await contractsOf(desk, `supplyId=${found.id}`));
    }
    desk.pass(6 * HOUR);
  }
  return assert.fail('no such borrower came');
}

describe('supplying', () => {
  it('takes the money at once and lends it to who pays best', async () => {
    const desk = bench();
    const [best, second] = await wanted(desk, 'USDT');
    assert.ok(best && second);
    const amount = add(best.qty, decimal('1000'));
    const id = await supply(desk, { orderAmount: amount, annualRate: second.annualRate });
    assert.deepEqual(
      [await money(desk, 'wallet'), await money(desk, 'reserved')],
      [sub(decimal('50000'), amount), amount],
    );
    desk.pass(MINUTE);
    assert.deepEqual([(await orderOf(desk, id)).state, await money(desk, 'reserved')], [3, '0']);
    const contracts = [...(await contractsOf(desk, `orderId=${id}`))].reverse();
    assert.deepEqual(
      contracts.map((one) => [one.supplyAmount, one.annualRate]),
      [
        [best.qty, best.annualRate],
        ['1000', second.annualRate],
      ],
    );
    assert.equal(Number(first(contracts).supplyTime) % MINUTE, 36_000);
  });

  it('shows principal with the interest to come in the position', async () => {
    const desk = bench();
    await supply(desk);
    desk.pass(MINUTE);
    const contract = first(await contractsOf(desk));
    assert.equal(contract.interest, lenderInterest('1200', contract.annualRate, '7'));
    const { supplyList, totalSupply } = (await desk.get(PATHS.position)).result as {
      supplyList: { amount: string; currency: string }[];
      totalSupply: string;
    };
    assert.deepEqual(
      supplyList.map((one) => [one.currency, one.amount]),
      [['USDT', add(decimal('1200'), contract.interest)]],
    );
    assert.match(totalSupply, /^120[12]/);
  });

  it('comes back at the end of the term, principal and interest', async () => {
    const desk = bench();
    const contract = await contractWith(desk, false);
    assert.equal(contract.actualRedemptionTime, contract.redemptionTime);
    assert.equal(Number(contract.redemptionTime) - Number(contract.supplyTime), 7 * DAY);
    const of = async (): Promise<SupplyRow> =>
      first(await contractsOf(desk, `supplyId=${contract.supplyId}`));
    desk.pass(Number(contract.redemptionTime) - desk.now() - 5000);
    const before = await money(desk, 'wallet');
    assert.equal((await of()).status, 1);
    desk.pass(5000);
    assert.deepEqual([(await of()).status, (await of()).penaltyInterest], [2, '0']);
    assert.equal(await money(desk, 'wallet'), add(before, decimal('1000'), contract.interest));
    assert.deepEqual(imbalances((await desk.state()).money), []);
  });

  it('waits for a late borrower, who pays a penalty', async () => {
    const desk = bench();
    const contract = await contractWith(desk, true);
    desk.pass(Number(contract.redemptionTime) - desk.now() + 2000);
    const of = async (): Promise<SupplyRow> =>
      first(await contractsOf(desk, `supplyId=${contract.supplyId}`));
    assert.equal((await of()).status, 1);
    desk.pass(DAY);
    const after = await of();
    const late = Number(after.actualRedemptionTime) - Number(after.redemptionTime);
    assert.ok(late >= HOUR && late <= DAY && late % HOUR === 0, String(late));
    const factors = [
      decimal('1000'),
      contract.annualRate,
      decimal('3'),
      decimal(late / HOUR),
      decimal('0.85'),
    ];
    assert.equal(after.penaltyInterest, div(mul(...factors), decimal('8760'), 18, 'up'));
    assert.equal(after.status, 2);
  });

  it('does not end when the account repays the other side of its own loan early', async () => {
    const desk = bench();
    const id = await supply(desk, { annualRate: '0.0001', term: '30' });
    const collateralList = [{ currency: 'BTC', amount: '0.1' }];
    const loan = {
      orderCurrency: 'USDT',
      orderAmount: '1200',
      annualRate: '0.9',
      term: '30',
      collateralList,
    };
    orderIdOf(await desk.post(FIXED.borrow, loan));
    desk.pass(MINUTE);
    assert.equal((await desk.post(FIXED.repay, { loanCurrency: 'USDT' })).retCode, 0);
    const contract = first(await contractsOf(desk, `orderId=${id}`));
    assert.deepEqual(
      [contract.status, contract.annualRate],
      [1, '0.9'],
      'the lender gets what the borrower pays',
    );
    assert.equal(contract.interest, lenderInterest('1200', decimal('0.9'), '30'));
  });
});

describe('the source of a supply order', () => {
  const earn = new Map([['USDT', decimal('3000')]]);

  it('is the Funding wallet (0), Earn (1), or both (2), the wallet first', async () => {
    const wallet = new Map([['USDT', decimal('2000')]]);
    for (const [availableSource, left] of [
      ['0', ['500', '3000']],
      ['1', ['2000', '1500']],
      ['2', ['500', '3000']],
    ] as const) {
      const desk = bench({ wallet, earn });
      await supply(desk, { orderAmount: '1500', annualRate: '1', availableSource });
      assert.deepEqual([await money(desk, 'wallet'), await money(desk, 'earn')], left, availableSource);
    }
    const desk = bench({ wallet, earn });
    await supply(desk, { orderAmount: '4500', annualRate: '1', availableSource: '2' });
    assert.deepEqual([await money(desk, 'wallet'), await money(desk, 'earn')], ['0', '500']);
  });

  it('gets the open rest back: the wallet, or Earn for what came from there', async () => {
    const wallet = new Map([['USDT', decimal('2000')]]);
    for (const [refundedAccount, left] of [
      [undefined, ['4500', '500']],
      ['0', ['4500', '500']],
      ['1', ['2000', '3000']],
    ] as const) {
      const desk = bench({ wallet, earn });
      const orderId = await supply(desk, { orderAmount: '4500', annualRate: '1', availableSource: '2' });
      desk.pass(HOUR);
      assert.equal((await desk.post(FIXED.cancelSupply, { orderId, refundedAccount })).retCode, 0);
      assert.deepEqual([await money(desk, 'wallet'), await money(desk, 'earn')], left);
      assert.equal((await orderOf(desk, orderId)).state, 4);
    }
  });

  it('of a partly filled order keeps what is lent, and the order says so (state 2)', async () => {
    const desk = bench({ wallet: new Map(), earn: new Map([['USDT', decimal('500000')]]) });
    const best = first(await wanted(desk, 'USDT'));
    const orderAmount = add(best.qty, decimal('7000'));
    const source = { orderAmount, annualRate: best.annualRate, availableSource: '1' };
    const orderId = await supply(desk, source);
    desk.pass(MINUTE);
    assert.deepEqual(
      [(await orderOf(desk, orderId)).state, (await orderOf(desk, orderId)).filledQty],
      [1, best.qty],
    );
    assert.equal((await desk.post(FIXED.cancelSupply, { orderId, refundedAccount: '1' })).retCode, 0);
    assert.equal((await orderOf(desk, orderId)).state, 2);
    assert.equal(await money(desk, 'earn'), sub(decimal('500000'), best.qty));
    assert.equal((await desk.post(FIXED.cancelSupply, { orderId })).retCode, 148025);
  });
});
