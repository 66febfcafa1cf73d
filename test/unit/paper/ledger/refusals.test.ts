import assert from 'node:assert/strict';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { type Bench, bench, PATHS } from '../bench';

const RICH: ReadonlyMap<string, Decimal> = new Map(
  Object.entries({
    USDT: '90000000',
    BTC: '1000',
    ETH: '5000',
    SKL: '99999999999',
    LUNC: '1000',
    ID: '1000',
    STORJ: '5',
  }).map(([coin, amount]) => [coin, decimal(amount)]),
);
const LIQUID = [{ currency: 'USDT', amount: '40000000' }];

interface Case {
  readonly code: number;
  readonly when: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  /** What has happened before. */
  readonly given?: (desk: Bench) => Promise<void>;
}

async function indebted(desk: Bench): Promise<void> {
  const { retCode, retMsg } = await desk.post(PATHS.borrow, {
    loanCurrency: 'ETH',
    loanAmount: '10',
    collateralList: [
      { currency: 'USDT', amount: '60000' },
      { currency: 'BTC', amount: '0.1' },
    ],
  });
  assert.equal(retCode, 0, retMsg);
}
async function liquidating(desk: Bench): Promise<void> {
  await indebted(desk);
  await desk.price('ETH', '9000');
}
async function processing(desk: Bench): Promise<void> {
  await indebted(desk);
  await desk.core.steer((state) => ({ ...state, habits: { ...state.habits, settleMs: 3_600_000 } }));
  await desk.post(PATHS.repay, { loanCurrency: 'ETH', amount: '1' });
}
async function borrowedSmallAgainst(desk: Bench, amount: string): Promise<void> {
  await desk.post(PATHS.borrow, {
    loanCurrency: 'USDT',
    loanAmount: amount,
    collateralList: [{ currency: 'BTC', amount: '100' }],
  });
}

const loan = (loanCurrency: string, loanAmount: unknown, collateralList: unknown = LIQUID) => ({
  path: PATHS.borrow,
  body: { loanCurrency, loanAmount, collateralList },
});
const repay = (loanCurrency: string, amount: string) => ({
  path: PATHS.repay,
  body: { loanCurrency, amount },
});
const convert = (amount: string, collateralCoin: string, loanCurrency = 'ETH') => ({
  path: PATHS.convert,
  body: { loanCurrency, amount, collateralCoin },
});
const adjust = (currency: string, amount: string, direction: unknown = '0') => ({
  path: PATHS.adjust,
  body: { currency, amount, direction },
});
const pledge = (currency: string, amount: string) => [{ currency, amount }];

const CASES: readonly Case[] = [
  { code: 10001, when: 'a parameter is missing', path: PATHS.borrow, body: { loanCurrency: 'BTC' } },
  { code: 10001, when: 'an amount has an exponent', ...loan('BTC', '1e-2') },
  { code: 10001, when: 'an amount is no number', ...loan('BTC', 'NaN') },
  {
    code: 10001,
    when: 'collateralList is an object',
    ...loan('BTC', '0.1', { currency: 'USDT', amount: '1' }),
  },
  {
    code: 10001,
    when: 'collateralList uses the key of max-loan',
    ...loan('BTC', '0.1', [{ ccy: 'USDT', amount: '1' }]),
  },
  {
    code: 10001,
    when: 'more than 100 coins are pledged',
    ...loan(
      'BTC',
      '0.1',
      Array.from({ length: 101 }, (_, n) => ({ currency: `C${n}`, amount: '1' })),
    ),
  },
  { code: 10001, when: 'the direction is unknown', ...adjust('USDT', '1', '2') },
  { code: 148014, when: 'the loan coin is unknown', ...loan('__proto__', '1') },
  { code: 148001, when: 'the coin has no flexible loan', ...loan('MKR', '1') },
  { code: 148002, when: 'the loan is below the minimum', ...loan('BTC', '0.00001') },
  { code: 148002, when: 'the loan is zero', ...loan('BTC', '0') },
  { code: 148003, when: 'the loan has too many decimals', ...loan('BTC', '0.12345678') },
  {
    code: 148003,
    when: 'both amounts are wrong: the loan comes first',
    ...loan('BTC', '0.12345678', pledge('NOSUCH', '1')),
  },
  { code: 148004, when: 'the coin is no collateral', ...loan('BTC', '0.1', pledge('ID', '1')) },
  { code: 148004, when: 'the collateral coin is unknown', ...loan('BTC', '0.1', pledge('constructor', '1')) },
  {
    code: 148005,
    when: 'collateral has too many decimals',
    ...loan('BTC', '0.1', pledge('USDT', '1.123456789')),
  },
  {
    code: 148006,
    when: 'collateral exceeds the cap of the account',
    ...loan('BTC', '0.1', pledge('SKL', '20000000')),
  },
  { code: 148007, when: 'the loan is negative', ...loan('BTC', '-1') },
  { code: 148008, when: 'collateral is negative', ...loan('BTC', '0.1', pledge('USDT', '-1')) },
  { code: 148009, when: 'the LTV would exceed the initial line', ...loan('BTC', '1', pledge('USDT', '10')) },
  { code: 148009, when: 'there is no collateral at all', ...loan('BTC', '0.1', []) },
  { code: 148010, when: 'the personal quota is exceeded', ...loan('BTC', '60') },
  { code: 148011, when: 'the pool of the coin is short', ...loan('STORJ', '100000') },
  { code: 148020, when: 'the quota of the platform is short', ...loan('SKL', '1500000') },
  {
    code: 148012,
    when: 'the Funding wallet lacks the collateral',
    ...loan('BTC', '0.1', pledge('ETH', '5001')),
  },
  { code: 148039, when: 'a coin is pledged twice', ...loan('BTC', '0.1', [...LIQUID, ...LIQUID]) },
  {
    code: 148048,
    when: 'the platform takes no more of the coin',
    ...loan('BTC', '0.1', pledge('LUNC', '1')),
  },
  { code: 148021, when: 'another operation is under way', ...loan('BTC', '0.1'), given: processing },
  { code: 148031, when: 'a liquidation is under way', ...loan('BTC', '0.1'), given: liquidating },
  { code: 148027, when: 'repaying without any loan', ...repay('ETH', '1') },
  { code: 148032, when: 'repaying a coin that is not owed', ...repay('BTC', '1'), given: indebted },
  { code: 148038, when: 'repaying more than is owed', ...repay('ETH', '10.1'), given: indebted },
  { code: 148028, when: 'repaying with too many decimals', ...repay('ETH', '1.123456789'), given: indebted },
  { code: 10001, when: 'repaying nothing', ...repay('ETH', '0'), given: indebted },
  { code: 148041, when: 'a repayment of the coin is under way', ...repay('ETH', '1'), given: processing },
  { code: 148031, when: 'repaying during a liquidation', ...repay('ETH', '1'), given: liquidating },
  {
    code: 148029,
    when: 'the Funding wallet lacks the repayment',
    ...repay('STORJ', '50'),
    given: async (desk) => {
      await desk.post(PATHS.borrow, loan('STORJ', '50').body);
      await desk.post(PATHS.adjust, adjust('STORJ', '10', '0').body);
    },
  },
  {
    code: 148040,
    when: 'repaying out of a coin that is not pledged',
    ...convert('1', 'SOL'),
    given: indebted,
  },
  { code: 148012, when: 'repaying out of too little collateral', ...convert('10', 'BTC'), given: indebted },
  { code: 148039, when: 'a coin is named twice', ...convert('1', 'BTC,BTC'), given: indebted },
  {
    code: 148047,
    when: 'repaying more than 300,000 USD out of collateral',
    ...convert('300001', 'BTC', 'USDT'),
    given: (desk) => borrowedSmallAgainst(desk, '400000'),
  },
  { code: 148013, when: 'there is no loan to adjust', ...adjust('USDT', '1') },
  { code: 148004, when: 'adding a coin that is no collateral', ...adjust('ID', '1'), given: indebted },
  { code: 148005, when: 'moving too many decimals', ...adjust('USDT', '1.123456789'), given: indebted },
  { code: 148008, when: 'moving nothing', ...adjust('USDT', '0'), given: indebted },
  { code: 148012, when: 'adding more than the wallet holds', ...adjust('STORJ', '6'), given: indebted },
  { code: 148048, when: 'adding a coin the platform is full of', ...adjust('LUNC', '1'), given: indebted },
  { code: 148037, when: 'taking out more than is allowed', ...adjust('USDT', '60000', '1'), given: indebted },
  {
    code: 148037,
    when: 'taking out a coin that is not pledged',
    ...adjust('SKL', '1', '1'),
    given: indebted,
  },
  { code: 148031, when: 'adjusting during a liquidation', ...adjust('USDT', '1'), given: liquidating },
];

describe('refusals of the paper exchange', () => {
  for (const { code, when, path, body, given } of CASES) {
    it(`${code} when ${when}, and nothing changes`, async () => {
      const desk = bench({ wallet: RICH });
      await given?.(desk);
      const before = await desk.state();
      const answer = await desk.post(path, body);
      assert.equal(answer.retCode, code, answer.retMsg);
      assert.deepEqual(answer.result, {});
      const { time: _before, ...left } = before;
      const { time: _after, ...right } = await desk.state();
      assert.deepEqual(right, left);
    });
  }

  it('uses the identifiers that were seen', async () => {
    const desk = bench();
    const { retMsg } = await desk.post(PATHS.borrow, loan('MKR', '1').body);
    assert.equal(retMsg, 'TOKEN_NOT_SUPPORT_FLEXIBLE_LOAN');
  });
});
