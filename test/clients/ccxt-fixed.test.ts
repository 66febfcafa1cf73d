import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { type PaperProcess, startPaper } from './paper-process';

interface Answer {
  readonly retCode: string | number;
  readonly result: Record<string, unknown>;
}
type Row = Readonly<Record<string, unknown>>;
/** ccxt makes its raw calls at run time; its types do not list those of the new loans. */
type RawCall = (params?: Record<string, unknown>) => Promise<Answer>;

/** Another client lives a fixed loan from both sides by its raw calls; these know the right paths (API.md §12). */
describe('ccxt with fixed loans on the paper exchange', function () {
  this.timeout(60_000);
  let paper: PaperProcess;
  let call: (name: string, params?: Record<string, unknown>) => Promise<Answer>;
  let advance: (hours: number) => Promise<void>;

  before(async () => {
    paper = await startPaper('--control', '--seed', '22');
    const client = new ccxt.bybit({
      apiKey: paper.apiKey,
      secret: paper.apiSecret,
      enableRateLimit: false,
      urls: { api: { public: paper.url, private: paper.url } },
    });
    call = (name, params = {}) => {
      const raw = (client as unknown as Record<string, RawCall>)[name];
      assert.ok(raw, `ccxt has no ${name}`);
      return raw.call(client, params);
    };
    advance = async (hours) => {
      await paper.control('POST', '/paper/advance', { hours });
      await client.loadTimeDifference();
    };
  });
  after(() => paper.stop());

  async function rows(name: string, params: Record<string, unknown> = {}): Promise<readonly Row[]> {
    return (await call(name, params)).result['list'] as readonly Row[];
  }
  async function firstOf(name: string, params: Record<string, unknown> = {}): Promise<Row> {
    const [row] = await rows(name, params);
    assert.ok(row !== undefined, `${name} has no row`);
    return row;
  }

  /** The rate of the last offer: somebody suits it still when the minute is over. */
  async function lastRate(name: string, quote: Record<string, unknown>): Promise<unknown> {
    return (await rows(name, quote)).at(-1)?.['annualRate'] ?? assert.fail('nobody is in the market');
  }

  it('borrows, repays with collateral in part and in full, and renews', async () => {
    const quote = { orderCurrency: 'SOL', orderBy: 'apy', term: '7' };
    const annualRate = await lastRate('publicGetV5CryptoLoanFixedBorrowOrderQuote', quote);
    const collateralList = [{ currency: 'USDT', amount: '3000' }];
    const order = {
      orderCurrency: 'SOL',
      orderAmount: '1',
      annualRate,
      term: '7',
      repayType: '2',
      collateralList,
    };
    const { orderId } = (await call('privatePostV5CryptoLoanFixedBorrow', order)).result;
    await advance(2 / 60);
    const contract = await firstOf('privateGetV5CryptoLoanFixedBorrowContractInfo', { orderId });
    assert.equal(contract['residualPrincipal'], '1');
    const { loanId } = contract;
    const part = { loanId, loanCurrency: 'SOL', amount: '0.4', collateralCoin: 'USDT' };
    await call('privatePostV5CryptoLoanFixedRepayCollateral', part);
    const left = await firstOf('privateGetV5CryptoLoanFixedBorrowContractInfo', { loanId });
    assert.equal(left['residualPrincipal'], '0.6');
    const renewal = (await call('privatePostV5CryptoLoanFixedRenew', { loanId })).result;
    const renewed = await firstOf('privateGetV5CryptoLoanFixedRenewInfo');
    assert.deepEqual([renewed['orderId'], renewed['amount']], [renewal['orderId'], '0.4']);

    await call('privatePostV5CryptoLoanFixedFullyRepay', { loanId });
    const [repaid, converted] = await rows('privateGetV5CryptoLoanFixedRepaymentHistory', {
      loanCurrency: 'SOL',
    });
    assert.deepEqual([Number(repaid?.['repayType']), Number(converted?.['repayType'])], [1, 7]);
    await advance(7 * 24 + 1);
    const debts = await rows('privateGetV5CryptoLoanFlexibleOngoingCoin');
    assert.equal(debts[0]?.['unpaidAmount'], '0.4', 'the renewed part has turned flexible at maturity');
    assert.equal(Number((await firstOf('privateGetV5CryptoLoanFixedRepaymentHistory'))['repayType']), 8);
  });

  it('supplies and is redeemed, and cancels what nobody takes', async () => {
    const quote = { orderCurrency: 'USDT', orderBy: 'apy', term: '7', sort: 1 };
    const annualRate = await lastRate('publicGetV5CryptoLoanFixedSupplyOrderQuote', quote);
    const order = { orderCurrency: 'USDT', orderAmount: '1000', term: '7' };
    const { orderId } = (await call('privatePostV5CryptoLoanFixedSupply', { ...order, annualRate })).result;
    await advance(2 / 60);
    const contract = await firstOf('privateGetV5CryptoLoanFixedSupplyContractInfo', { orderId });
    assert.deepEqual([contract['supplyAmount'], Number(contract['status'])], ['1000', 1]);
    const dear = (await call('privatePostV5CryptoLoanFixedSupply', { ...order, annualRate: '1' })).result;
    // A borrower may pay up to a day late.
    await advance(8 * 24 + 1);
    const redeemed = await firstOf('privateGetV5CryptoLoanFixedSupplyContractInfo', { orderId });
    assert.equal(Number(redeemed['status']), 2);
    await call('privatePostV5CryptoLoanFixedSupplyOrderCancel', dear);
    const ended = await firstOf('privateGetV5CryptoLoanFixedSupplyOrderInfo', dear);
    assert.deepEqual([Number(ended['state']), ended['filledQty']], [4, '0']);
  });

  it('raises the refusals', async () => {
    const order = { orderCurrency: 'USDT', orderAmount: '1000', annualRate: '0.1', term: '60' };
    await assert.rejects(call('privatePostV5CryptoLoanFixedBorrow', order), /148015/);
    await assert.rejects(call('privatePostV5CryptoLoanFixedFullyRepay', { loanCurrency: 'BTC' }), /148027/);
  });
});
