import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { type PaperProcess, startPaper } from './paper-process';

interface Answer {
  readonly retCode: string | number;
  readonly result: Record<string, unknown>;
}
/** ccxt makes its raw calls at run time; its types do not list those of the new loans. */
type RawCall = (params?: Record<string, unknown>) => Promise<Answer>;

/** Another client, with its own signing and no sign type header, against the paper exchange over HTTP. */
describe('ccxt on the paper exchange', function () {
  this.timeout(30_000);
  let paper: PaperProcess;
  let raw: (name: string) => RawCall;

  before(async () => {
    paper = await startPaper('--control', '--seed', '12');
    const client = new ccxt.bybit({
      apiKey: paper.apiKey,
      secret: paper.apiSecret,
      enableRateLimit: false,
      urls: { api: { public: paper.url, private: paper.url } },
    });
    raw = (name) => {
      const calls = client as unknown as Record<string, RawCall>;
      const call = calls[name];
      assert.ok(call, `ccxt has no ${name}`);
      return call.bind(client);
    };
  });
  after(() => paper.stop());

  it('borrows, reads and repays', async () => {
    const coins = await raw('publicGetV5CryptoLoanCommonLoanableData')({ currency: 'SOL' });
    assert.equal(Number(coins.retCode), 0);

    const borrowed = await raw('privatePostV5CryptoLoanFlexibleBorrow')({
      loanCurrency: 'SOL',
      loanAmount: '5',
      collateralList: [{ currency: 'USDT', amount: '3000' }],
    });
    const history = await raw('privateGetV5CryptoLoanFlexibleBorrowHistory')({
      limit: '2',
      loanCurrency: 'SOL',
    });
    const rows = history.result['list'] as { orderId: string }[];
    assert.equal(rows[0]?.orderId, borrowed.result['orderId']);

    await raw('privatePostV5CryptoLoanCommonAdjustLtv')({ currency: 'USDT', amount: '500', direction: '0' });
    const position = await raw('privateGetV5CryptoLoanCommonPosition')();
    const collateral = position.result['collateralList'] as { amount: string }[];
    assert.equal(collateral[0]?.amount, '3500');

    const [debt] = (await raw('privateGetV5CryptoLoanFlexibleOngoingCoin')()).result['list'] as {
      totalDebt: string;
    }[];
    await raw('privatePostV5CryptoLoanFlexibleRepay')({ loanCurrency: 'SOL', amount: debt?.totalDebt });
    const loans = await raw('privateGetV5CryptoLoanFlexibleOngoingCoin')();
    assert.deepEqual(loans.result['list'], []);
    const balances = await raw('privateGetV5AssetTransferQueryAccountCoinsBalance')({
      accountType: 'FUND',
      coin: 'USDT,SOL',
    });
    const wallet = balances.result['balance'] as { coin: string; walletBalance: string }[];
    assert.equal(wallet.find(({ coin }) => coin === 'USDT')?.walletBalance, '50000');
  });

  it('raises the refusals', async () => {
    await assert.rejects(
      raw('privatePostV5CryptoLoanFlexibleRepayCollateral')({
        loanCurrency: 'NOSUCHCOIN',
        amount: '1',
        collateralCoin: 'USDT',
      }),
      /148014/,
    );
  });
});
