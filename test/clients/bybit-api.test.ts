import assert from 'node:assert/strict';
import { RestClientV5 } from 'bybit-api';
import { type PaperProcess, startPaper } from './paper-process';

/** Another client, with its own signing and key order, against the paper exchange over HTTP. */
describe('bybit-api on the paper exchange', function () {
  this.timeout(30_000);
  let paper: PaperProcess;
  let client: RestClientV5;

  before(async () => {
    paper = await startPaper('--control', '--seed', '11');
    client = new RestClientV5({ key: paper.apiKey, secret: paper.apiSecret, baseUrl: paper.url });
  });
  after(() => paper.stop());

  it('reads coins, collateral and the key without and with a signature', async () => {
    const coins = await client.getLoanBorrowableCoins({ vipLevel: 'VIP0', currency: 'BTC' });
    assert.equal(coins.retCode, 0);
    assert.equal(coins.result.list[0]?.currency, 'BTC');
    const collateral = await client.getLoanCollateralCoins({ currency: 'ETH' });
    assert.equal(collateral.result.currencyLiquidationList[0]?.currency, 'ETH');
    const key = await client.getQueryApiKey();
    assert.equal(key.retCode, 0, key.retMsg);
    assert.match(key.result.note, /simulated/);
  });

  it('borrows, reads and repays', async () => {
    const borrowed = await client.borrowFlexible({
      loanCurrency: 'BTC',
      loanAmount: '0.1',
      collateralList: [
        { currency: 'USDT', amount: '10000' },
        { currency: 'ETH', amount: '1.5' },
      ],
    });
    assert.equal(borrowed.retCode, 0, borrowed.retMsg);
    const history = await client.getBorrowHistoryFlexible({ loanCurrency: 'BTC', limit: '5' });
    assert.equal(history.result.list[0]?.orderId, borrowed.result.orderId);
    const loans = await client.getOngoingFlexibleLoans({ loanCurrency: 'BTC' });
    assert.equal(loans.result.list[0]?.unpaidAmount, '0.1');
    const position = await client.getCryptoLoanPosition();
    assert.equal(position.result.borrowList.length, 1);
    const reduction = await client.getMaxCollateralAmount({ currency: 'ETH' });
    assert.equal(reduction.retCode, 0, reduction.retMsg);

    const repaid = await client.repayFlexible({ loanCurrency: 'BTC', amount: '0.04' });
    assert.equal(repaid.retCode, 0, repaid.retMsg);
    const repayments = await client.getRepaymentHistoryFlexible({ loanCurrency: 'BTC' });
    assert.equal(repayments.result.list[0]?.repayId, repaid.result.repayId);
    const left = await client.getOngoingFlexibleLoans({ loanCurrency: 'BTC' });
    const converted = await client.repayCollateralFlexible({
      loanCurrency: 'BTC',
      collateralCoin: 'USDT,ETH',
      amount: left.result.list[0]?.totalDebt ?? '',
    });
    assert.equal(converted.retCode, 0, converted.retMsg);
    const rest = await client.getOngoingFlexibleLoans();
    assert.deepEqual(rest.result.list, []);
  });

  it('is told when its secret is wrong', async () => {
    const stranger = new RestClientV5({ key: paper.apiKey, secret: 'wrong', baseUrl: paper.url });
    assert.equal((await stranger.getCryptoLoanPosition()).retCode, 10004);
  });
});
