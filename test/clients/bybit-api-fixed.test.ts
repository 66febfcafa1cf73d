import assert from 'node:assert/strict';
import { RestClientV5 } from 'bybit-api';
import { type PaperProcess, startPaper } from './paper-process';

/** A little more than the minute in which orders are matched. */
const TWO_MINUTES = { hours: 2 / 60 };

/** Fails with the exchange's words unless a call has succeeded. */
function resultOf<Result>(answer: {
  readonly retCode: number;
  readonly retMsg: string;
  readonly result: Result;
}): Result {
  assert.equal(answer.retCode, 0, answer.retMsg);
  return answer.result;
}
/** The rate of the last offer: somebody suits it still when the minute is over, and the least order has one contract. */
function lastRate(quotes: readonly { readonly annualRate: string }[]): string {
  return quotes.at(-1)?.annualRate ?? assert.fail('nobody is in the market');
}
/** The first row, which must be there. */
function first<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  assert.ok(row !== undefined, 'there is no row');
  return row;
}

/** Another client lives a fixed loan from both sides; the clock is steered, so it asks the server for the time. */
describe('bybit-api with fixed loans on the paper exchange', function () {
  this.timeout(60_000);
  let paper: PaperProcess;
  let client: RestClientV5;

  before(async () => {
    paper = await startPaper('--control', '--seed', '21');
    client = new RestClientV5({
      key: paper.apiKey,
      secret: paper.apiSecret,
      baseUrl: paper.url,
      syncTimeBeforePrivateRequests: true,
    });
  });
  after(() => paper.stop());
  const advance = (by: { readonly hours: number }) => paper.control('POST', '/paper/advance', by);

  it('borrows from the market, repays early and borrows again', async () => {
    const market = await client.getBorrowOrderQuoteFixed({
      orderCurrency: 'USDT',
      orderBy: 'apy',
      term: '7',
    });
    const annualRate = lastRate(resultOf(market).list);
    const inventory = await client.getFixedLoanAvailableInventory({
      currency: 'USDT',
      term: '7',
      annualRate,
    });
    assert.ok(Number(resultOf(inventory).availableInventory) > 0);
    const collateralList = [{ currency: 'BTC', amount: '0.1' }];
    const order = { orderCurrency: 'USDT', orderAmount: '1000', annualRate, term: '7', collateralList };
    const { orderId } = resultOf(await client.createBorrowOrderFixed({ ...order, repayType: '1' }));
    const waiting = first(resultOf(await client.getBorrowOrderInfoFixed({ orderId })).list);
    assert.deepEqual([waiting.state, String(waiting.orderId)], [1, orderId]);
    await advance(TWO_MINUTES);
    assert.equal(first(resultOf(await client.getBorrowOrderInfoFixed({ orderId })).list).state, 3);
    const contract = first(resultOf(await client.getBorrowContractInfoFixed({ orderId })).list);
    assert.deepEqual(
      [contract.residualPrincipal, contract.annualRate, contract.status],
      ['1000', annualRate, 1],
    );

    const { repayId } = resultOf(await client.repayFixed({ loanId: contract.loanId }));
    const repayment = first(resultOf(await client.getRepaymentHistoryFixed({ repayId })).list);
    assert.deepEqual([repayment.repayType, first(repayment.details).loanId], [1, contract.loanId]);
    const renewal = resultOf(await client.renewBorrowOrderFixed({ loanId: contract.loanId, collateralList }));
    const renewed = first(resultOf(await client.getRenewOrderInfoFixed({ orderCurrency: 'USDT' })).list);
    assert.deepEqual([String(renewed.orderId), renewed.amount], [String(renewal.orderId), '1000']);

    await advance({ hours: 7 * 24 + 1 });
    const ended = first(resultOf(await client.getBorrowContractInfoFixed({ limit: '1' })).list);
    assert.equal(ended.status, 2, 'repaid from the Funding wallet at maturity');
    const auto = first(resultOf(await client.getRepaymentHistoryFixed({ limit: '1' })).list);
    assert.equal(auto.repayType, 3);
  });

  it('repays fixed loans with collateral on the flexible path, where nothing is owed', async () => {
    const market = await client.getBorrowOrderQuoteFixed({
      orderCurrency: 'ETH',
      orderBy: 'apy',
      term: '30',
    });
    const annualRate = lastRate(resultOf(market).list);
    const collateralList = [{ currency: 'USDT', amount: '5000' }];
    const order = { orderCurrency: 'ETH', orderAmount: '0.1', annualRate, term: '30', collateralList };
    const { orderId } = resultOf(await client.createBorrowOrderFixed(order));
    await advance(TWO_MINUTES);
    const before = resultOf(await client.getBorrowContractInfoFixed({ orderId })).list;
    assert.equal(first(before).residualPrincipal, '0.1');
    // A fault of bybit-api (API.md §12): it posts to /v5/crypto-loan-flexible/repay-collateral.
    const request = { loanCurrency: 'ETH', collateralCoin: 'USDT', amount: '0.05' };
    assert.equal((await client.repayCollateralFixed(request)).retCode, 148032);
    assert.deepEqual(resultOf(await client.getBorrowContractInfoFixed({ orderId })).list, before);
    // Called by hand at its own path, the same works.
    resultOf(await client.postPrivate('/v5/crypto-loan-fixed/repay-collateral', request));
    const after = first(resultOf(await client.getBorrowContractInfoFixed({ orderId })).list);
    assert.equal(after.residualPrincipal, '0.05');
    resultOf(await client.repayFixed({ loanCurrency: 'ETH' }));
  });

  it('supplies to the market, sees the claim in the position and is redeemed', async () => {
    const market = await client.getSupplyOrderQuoteFixed({
      orderCurrency: 'USDT',
      orderBy: 'apy',
      term: '7',
      sort: 1,
    });
    const annualRate = lastRate(resultOf(market).list);
    const order = { orderCurrency: 'USDT', orderAmount: '1000', annualRate, term: '7' };
    const { orderId } = resultOf(await client.createSupplyOrderFixed(order));
    await advance(TWO_MINUTES);
    assert.equal(first(resultOf(await client.getSupplyOrderInfoFixed({ orderId })).list).state, 3);
    const contract = first(resultOf(await client.getSupplyContractInfoFixed({ orderId })).list);
    assert.deepEqual([contract.supplyAmount, contract.status], ['1000', 1]);
    // Its types say interestPaid, as the documentation's table; the example and the paper exchange say interest.
    assert.equal(contract.interestPaid, undefined);
    assert.ok('interest' in contract);
    const position = resultOf(await client.getCryptoLoanPosition());
    assert.ok(Number(first(position.supplyList).amount) > 1000);
    // A borrower may pay up to a day late.
    await advance({ hours: 8 * 24 + 1 });
    const ended = first(resultOf(await client.getSupplyContractInfoFixed({ orderId })).list);
    assert.equal(ended.status, 2);
    assert.deepEqual(resultOf(await client.getCryptoLoanPosition()).supplyList, []);
  });

  it('cancels what nobody takes', async () => {
    const borrowing = { orderCurrency: 'USDT', orderAmount: '1000', annualRate: '0.0001', term: '90' };
    const collateralList = [{ currency: 'BTC', amount: '0.1' }];
    const borrow = resultOf(await client.createBorrowOrderFixed({ ...borrowing, collateralList }));
    resultOf(await client.cancelBorrowOrderFixed(borrow));
    assert.equal(first(resultOf(await client.getBorrowOrderInfoFixed(borrow)).list).state, 4);
    await advance(TWO_MINUTES);
    const lending = { ...borrowing, annualRate: '1', availableSource: '1' as const };
    const supply = resultOf(await client.createSupplyOrderFixed(lending));
    resultOf(await client.cancelSupplyOrderFixed({ ...supply, refundedAccount: '1' }));
    assert.equal(first(resultOf(await client.getSupplyOrderInfoFixed(supply)).list).state, 4);
  });
});
