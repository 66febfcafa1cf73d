import assert from 'node:assert/strict';
import { add, type Decimal, decimal, div, gt, mul, sub } from '../../../../../src/bybit/decimal';
import { held, imbalances } from '../../../../../src/paper/ledger/money';
import { LIQUIDATION_LASTS } from '../../../../../src/paper/ledger/risk';
import { type Bench, bench, PATHS } from '../../bench';
import {
  type ContractRow,
  contractsOf,
  DAY,
  FIXED,
  first,
  HOUR,
  MINUTE,
  offered,
  orderIdOf,
  repaymentsOf,
  rowsOf,
} from '../../fixed-desk';

const SOME = [{ currency: 'USDT', amount: '20000' }];

/** Seven SOL (200 are in the wallet) borrowed for a week against 20,000 USDT; SOL stands at 200 USD. */
async function owing(desk: Bench, change: Record<string, unknown> = {}): Promise<ContractRow> {
  await desk.price('SOL', '200');
  const coin = String(change['orderCurrency'] ?? 'SOL');
  const best = first(await offered(desk, coin, String(change['term'] ?? '7')));
  const order = { orderCurrency: coin, orderAmount: '7', annualRate: best.annualRate, term: '7' };
  const id = orderIdOf(await desk.post(FIXED.borrow, { ...order, collateralList: SOME, ...change }));
  desk.pass(MINUTE);
  return first(await contractsOf(desk, `orderId=${id}`));
}
async function contractOf(desk: Bench, { loanId }: ContractRow): Promise<ContractRow> {
  return first(await contractsOf(desk, `loanId=${loanId}`));
}
/** Lets time pass to a moment after a contract's maturity. */
function passTo(desk: Bench, { repaymentTime }: ContractRow, after: number): void {
  desk.pass(Number(repaymentTime) + after - desk.now());
}
async function spend(desk: Bench, coin: string): Promise<void> {
  await desk.core.steer((state) => {
    const wallet = new Map(state.money.get('wallet'));
    const market = new Map(state.money.get('market'));
    const all = held(state.money, 'wallet', coin);
    market.set(coin, add(held(state.money, 'market', coin), all));
    wallet.delete(coin);
    return { ...state, money: new Map(state.money).set('wallet', wallet).set('market', market) };
  });
}
function penaltyFor(hours: number, { annualRate }: ContractRow, principal = '7'): Decimal {
  const hourly = div(mul(decimal(principal), annualRate, decimal('3')), decimal('8760'), 18, 'up');
  return mul(hourly, decimal(hours));
}

describe('a fixed loan at maturity', () => {
  it('is paid from the Funding wallet with repayType 1 (history type 3), and collateral is free', async () => {
    const desk = bench();
    const contract = await owing(desk);
    const before = held((await desk.state()).money, 'wallet', 'SOL');
    passTo(desk, contract, -2000);
    assert.equal((await contractOf(desk, contract)).status, 1);
    passTo(desk, contract, 0);
    const after = await contractOf(desk, contract);
    assert.deepEqual([after.status, after.residualPrincipal, after.repayType], [2, '0', '1']);
    const { money } = await desk.state();
    assert.equal(held(money, 'wallet', 'SOL'), sub(before, decimal('7')));
    assert.equal(held(money, 'wallet', 'USDT'), '50000');
    const row = first(await repaymentsOf(desk));
    assert.deepEqual([row.repayType, row.repayStatus, row.repayAmount], [3, 1, '7']);
    assert.deepEqual(row.details, [{ loanCurrency: 'SOL', loanId: contract.loanId, repayAmount: '7' }]);
  });

  it('turns into a flexible loan with repayType 2 (history type 8)', async () => {
    const desk = bench();
    const contract = await owing(desk, { repayType: '2' });
    passTo(desk, contract, 0);
    assert.equal((await contractOf(desk, contract)).status, 2);
    assert.equal(first(await repaymentsOf(desk)).repayType, 8);
    const [loan] = rowsOf<{ totalDebt: string }>(await desk.get(PATHS.loans));
    assert.equal(loan?.totalDebt, '7');
    const [row] = rowsOf<{ initialLoanAmount: string }>(await desk.get(PATHS.borrows));
    assert.equal(row?.initialLoanAmount, '7');
    const { money } = await desk.state();
    assert.equal(held(money, 'pledged', 'USDT'), '20000', 'the debt goes on, so does the pledge');
    assert.deepEqual(imbalances(money), []);
  });

  it('is left alone with repayType 0 and is overdue', async () => {
    const desk = bench();
    const contract = await owing(desk, { autoRepay: 'false' });
    assert.equal(contract.repayType, '0');
    passTo(desk, contract, 1000);
    const { status, residualPrincipal, residualPenaltyInterest } = await contractOf(desk, contract);
    assert.deepEqual([status, residualPrincipal, residualPenaltyInterest], [3, '7', '0']);
  });

  it('is overdue when the Funding wallet is short', async () => {
    const desk = bench();
    const contract = await owing(desk);
    await spend(desk, 'SOL');
    passTo(desk, contract, 0);
    assert.equal((await contractOf(desk, contract)).status, 3);
    assert.deepEqual(await repaymentsOf(desk), []);
  });
});

describe('an overdue fixed loan', () => {
  it('is charged three times the hourly rate every hour, which counts as debt', async () => {
    const desk = bench();
    const contract = await owing(desk, { autoRepay: 'false' });
    passTo(desk, contract, HOUR - 2000);
    assert.equal((await contractOf(desk, contract)).residualPenaltyInterest, '0');
    passTo(desk, contract, 5 * HOUR);
    assert.equal((await contractOf(desk, contract)).residualPenaltyInterest, penaltyFor(5, contract));
    const position = (await desk.get(PATHS.position)).result['borrowList'] as { fixedTotalDebt: string }[];
    assert.equal(position[0]?.fixedTotalDebt, add(decimal('7'), penaltyFor(5, contract)));
  });

  it('can be repaid by hand with its penalty', async () => {
    const desk = bench();
    const contract = await owing(desk, { autoRepay: 'false' });
    passTo(desk, contract, 3 * HOUR);
    const repaid = await desk.post(FIXED.repay, { loanId: contract.loanId });
    assert.equal(repaid.retCode, 0, repaid.retMsg);
    assert.equal((await contractOf(desk, contract)).status, 2);
    const row = first(await repaymentsOf(desk));
    assert.deepEqual([row.repayType, row.repayAmount], [1, add(decimal('7'), penaltyFor(3, contract))]);
  });

  it('is paid after 24 hours by selling collateral, with a fee of 2 percent (history type 4)', async () => {
    const desk = bench();
    const contract = await owing(desk, { autoRepay: 'false' });
    passTo(desk, contract, 24 * HOUR - 2000);
    assert.equal((await contractOf(desk, contract)).status, 3);
    passTo(desk, contract, 24 * HOUR);
    assert.equal((await contractOf(desk, contract)).status, 2);
    const row = first(await repaymentsOf(desk));
    const owed = add(decimal('7'), penaltyFor(24, contract));
    assert.deepEqual([row.repayType, row.repayAmount], [4, owed]);
    const { money } = await desk.state();
    const sold = div(mul(owed, decimal('200'), decimal('1.02')), decimal('1'), 8, 'up');
    assert.equal(held(money, 'wallet', 'USDT'), sub(decimal('50000'), sold), 'the rest is free again');
    assert.ok(gt(held(money, 'fees', 'USDT'), decimal('27')));
    assert.equal(held(money, 'insurance', 'SOL'), '0');
    assert.deepEqual(imbalances(money), []);
  });
});

describe('repaying a fixed loan early', () => {
  it('takes the whole principal of one contract; the interest is not given back', async () => {
    const desk = bench();
    const contract = await owing(desk);
    const before = held((await desk.state()).money, 'wallet', 'SOL');
    const answer = await desk.post(FIXED.repay, { loanId: contract.loanId });
    assert.equal(answer.retCode, 0, answer.retMsg);
    const after = await contractOf(desk, contract);
    assert.deepEqual([after.status, after.interestPaid], [2, contract.interestPaid]);
    assert.equal(held((await desk.state()).money, 'wallet', 'SOL'), sub(before, decimal('7')));
    assert.equal(first(await repaymentsOf(desk)).repayId, answer.result['repayId']);
    passTo(desk, contract, DAY);
    assert.equal((await repaymentsOf(desk)).length, 1, 'nothing more at maturity');
  });

  it('of a coin closes all its contracts by one repayment with several details', async () => {
    const desk = bench();
    const long = await owing(desk, { term: '30', orderAmount: '1.4' });
    const short = await owing(desk, { collateralList: [] });
    const eth = await owing(desk, { orderCurrency: 'ETH', orderAmount: '0.2', collateralList: [] });
    const answer = await desk.post(FIXED.repay, { loanCurrency: 'SOL' });
    assert.equal(answer.retCode, 0, answer.retMsg);
    const row = first(await repaymentsOf(desk));
    assert.deepEqual(
      row.details.map((one) => one.loanId),
      [short.loanId, long.loanId],
    );
    assert.equal(row.repayAmount, '8.4');
    assert.equal((await contractOf(desk, eth)).status, 1);
    assert.equal(held((await desk.state()).money, 'pledged', 'USDT'), '20000', 'something is still owed');
  });

  it('shows status 2 and takes effect later when the exchange is slow, and can fail', async () => {
    for (const [settleFails, status] of [
      [false, 1],
      [true, 3],
    ] as const) {
      const desk = bench();
      const contract = await owing(desk);
      const before = held((await desk.state()).money, 'wallet', 'SOL');
      const habits = { settleMs: 90_000, settleFails };
      await desk.core.steer((state) => ({ ...state, habits: { ...state.habits, ...habits } }));
      await desk.post(FIXED.repay, { loanId: contract.loanId });
      assert.equal(first(await repaymentsOf(desk)).repayStatus, 2);
      assert.equal((await contractOf(desk, contract)).status, 1);
      assert.equal((await desk.post(FIXED.repay, { loanCurrency: 'SOL' })).retCode, 148041);
      desk.pass(90_000);
      assert.equal(first(await repaymentsOf(desk)).repayStatus, status);
      const wallet = held((await desk.state()).money, 'wallet', 'SOL');
      assert.equal(wallet, settleFails ? before : sub(before, decimal('7')));
    }
  });
});

describe('repaying fixed loans with collateral', () => {
  it('pays nearest maturity first, then the higher rate, also in part (history type 7)', async () => {
    const desk = bench();
    const long = await owing(desk, { term: '30', orderAmount: '1.4' });
    const cheap = await owing(desk, { collateralList: [] });
    const dear = await owing(desk, { collateralList: [], annualRate: '0.3' });
    // The two short ones fall due at the same moment here.
    await desk.core.steer((state) => ({
      ...state,
      fixed: {
        ...state.fixed,
        contracts: state.fixed.contracts.map((one) =>
          String(one.id) === dear.loanId ? { ...one, due: Number(cheap.repaymentTime) } : one,
        ),
      },
    }));
    const request = { loanCurrency: 'SOL', amount: '15', collateralCoin: 'USDT' };
    assert.deepEqual((await desk.post(FIXED.convert, request)).result, {});
    const row = first(await repaymentsOf(desk));
    assert.equal(row.repayType, 7);
    assert.deepEqual(
      row.details.map((one) => [one.loanId, one.repayAmount]),
      [
        [dear.loanId, '7'],
        [cheap.loanId, '7'],
        [long.loanId, '1'],
      ],
    );
    const left = await contractOf(desk, long);
    assert.deepEqual([left.status, left.residualPrincipal], [1, '0.4']);
    // 3,000 USD and the larger of both coins' fees, that of SOL: 0.15 percent.
    assert.equal(held((await desk.state()).money, 'pledged', 'USDT'), '16995.5');
  });

  it('pays the contract that is named, penalty before principal', async () => {
    const desk = bench();
    const contract = await owing(desk, { autoRepay: 'false' });
    passTo(desk, contract, 2 * HOUR);
    const request = { loanCurrency: 'SOL', amount: '1', collateralCoin: 'USDT', loanId: contract.loanId };
    assert.equal((await desk.post(FIXED.convert, request)).retCode, 0);
    const left = await contractOf(desk, contract);
    assert.equal(left.residualPenaltyInterest, '0');
    assert.equal(left.residualPrincipal, add(decimal('6'), penaltyFor(2, contract)));
  });
});

describe('a liquidation', () => {
  it('pays fixed debts beside flexible ones, each in its own history (type 2)', async () => {
    const desk = bench();
    await desk.price('ETH', '2000');
    const contract = await owing(desk, { orderAmount: '40', annualRate: '0.5' });
    const loan = { loanCurrency: 'ETH', loanAmount: '3', collateralList: [] };
    assert.equal((await desk.post(PATHS.borrow, loan)).retCode, 0);
    await desk.price('ETH', '4000');
    assert.equal((await desk.post(FIXED.repay, { loanCurrency: 'SOL' })).retCode, 148031);
    desk.pass(LIQUIDATION_LASTS);
    assert.equal((await contractOf(desk, contract)).status, 2);
    const row = first(await repaymentsOf(desk));
    assert.deepEqual([row.repayType, row.repayAmount], [2, '40']);
    const flexible = rowsOf<{ repayType: number }>(await desk.get(PATHS.repayments));
    assert.deepEqual(
      flexible.map((one) => one.repayType),
      [2],
    );
    const { money } = await desk.state();
    assert.deepEqual(imbalances(money), []);
    assert.equal(held(money, 'pledged', 'USDT'), '0');
  });

  it('also watches a debt that a matching brought, without any further call', async () => {
    const desk = bench();
    const contract = await owing(desk, { orderAmount: '70', annualRate: '0.5' });
    assert.ok((await desk.state()).risk.next !== undefined);
    await desk.price('SOL', '275');
    desk.pass(LIQUIDATION_LASTS);
    assert.equal((await contractOf(desk, contract)).status, 2);
  });
});
