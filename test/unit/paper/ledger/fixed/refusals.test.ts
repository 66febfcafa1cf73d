import assert from 'node:assert/strict';
import { type Decimal, decimal } from '../../../../../src/bybit/decimal';
import { messageOf } from '../../../../../src/paper/ledger/refusal';
import { type Bench, bench, PATHS } from '../../bench';
import { contractsOf, FIXED, first, MINUTE, orderIdOf } from '../../fixed-desk';

const RICH: ReadonlyMap<string, Decimal> = new Map(
  Object.entries({
    USDT: '90000000',
    BTC: '1000',
    ETH: '5000',
    LUNC: '1000',
    ID: '1000',
    SKL: '99999999999',
  }).map(([coin, amount]) => [coin, decimal(amount)]),
);

interface Case {
  readonly code: number;
  readonly when: string;
  readonly path: string;
  readonly body: Record<string, unknown> | ((desk: Bench) => Promise<Record<string, unknown>>);
  readonly given?: (desk: Bench) => Promise<unknown>;
}

const pledge = (currency: string, amount: string) => [{ currency, amount }];
const LIQUID = pledge('USDT', '10000000');
const loan = (change: Record<string, unknown> = {}) => ({
  path: FIXED.borrow,
  body: {
    orderCurrency: 'ETH',
    orderAmount: '5',
    annualRate: '0.5',
    term: '7',
    collateralList: LIQUID,
    ...change,
  },
});
const offer = (change: Record<string, unknown> = {}) => ({
  path: FIXED.supply,
  body: { orderCurrency: 'USDT', orderAmount: '5000', annualRate: '0.5', term: '7', ...change },
});
const repay = (body: Record<string, unknown>) => ({ path: FIXED.repay, body });
const convert = (change: Record<string, unknown> = {}) => ({
  path: FIXED.convert,
  body: { loanCurrency: 'ETH', amount: '1', collateralCoin: 'BTC', ...change },
});

/** Owes 5 ETH against 1 BTC. */
async function owing(desk: Bench, change: Record<string, unknown> = {}): Promise<void> {
  const { body } = loan({ collateralList: pledge('BTC', '1'), ...change });
  orderIdOf(await desk.post(FIXED.borrow, body));
  desk.pass(MINUTE);
  assert.ok((await contractsOf(desk)).length > 0);
}
async function repaid(desk: Bench): Promise<void> {
  await owing(desk);
  await owing(desk, { orderCurrency: 'USDT', orderAmount: '1000', collateralList: [] });
  assert.equal((await desk.post(FIXED.repay, { loanCurrency: 'ETH' })).retCode, 0);
}
async function processing(desk: Bench): Promise<void> {
  await owing(desk);
  await owing(desk, { orderCurrency: 'USDT', orderAmount: '1000', collateralList: [] });
  await desk.core.steer((state) => ({ ...state, habits: { ...state.habits, settleMs: 3_600_000 } }));
  await desk.post(FIXED.repay, { loanCurrency: 'ETH' });
}
async function liquidating(desk: Bench): Promise<void> {
  await owing(desk);
  await desk.price('ETH', '90000');
}
const loanIdOf = async (desk: Bench, coin: string): Promise<string> =>
  first(await contractsOf(desk, `orderCurrency=${coin}`)).loanId;
const waiting = async (desk: Bench): Promise<string> =>
  orderIdOf(await desk.post(FIXED.borrow, loan({ annualRate: '0.0001' }).body));
async function many(desk: Bench, path: string, body: Record<string, unknown>): Promise<void> {
  for (let n = 0; n < 20; n++) orderIdOf(await desk.post(path, body));
}

const CASES: readonly Case[] = [
  { code: 10001, when: 'an order names no rate', ...loan({ annualRate: undefined }) },
  { code: 10001, when: 'the repay type is unknown', ...loan({ repayType: '0' }) },
  { code: 10001, when: 'the strategy is unknown', ...loan({ strategyType: 'SOME' }) },
  {
    code: 10001,
    when: 'collateral is one object, as an example shows',
    ...loan({ collateralList: LIQUID[0] }),
  },
  { code: 148014, when: 'the coin is unknown', ...loan({ orderCurrency: 'constructor' }) },
  { code: 148014, when: 'the coin has no fixed loans', ...loan({ orderCurrency: 'TURBO' }) },
  { code: 148015, when: 'the term is not offered', ...loan({ term: '8' }) },
  { code: 148015, when: 'the term is 60 days, quoted but not to be ordered', ...loan({ term: '60' }) },
  { code: 148016, when: 'the rate is zero', ...loan({ annualRate: '0' }) },
  { code: 148016, when: 'the rate is above 100 percent', ...loan({ annualRate: '1.0001' }) },
  { code: 148017, when: 'the rate has too many decimals', ...loan({ annualRate: '0.01234' }) },
  { code: 148007, when: 'the amount is negative', ...loan({ orderAmount: '-5' }) },
  { code: 148003, when: 'the amount has too many decimals', ...loan({ orderAmount: '5.123456789' }) },
  { code: 148002, when: 'the amount is below the minimum', ...loan({ orderAmount: '0.0001' }) },
  {
    code: 148001,
    when: 'a loan without flexible twin is to turn flexible',
    ...loan({ orderCurrency: 'MKR', repayType: '2' }),
  },
  { code: 148010, when: 'the personal quota is exceeded', ...loan({ orderAmount: '1500' }) },
  {
    code: 148010,
    when: 'the personal quota is exceeded with what already waits',
    ...loan({ orderAmount: '600', collateralList: [] }),
    given: (desk) => desk.post(FIXED.borrow, loan({ orderAmount: '600', annualRate: '0.0001' }).body),
  },
  {
    code: 148020,
    when: 'the quota of the platform is short',
    ...loan({ orderCurrency: 'SKL', orderAmount: '1500000' }),
  },
  {
    code: 148018,
    when: 'twenty orders wait',
    ...loan({ orderAmount: '1', annualRate: '0.0001', collateralList: [] }),
    given: (desk) =>
      many(
        desk,
        FIXED.borrow,
        loan({ orderAmount: '1', annualRate: '0.0001', collateralList: pledge('USDT', '10000') }).body,
      ),
  },
  { code: 148004, when: 'the coin is no collateral', ...loan({ collateralList: pledge('ID', '1') }) },
  {
    code: 148005,
    when: 'collateral has too many decimals',
    ...loan({ collateralList: pledge('BTC', '1.123456789') }),
  },
  {
    code: 148006,
    when: 'collateral exceeds the cap of the account',
    ...loan({ collateralList: pledge('SKL', '20000000') }),
  },
  { code: 148008, when: 'collateral is negative', ...loan({ collateralList: pledge('BTC', '-1') }) },
  {
    code: 148012,
    when: 'the Funding wallet lacks the collateral',
    ...loan({ collateralList: pledge('ETH', '5001') }),
  },
  { code: 148039, when: 'a coin is pledged twice', ...loan({ collateralList: [...LIQUID, ...LIQUID] }) },
  {
    code: 148048,
    when: 'the platform takes no more of the coin',
    ...loan({ collateralList: pledge('LUNC', '1') }),
  },
  {
    code: 148009,
    when: 'the LTV would exceed the initial line',
    ...loan({ collateralList: pledge('BTC', '0.01') }),
  },
  {
    code: 148009,
    when: 'the LTV would exceed it with what already waits',
    ...loan({ orderAmount: '15', collateralList: [] }),
    given: (desk) =>
      desk.post(
        FIXED.borrow,
        loan({ orderAmount: '15', annualRate: '0.0001', collateralList: pledge('BTC', '1') }).body,
      ),
  },
  { code: 148021, when: 'another operation is under way', ...loan(), given: processing },
  { code: 148031, when: 'a liquidation is under way', ...loan(), given: liquidating },

  { code: 148023, when: 'the order to cancel is unknown', path: FIXED.cancelBorrow, body: { orderId: '1' } },
  {
    code: 148024,
    when: 'the order to cancel is filled',
    path: FIXED.cancelBorrow,
    given: owing,
    body: async (desk) => ({ orderId: first(await contractsOf(desk)).orderId }),
  },
  {
    code: 148024,
    when: 'the order was cancelled before',
    path: FIXED.cancelBorrow,
    body: async (desk) => {
      const orderId = await waiting(desk);
      await desk.post(FIXED.cancelBorrow, { orderId });
      return { orderId };
    },
  },

  { code: 10001, when: 'the source is unknown', ...offer({ availableSource: '3' }) },
  { code: 148014, when: 'the coin to supply has no fixed loans', ...offer({ orderCurrency: 'TURBO' }) },
  { code: 148015, when: 'the term of a supply order is 60 days', ...offer({ term: '60' }) },
  { code: 148016, when: 'the rate of a supply order is out of range', ...offer({ annualRate: '2' }) },
  {
    code: 148017,
    when: 'the rate of a supply order has too many decimals',
    ...offer({ annualRate: '0.00001' }),
  },
  { code: 148002, when: 'a supply order is below the minimum', ...offer({ orderAmount: '1' }) },
  { code: 148003, when: 'a supply order has too many decimals', ...offer({ orderAmount: '5000.123456789' }) },
  {
    code: 148018,
    when: 'twenty supply orders wait',
    ...offer({ annualRate: '1' }),
    given: (desk) => many(desk, FIXED.supply, offer({ annualRate: '1' }).body),
  },
  {
    code: 148022,
    when: 'the Funding wallet lacks the money',
    ...offer({ orderCurrency: 'BTC', orderAmount: '1001' }),
  },
  { code: 148022, when: 'Earn lacks the money', ...offer({ orderAmount: '5001', availableSource: '1' }) },
  {
    code: 148030,
    when: 'the supply order to cancel is unknown',
    path: FIXED.cancelSupply,
    body: { orderId: '1' },
  },
  {
    code: 10001,
    when: 'the account to refund is unknown',
    path: FIXED.cancelSupply,
    body: { orderId: '1', refundedAccount: '2' },
  },
  {
    code: 148025,
    when: 'the supply order was cancelled before',
    path: FIXED.cancelSupply,
    body: async (desk) => {
      const orderId = orderIdOf(await desk.post(FIXED.supply, offer({ annualRate: '1' }).body));
      await desk.post(FIXED.cancelSupply, { orderId });
      return { orderId };
    },
  },

  { code: 10001, when: 'repaying names neither loan nor coin', ...repay({}) },
  { code: 10001, when: 'repaying names both', ...repay({ loanId: '1', loanCurrency: 'ETH' }) },
  { code: 148023, when: 'the loan to repay is unknown', ...repay({ loanId: '1' }), given: owing },
  { code: 148014, when: 'the coin to repay is unknown', ...repay({ loanCurrency: 'NOPE' }), given: owing },
  { code: 148027, when: 'there is no fixed loan at all', ...repay({ loanCurrency: 'ETH' }) },
  { code: 148032, when: 'nothing is owed in the coin', ...repay({ loanCurrency: 'BTC' }), given: owing },
  {
    code: 148033,
    when: 'the loan is repaid already',
    path: FIXED.repay,
    given: repaid,
    body: async (desk) => ({ loanId: await loanIdOf(desk, 'ETH') }),
  },
  {
    code: 148041,
    when: 'a repayment of the coin is under way',
    ...repay({ loanCurrency: 'ETH' }),
    given: processing,
  },
  {
    code: 148021,
    when: 'a repayment of another coin is under way',
    ...repay({ loanCurrency: 'USDT' }),
    given: processing,
  },
  {
    code: 148031,
    when: 'repaying during a liquidation',
    ...repay({ loanCurrency: 'ETH' }),
    given: liquidating,
  },
  {
    code: 148029,
    when: 'the Funding wallet lacks the repayment',
    ...repay({ loanCurrency: 'ETH' }),
    given: async (desk) => {
      await owing(desk);
      await desk.post(PATHS.adjust, { currency: 'ETH', amount: '5000', direction: '0' });
    },
  },

  { code: 10001, when: 'repaying nothing out of collateral', ...convert({ amount: '0' }), given: owing },
  {
    code: 148042,
    when: 'repaying too many decimals out of collateral',
    ...convert({ amount: '1.123456789' }),
    given: owing,
  },
  { code: 148038, when: 'repaying more than is owed', ...convert({ amount: '5.1' }), given: owing },
  {
    code: 148023,
    when: 'the loan is in another coin',
    path: FIXED.convert,
    given: repaid,
    body: async (desk) => ({ ...convert().body, loanId: await loanIdOf(desk, 'USDT') }),
  },
  {
    code: 148040,
    when: 'the coin to sell is not pledged',
    ...convert({ collateralCoin: 'USDT' }),
    given: owing,
  },
  {
    code: 148039,
    when: 'a coin to sell is named twice',
    ...convert({ collateralCoin: 'BTC,BTC' }),
    given: owing,
  },
  {
    code: 148012,
    when: 'the collateral does not suffice',
    ...convert({ amount: '5', collateralCoin: 'SKL' }),
    given: async (desk) => {
      await owing(desk);
      await desk.post(PATHS.adjust, { currency: 'SKL', amount: '10', direction: '0' });
    },
  },
  {
    code: 148047,
    when: 'repaying more than 300,000 USD out of collateral',
    ...convert({ loanCurrency: 'USDT', amount: '300001' }),
    given: (desk) =>
      owing(desk, { orderCurrency: 'USDT', orderAmount: '350000', collateralList: pledge('BTC', '100') }),
  },

  { code: 148023, when: 'the loan to renew is unknown', path: FIXED.renew, body: { loanId: '1' } },
  {
    code: 148009,
    when: 'a renewal would exceed the initial line',
    path: FIXED.renew,
    given: async (desk) => {
      await owing(desk);
      await desk.post(FIXED.repay, { loanCurrency: 'ETH' });
    },
    body: async (desk) => ({ loanId: await loanIdOf(desk, 'ETH') }),
  },
];

describe('refusals of fixed loans', () => {
  for (const { code, when, path, body, given } of CASES) {
    it(`${code} when ${when}, and nothing changes`, async () => {
      const desk = bench({ wallet: RICH });
      await given?.(desk);
      const request = typeof body === 'function' ? await body(desk) : body;
      const before = await desk.state();
      const answer = await desk.post(path, request);
      assert.equal(answer.retCode, code, answer.retMsg);
      assert.deepEqual(answer.result, {});
      assert.notEqual(messageOf(code), 'UNKNOWN_ERROR');
      const { time: _before, ...left } = before;
      const { time: _after, ...right } = await desk.state();
      assert.deepEqual(right, left);
    });
  }
});
