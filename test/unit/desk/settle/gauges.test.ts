import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import type { Endpoint } from '../../../../src/bybit/endpoint';
import type { Answer, Exchange } from '../../../../src/bybit/exchange';
import type { Mark } from '../../../../src/desk/operations/definition';
import { readMarks } from '../../../../src/desk/settle/gauges/gauges';

const d = decimal;

/** Answers by endpoint, some by what was asked; with what was asked. */
class Source implements Exchange {
  readonly asked: (readonly [string, object])[] = [];

  constructor(private readonly answers: Readonly<Record<string, unknown>>) {}

  now(): number {
    return 0;
  }

  dispose(): void {
    this.asked.length = 0;
  }

  async call<Req extends object, Res>(endpoint: Endpoint<Req, Res>, request: Req): Promise<Answer<Res>> {
    this.asked.push([endpoint.id, request]);
    const answer = this.answers[endpoint.id];
    if (answer === undefined) throw new Error(`no answer to ${endpoint.id}`);
    return { result: (typeof answer === 'function' ? answer(request) : answer) as Res, time: 0 };
  }
}

/** What the marks show: kind and coin (or id), amount, and how far it may rise. */
async function shown(answers: Readonly<Record<string, unknown>>, marks: readonly Mark[], hours = 0) {
  const source = new Source(answers);
  const read = await readMarks(source, marks, hours);
  return {
    asked: source.asked,
    said: read.map(({ mark, reading }) => [mark.what, mark.id ?? mark.coin, reading.amount, reading.mayRise]),
  };
}

const BALANCES = ({ accountType }: { readonly accountType: string }) => ({
  balance:
    accountType === 'FUND'
      ? [
          { coin: 'BTC', walletBalance: d('0.5'), transferBalance: d('0.4') },
          { coin: 'ETH', walletBalance: d('3'), transferBalance: d('3') },
        ]
      : [{ coin: 'USDT', walletBalance: d('900'), transferBalance: d('800') }],
});

const LOANS = {
  list: [
    { loanCurrency: 'ETH', totalDebt: d('7'), hourlyInterestRate: d('0.00001') },
    { loanCurrency: 'BTC', totalDebt: d('0.1'), hourlyInterestRate: d('0.000001') },
    { loanCurrency: 'XRP', totalDebt: d('100'), hourlyInterestRate: d('-0.000001') },
    { loanCurrency: 'SOL', totalDebt: d('100'), hourlyInterestRate: undefined },
  ],
};

describe('what an amount shows', () => {
  it('of every kind is asked for once, and given with its mark', async () => {
    const answers = { getFlexibleLoans: LOANS, getFundingBalances: BALANCES };
    const marks: readonly Mark[] = [
      { what: 'debt', coin: 'BTC' },
      { what: 'wallet', coin: 'BTC' },
      { what: 'debt', coin: 'ETH' },
      { what: 'wallet', coin: 'ETH' },
    ];
    const { asked, said } = await shown(answers, marks);
    assert.deepEqual(
      asked.map(([id]) => id),
      ['getFlexibleLoans', 'getFundingBalances'],
    );
    assert.deepEqual(
      said.map((row) => row.slice(0, 3)),
      [
        ['debt', 'BTC', '0.1'],
        ['debt', 'ETH', '7'],
        ['wallet', 'BTC', '0.5'],
        ['wallet', 'ETH', '3'],
      ],
    );
    assert.deepEqual((await shown(answers, [])).asked, []);
    await assert.rejects(shown({}, marks), /no answer to getFlexibleLoans/);
  });

  it('as a flexible debt may rise by interest: three postings, two more an hour, each rounded up', async () => {
    const marks = ['BTC', 'ETH', 'XRP', 'SOL', 'DOT'].map((coin) => ({ what: 'debt', coin }) as const);
    assert.deepEqual((await shown({ getFlexibleLoans: LOANS }, marks)).said, [
      ['debt', 'BTC', '0.1', '0.00000033'],
      ['debt', 'ETH', '7', '0.00021003'],
      ['debt', 'XRP', '100', '0.00030003'],
      ['debt', 'SOL', '100', '0.00000003'],
      ['debt', 'DOT', '0', '0.00000003'],
    ]);
    assert.deepEqual((await shown({ getFlexibleLoans: LOANS }, marks.slice(0, 1), 10)).said, [
      ['debt', 'BTC', '0.1', '0.00000253'],
    ]);
  });

  it('as collateral or in a wallet rises by nothing of itself; what is not listed is nothing', async () => {
    const position = { collateralList: [{ currency: 'ETH', amount: d('2') }], borrowList: [] };
    const answers = { getLoanPosition: position, getFundingBalances: BALANCES };
    const of = (what: 'collateral' | 'wallet' | 'unifiedWallet', coin: string) => ({ what, coin });
    const marks = [
      of('collateral', 'ETH'),
      of('collateral', 'USDT'),
      of('wallet', 'BTC'),
      of('wallet', 'USDT'),
      of('unifiedWallet', 'USDT'),
      of('unifiedWallet', 'BTC'),
    ];
    const { asked, said } = await shown(answers, marks);
    assert.deepEqual(said, [
      ['collateral', 'ETH', '2', '0'],
      ['collateral', 'USDT', '0', '0'],
      ['wallet', 'BTC', '0.5', '0'],
      ['wallet', 'USDT', '0', '0'],
      ['unifiedWallet', 'USDT', '900', '0'],
      ['unifiedWallet', 'BTC', '0', '0'],
    ]);
    assert.deepEqual(asked.slice(1), [
      ['getFundingBalances', { accountType: 'FUND' }],
      ['getFundingBalances', { accountType: 'UNIFIED', coin: 'USDT,BTC' }],
    ]);
  });

  it('on the fixed market is what is owed and what orders still wait for, matched or not', async () => {
    const position = {
      collateralList: [],
      borrowList: [
        { loanCurrency: 'BTC', fixedTotalDebt: d('1') },
        { loanCurrency: 'ETH', fixedTotalDebt: d('4') },
        { loanCurrency: 'SOL', fixedTotalDebt: undefined },
      ],
    };
    const order = (orderCurrency: string, state: number, orderQty: string, filledQty: string) => ({
      orderCurrency,
      state,
      orderQty: d(orderQty),
      filledQty: d(filledQty),
    });
    const orders = {
      list: [
        order('ETH', 1, '10', '3'),
        order('ETH', 1, '2', '0'),
        order('ETH', 3, '50', '50'),
        order('BTC', 1, '0.25', '0'),
      ],
    };
    const answers = { getLoanPosition: position, getFixedBorrowOrders: orders };
    const marks = ['ETH', 'BTC', 'SOL', 'XRP'].map((coin) => ({ what: 'fixedBorrowing', coin }) as const);
    const { asked, said } = await shown(answers, marks);
    assert.deepEqual(said, [
      ['fixedBorrowing', 'ETH', '13', '0'],
      ['fixedBorrowing', 'BTC', '1.25', '0'],
      ['fixedBorrowing', 'SOL', '0', '0'],
      ['fixedBorrowing', 'XRP', '0', '0'],
    ]);
    assert.deepEqual(
      asked.map(([, request]) => request),
      [{}, ...['ETH', 'BTC', 'SOL', 'XRP'].map((coin) => ({ orderCurrency: coin, limit: '50' }))],
    );
  });

  it('of a contract or a legacy loan is that of its id, whatever else comes with it', async () => {
    const contract = (loanId: string, principal: string, penalty: string) => ({
      loanId,
      residualPrincipal: d(principal),
      residualPenaltyInterest: d(penalty),
    });
    const loan = (orderId: string, debt: string) => ({
      orderId,
      totalDebt: d(debt),
      residualInterest: d('0.5'),
      residualPenaltyInterest: d('0.25'),
      collateralAmount: d('3'),
    });
    const answers = {
      getFixedBorrowContracts: { list: [contract('571', '9', '0'), contract('570', '1', '0.01')] },
      getLegacyUnpaidLoans: { list: [loan('31', '700'), loan('30', '1000')] },
    };
    const of = (what: 'contract' | 'legacyDebt' | 'legacyCollateral', id: string | undefined) => ({
      what,
      coin: 'ETH',
      id,
    });
    const marks = [
      of('contract', '570'),
      of('contract', '1'),
      of('legacyDebt', '30'),
      of('legacyDebt', '1'),
      of('legacyCollateral', '30'),
      of('legacyCollateral', '1'),
    ];
    const { asked, said } = await shown(answers, marks);
    assert.deepEqual(said, [
      ['contract', '570', '1.01', '1.01'],
      ['contract', '1', '0', '0'],
      ['legacyDebt', '30', '1000.75', '1000.75'],
      ['legacyDebt', '1', '0', '0'],
      ['legacyCollateral', '30', '3', '0'],
      ['legacyCollateral', '1', '0', '0'],
    ]);
    assert.deepEqual(asked.slice(0, 3), [
      ['getFixedBorrowContracts', { loanId: '570' }],
      ['getFixedBorrowContracts', { loanId: '1' }],
      ['getLegacyUnpaidLoans', { orderId: '30' }],
    ]);
  });

  it('of the risk unit is the unpaid principal of all its orders in the coin', async () => {
    const order = (loanCoin: string, unpaid: string) => ({ loanCoin, unpaidAmount: d(unpaid) });
    const answers = {
      getInsLoanOrders: { loanInfo: [order('USDT', '5000'), order('BTC', '2'), order('USDT', '70')] },
    };
    const marks = ['USDT', 'ETH'].map((coin) => ({ what: 'unitDebt', coin }) as const);
    const { asked, said } = await shown(answers, marks);
    assert.deepEqual(said, [
      ['unitDebt', 'USDT', '5070', '5070'],
      ['unitDebt', 'ETH', '0', '0'],
    ]);
    assert.deepEqual(asked, [['getInsLoanOrders', { limit: 100 }]]);
  });
});
