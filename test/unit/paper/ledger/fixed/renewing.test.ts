import assert from 'node:assert/strict';
import { add, decimal, div, mul, sub } from '../../../../../src/bybit/decimal';
import { held, imbalances } from '../../../../../src/paper/ledger/money';
import { type Bench, bench } from '../../bench';
import {
  type ContractRow,
  contractsOf,
  DAY,
  FIXED,
  first,
  MINUTE,
  offered,
  orderIdOf,
  rowsOf,
} from '../../fixed-desk';

interface RenewalRow {
  readonly amount: string;
  readonly autoRepay: number;
  readonly contractNo: string;
  readonly dueTime: string;
  readonly loanId: string;
  readonly orderId: number;
  readonly renewLoanNo: string;
}
const PLEDGE = [{ currency: 'BTC', amount: '0.1' }];

async function lent(desk: Bench): Promise<ContractRow> {
  const { annualRate } = first(await offered(desk, 'USDT'));
  const order = { orderCurrency: 'USDT', orderAmount: '2000', annualRate, term: '7', repayType: '2' };
  orderIdOf(await desk.post(FIXED.borrow, { ...order, collateralList: PLEDGE }));
  desk.pass(MINUTE);
  return first(await contractsOf(desk));
}
async function renewalsOf(desk: Bench): Promise<readonly RenewalRow[]> {
  return rowsOf(await desk.get(FIXED.renewals));
}

describe('renewing a fixed loan', () => {
  it('borrows again what was repaid, at the same rate, term and repayType, interest taken out', async () => {
    const desk = bench();
    const old = await lent(desk);
    assert.equal((await desk.post(FIXED.repay, { loanId: old.loanId })).retCode, 0);
    const before = held((await desk.state()).money, 'wallet', 'USDT');
    const answer = await desk.post(FIXED.renew, { loanId: old.loanId, collateralList: PLEDGE });
    assert.equal(answer.retCode, 0, answer.retMsg);
    const renewal = first(await renewalsOf(desk));
    assert.equal(renewal.orderId, answer.result['orderId']);
    assert.deepEqual([renewal.amount, renewal.autoRepay, renewal.loanId], ['2000', 2, old.loanId]);
    const contract = first(await contractsOf(desk));
    assert.notEqual(contract.loanId, old.loanId);
    assert.deepEqual([contract.annualRate, contract.repayType, contract.status], [old.annualRate, '2', 1]);
    assert.equal(renewal.dueTime, contract.repaymentTime);
    assert.equal(Number(contract.repaymentTime) - Number(contract.borrowTime), 7 * DAY);
    const interest = div(mul(decimal('2000'), old.annualRate, decimal('7')), decimal('365'), 18, 'up');
    const { money } = await desk.state();
    assert.equal(held(money, 'wallet', 'USDT'), add(before, sub(decimal('2000'), interest)));
    assert.equal(held(money, 'pledged', 'BTC'), '0.1');
    assert.deepEqual(imbalances(money), []);
  });

  it('numbers old and new contract with 19 digits', async () => {
    const desk = bench();
    const old = await lent(desk);
    await desk.post(FIXED.repay, { loanId: old.loanId });
    await desk.post(FIXED.renew, { loanId: old.loanId, collateralList: PLEDGE });
    const { contractNo, renewLoanNo } = first(await renewalsOf(desk));
    assert.match(contractNo, /^\d{19}$/);
    assert.match(renewLoanNo, /^\d{19}$/);
    assert.ok(BigInt(renewLoanNo) > BigInt(contractNo));
  });

  it('covers a part that was repaid while the rest still runs, but nothing twice', async () => {
    const desk = bench();
    const old = await lent(desk);
    const refused = await desk.post(FIXED.renew, { loanId: old.loanId });
    assert.deepEqual([refused.retCode, (await renewalsOf(desk)).length], [148002, 0], 'nothing was repaid');
    const part = { loanId: old.loanId, loanCurrency: 'USDT', amount: '300', collateralCoin: 'BTC' };
    assert.equal((await desk.post(FIXED.convert, part)).retCode, 0);
    assert.equal((await desk.post(FIXED.renew, { loanId: old.loanId })).retCode, 0);
    assert.equal(first(await renewalsOf(desk)).amount, '300');
    assert.equal((await desk.post(FIXED.renew, { loanId: old.loanId })).retCode, 148002);
    assert.equal((await desk.post(FIXED.renew, { loanId: '999999' })).retCode, 148023);
  });
});
