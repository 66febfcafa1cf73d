import assert from 'node:assert/strict';
import { RestClientV5 } from 'bybit-api';
import { type PaperProcess, startPaper } from './paper-process';
import { first, resultOf } from './result';

/** Another client repays legacy and institutional loans; the clock is steered, so it asks the server for the time. */
describe('bybit-api with old loans on the paper exchange', function () {
  this.timeout(60_000);
  let paper: PaperProcess;
  let client: RestClientV5;

  before(async () => {
    paper = await startPaper('--control', '--seed', '31');
    client = new RestClientV5({
      key: paper.apiKey,
      secret: paper.apiSecret,
      baseUrl: paper.url,
      syncTimeBeforePrivateRequests: true,
    });
  });
  after(() => paper.stop());

  it('repays a legacy loan in part and then whole, and sees the collateral come back', async () => {
    const loans = resultOf(await client.getUnpaidLoanOrders({ loanTermType: '1', loanTerm: '30' })).list;
    const { orderId, residualInterest, totalDebt, collateralAmount } = first(loans);
    assert.ok(BigInt(orderId) > 2n ** 53n);
    const { repayId } = resultOf(await client.repayCryptoLoan({ orderId, amount: '100' }));
    const row = first(resultOf(await client.getRepaymentHistory({ repayId })).list);
    assert.deepEqual(
      [row.orderId, row.repayAmount, row.repayStatus, row.repayType, row.collateralReturn],
      [orderId, '100', 1, '1', '0'],
    );
    const left = first(resultOf(await client.getUnpaidLoanOrders({ orderId })).list);
    assert.equal(left.residualInterest, '0', 'interest first');
    const principal = Number(totalDebt) - (100 - Number(residualInterest));
    assert.ok(Math.abs(Number(left.totalDebt) - principal) < 1e-6);

    resultOf(await client.repayCryptoLoan({ orderId, amount: left.totalDebt }));
    assert.deepEqual(resultOf(await client.getUnpaidLoanOrders({ orderId })).list, []);
    const last = first(resultOf(await client.getRepaymentHistory({ orderId, limit: '1' })).list);
    assert.equal(last.collateralReturn, collateralAmount);
    const ended = first(resultOf(await client.getCompletedLoanOrderHistory({ orderId })).list);
    assert.deepEqual([ended.status, ended.repaidInterest], [1, residualInterest]);
  });

  it('moves legacy collateral up to the maximum and reads the history', async () => {
    const loans = resultOf(await client.getUnpaidLoanOrders({ loanTermType: '2' })).list;
    const { orderId } = first(loans);
    const most = resultOf(await client.getMaxAllowedReductionCollateralAmount({ orderId }));
    const request = { orderId, amount: most.maxCollateralAmount, direction: '1' } as const;
    const { adjustId } = resultOf(await client.adjustCollateralAmount(request));
    const row = first(resultOf(await client.getLoanLTVAdjustmentHistory({ adjustId })).list);
    assert.deepEqual([row.direction, row.orderId], [1, orderId]);
    const limits = await client.getAccountBorrowCollateralLimit({
      loanCurrency: 'USDT',
      collateralCurrency: 'BTC',
    });
    assert.equal(resultOf(limits).maxLoanAmount, '8000000');
  });

  it('still carries the borrowing that was withdrawn, and is refused', async () => {
    const request = { loanCurrency: 'USDT', loanAmount: '550', collateralCurrency: 'BTC' };
    assert.equal((await client.borrowCryptoLoan(request)).retCode, 177008);
  });

  it('has no name for the coin of legacy collateral in its types, which the answer holds', async () => {
    const tiers = resultOf(
      await client.getCollateralCoins({ currency: 'ETH', vipLevel: 'PRO1' }),
    ).vipCoinList;
    const coin = first(first(tiers).list) as unknown as Record<string, unknown>;
    // API.md §12: its type lacks `currency`.
    assert.deepEqual([coin['currency'], coin['initialLTV'], coin['liquidationLTV']], ['ETH', '0.8', '0.95']);
    const coins = resultOf(
      await client.getBorrowableCoins({ currency: 'USDT', vipLevel: 'VIP0' }),
    ).vipCoinList;
    assert.notEqual(first(first(coins).list).hourlyInterestRate7D, '');
  });

  it('repays an institutional loan and waits for its record', async () => {
    const records = async (): Promise<number> =>
      resultOf(await client.getInstitutionalLendingRepayOrders()).repayInfo.length;
    const before = await records();
    const answer = await client.repayInstitutionalLoan({ token: 'USDT', quantity: '5000' });
    assert.equal(resultOf(answer).repayOrderStatus, 'P');
    const busy = first(resultOf(await client.getInstitutionalLendingLTVWithLadderConversionRate()).ltvInfo);
    assert.deepEqual([busy.ltv, busy.balance, busy.unpaidInfo], ['', '', []]);
    // One a second is allowed: the clock goes on.
    await paper.control('POST', '/paper/advance', { hours: 2 / 3600 });
    const second = await client.repayInstitutionalLoan({ token: 'USDT', quantity: '1' });
    assert.equal(second.retCode, 3777043);
    assert.equal(await records(), before);
    await paper.control('POST', '/paper/advance', { hours: 3 / 60 });
    assert.equal(await records(), before + 1);
    const record = first(resultOf(await client.getInstitutionalLendingRepayOrders({ limit: 1 })).repayInfo);
    assert.deepEqual([record.token, record.quantity, record.status], ['USDT', '5000', '1']);
    const rest = first(resultOf(await client.getInstitutionalLendingLTVWithLadderConversionRate()).ltvInfo);
    assert.match(rest.ltv, /^0\.\d+$/);
    const orders = resultOf(await client.getInstitutionalLendingLoanOrders({ limit: 10 })).loanInfo;
    assert.ok(orders.some(({ status }) => status === '2'));
  });

  it('binds a UID and lets it go', async () => {
    const { parentUid } = first(
      resultOf(await client.getInstitutionalLendingLTVWithLadderConversionRate()).ltvInfo,
    );
    const uid = String(Number(parentUid) + 3);
    const bound = await client.bindOrUnbindUID({ uid, operate: '0' });
    assert.deepEqual(resultOf(bound), { uid, operate: '0' });
  });

  it('cannot reach the private products: it never signs that call', async () => {
    // API.md §12 and endpoints.json: getInstitutionalLendingProductInfo is sent unsigned.
    const shown = resultOf(await client.getInstitutionalLendingProductInfo()).marginProductInfo;
    assert.deepEqual(
      shown.map(({ productId }) => productId),
      ['81', '82', '91'],
    );
    const own = (await client.getPrivate('/v5/ins-loan/product-infos')) as {
      result: { marginProductInfo: { productId: string }[] };
    };
    assert.deepEqual(
      own.result.marginProductInfo.map(({ productId }) => productId),
      ['96', '97'],
    );
  });
});
