import assert from 'node:assert/strict';
import { add, type Decimal, decimal, mul, round } from '../../../../src/bybit/decimal';
import { held } from '../../../../src/paper/ledger/money';
import { createWorld } from '../../../../src/paper/systems/systems';
import { type Bench, bench, PATHS, SEED, START } from '../bench';

const HOUR = 3_600_000;
const TO_THE_HOUR = HOUR - (START % HOUR);

interface LoanRow {
  readonly totalDebt: Decimal;
  readonly unpaidAmount: Decimal;
  readonly unpaidInterest: Decimal;
  readonly hourlyInterestRate: Decimal;
}
async function loanOf(desk: Bench, coin: string): Promise<LoanRow | undefined> {
  const { result } = await desk.get(PATHS.loans, `loanCurrency=${coin}`);
  return (result['list'] as LoanRow[])[0];
}
async function borrow(desk: Bench, loanCurrency = 'BTC', loanAmount = '0.1'): Promise<string> {
  const answer = await desk.post(PATHS.borrow, {
    loanCurrency,
    loanAmount,
    collateralList: [
      { currency: 'USDT', amount: '12000' },
      { currency: 'ETH', amount: '3' },
    ],
  });
  assert.equal(answer.retCode, 0, answer.retMsg);
  return String(answer.result['orderId']);
}

describe('a flexible loan', () => {
  it('moves collateral out of the wallet and the loan into it', async () => {
    const desk = bench();
    await borrow(desk);
    const { money } = await desk.state();
    assert.equal(held(money, 'wallet', 'USDT'), '38000');
    assert.equal(held(money, 'wallet', 'ETH'), '7');
    assert.equal(held(money, 'wallet', 'BTC'), '0.6');
    assert.equal(held(money, 'pledged', 'USDT'), '12000');
  });

  it('posts interest at full hours, on principal plus interest, rounded up at 8 decimals', async () => {
    const desk = bench();
    await borrow(desk);
    const { market } = createWorld(SEED);
    const btc = market.coins.get('BTC');
    assert.ok(btc);
    desk.pass(TO_THE_HOUR - 5000);
    assert.equal((await loanOf(desk, 'BTC'))?.unpaidInterest, '0');
    let owed = decimal('0.1');
    for (let hour = 0; hour < 30; hour++) {
      const rate = market.hourlyRate(btc, START - (START % HOUR) + hour * HOUR, 'VIP0');
      owed = add(owed, round(mul(owed, rate), 8, 'up'));
    }
    desk.pass(30 * HOUR);
    const row = await loanOf(desk, 'BTC');
    assert.equal(row?.totalDebt, owed);
    assert.equal(row?.unpaidAmount, '0.1');
  });

  it('gives the same whether the hours pass one by one or all at once', async () => {
    const [slow, fast] = [bench(), bench()];
    await borrow(slow);
    await borrow(fast);
    for (let n = 0; n < 60; n++) {
      slow.pass(HOUR);
      await slow.state();
    }
    fast.pass(60 * HOUR);
    assert.deepEqual(await fast.state(), await slow.state());
  });

  it('takes interest before principal', async () => {
    const desk = bench();
    await borrow(desk);
    desk.pass(100 * HOUR);
    const before = await loanOf(desk, 'BTC');
    assert.ok(before);
    await desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.00000001' });
    const small = await loanOf(desk, 'BTC');
    assert.equal(small?.unpaidAmount, '0.1');
    await desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.05' });
    const after = await loanOf(desk, 'BTC');
    assert.equal(after?.unpaidInterest, '0');
    assert.equal(add(after?.unpaidAmount ?? decimal('0'), decimal('0.05000001')), before.totalDebt);
  });

  it('keeps collateral pledged on a partial repayment and frees all of it with the last debt', async () => {
    const desk = bench();
    await borrow(desk);
    await desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.06' });
    assert.equal(held((await desk.state()).money, 'pledged', 'USDT'), '12000');
    await desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.04' });
    const { money } = await desk.state();
    assert.equal(held(money, 'pledged', 'USDT'), '0');
    assert.equal(held(money, 'wallet', 'USDT'), '50000');
    assert.equal(held(money, 'wallet', 'ETH'), '10');
  });

  it('can keep collateral pledged after the last repayment, to be taken out by hand', async () => {
    const desk = bench({ habits: { releaseOnClear: false } });
    await borrow(desk);
    await desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.1' });
    assert.equal(held((await desk.state()).money, 'pledged', 'USDT'), '12000');
    const out = await desk.post(PATHS.adjust, { currency: 'USDT', amount: '12000', direction: '1' });
    assert.equal(out.retCode, 0, out.retMsg);
    assert.equal(held((await desk.state()).money, 'wallet', 'USDT'), '50000');
  });

  it('repays out of collateral with a fee, as type 7 and without an id', async () => {
    const desk = bench();
    await borrow(desk);
    await desk.price('BTC', '90000');
    const answer = await desk.post(PATHS.convert, {
      loanCurrency: 'BTC',
      amount: '0.1',
      collateralCoin: 'USDT',
    });
    assert.deepEqual(answer.result, {});
    const { money } = await desk.state();
    // 9000 USD and the fee of 0.1 percent, in the coin sold; the rest is free with the last debt.
    assert.equal(held(money, 'wallet', 'USDT'), '40991');
    assert.equal(held(money, 'fees', 'USDT'), '9');
    const { result } = await desk.get(PATHS.repayments);
    const [row] = result['list'] as { repayType: number; repayAmount: string; repayStatus: number }[];
    assert.deepEqual([row?.repayType, row?.repayAmount, row?.repayStatus], [7, '0.1', 1]);
  });

  it('sells the named coins one after the other', async () => {
    const desk = bench();
    await borrow(desk, 'SOL', '70');
    await desk.price('SOL', '200');
    await desk.price('ETH', '4000');
    await desk.post(PATHS.convert, { loanCurrency: 'SOL', amount: '69', collateralCoin: 'USDT,ETH' });
    const { money } = await desk.state();
    assert.equal(held(money, 'pledged', 'USDT'), '0');
    const eth = held(money, 'pledged', 'ETH');
    assert.ok(eth !== '0' && eth !== '3', eth);
  });
});

describe('asynchrony', () => {
  const slow = { settleMs: 90_000 };

  it('shows status 2 until the loan takes effect', async () => {
    const desk = bench({ habits: slow });
    const id = await borrow(desk);
    const status = async (): Promise<unknown> => {
      const { result } = await desk.get(PATHS.borrows, `orderId=${id}`);
      return (result['list'] as { status: number }[])[0]?.status;
    };
    assert.equal(await status(), 2);
    assert.equal(await loanOf(desk, 'BTC'), undefined);
    assert.equal(held((await desk.state()).money, 'transit', 'USDT'), '12000');
    desk.pass(90_000);
    assert.equal(await status(), 1);
    assert.equal((await loanOf(desk, 'BTC'))?.totalDebt, '0.1');
  });

  it('undoes what fails and shows status 3', async () => {
    const desk = bench({ habits: { ...slow, settleFails: true } });
    const before = (await desk.state()).money;
    await borrow(desk);
    desk.pass(90_000);
    const { money, flexible } = await desk.state();
    assert.deepEqual([flexible.borrows[0]?.status, flexible.debts.size], [3, 0]);
    for (const coin of ['USDT', 'ETH', 'BTC']) {
      for (const place of ['wallet', 'pool', 'transit'] as const) {
        assert.equal(held(money, place, coin), held(before, place, coin), `${place} ${coin}`);
      }
    }
  });

  it('gives back what a late repayment no longer finds owed', async () => {
    const desk = bench();
    await borrow(desk);
    await desk.core.steer((state) => ({ ...state, habits: { ...state.habits, settleMs: 40_000 } }));
    const before = held((await desk.state()).money, 'wallet', 'BTC');
    await desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.05' });
    await desk.price('BTC', '400000');
    desk.pass(60_000);
    const state = await desk.state();
    assert.equal(state.flexible.debts.size, 0);
    assert.deepEqual(
      state.flexible.repayments.map((row) => [row.type, row.status]),
      [
        [1, 3],
        [2, 1],
      ],
    );
    assert.equal(held(state.money, 'wallet', 'BTC'), before);
  });

  it('lets histories lag', async () => {
    const desk = bench({ habits: { historyLagMs: 20_000 } });
    await borrow(desk);
    assert.deepEqual((await desk.get(PATHS.borrows)).result, { list: [], nextPageCursor: '' });
    desk.pass(20_000);
    assert.equal(((await desk.get(PATHS.borrows)).result['list'] as unknown[]).length, 1);
  });
});

describe('histories', () => {
  it('page newest first, and the cursor of the last page leads to an empty one', async () => {
    const desk = bench();
    await borrow(desk);
    for (let n = 0; n < 5; n++) await desk.post(PATHS.repay, { loanCurrency: 'BTC', amount: '0.001' });
    const seen: string[] = [];
    let query = 'limit=2';
    let pages = 0;
    for (;;) {
      const { result } = await desk.get(PATHS.repayments, query);
      pages += 1;
      seen.push(...(result['list'] as { repayId: string }[]).map((row) => row.repayId));
      const cursor = String(result['nextPageCursor']);
      if (cursor === '') break;
      query = `limit=2&cursor=${cursor}`;
    }
    assert.equal(pages, 4);
    assert.equal(new Set(seen).size, 5);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => Number(b) - Number(a)),
    );
  });

  it('take limits from 1 to 100 only', async () => {
    const desk = bench();
    for (const limit of ['0', '101', '-1', 'x', '1.5']) {
      assert.equal((await desk.get(PATHS.repayments, `limit=${limit}`)).retCode, 10001, limit);
    }
    assert.equal((await desk.get(PATHS.repayments, 'limit=100')).retCode, 0);
  });
});
