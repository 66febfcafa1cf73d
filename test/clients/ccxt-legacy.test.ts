import assert from 'node:assert/strict';
import ccxt from 'ccxt';
import { type PaperProcess, startPaper } from './paper-process';

interface Answer {
  readonly retCode: string | number;
  readonly result: Record<string, unknown>;
}
type RawCall = (params?: Record<string, unknown>) => Promise<Answer>;
type Row = Readonly<Record<string, unknown>>;

/** Another client repays legacy and institutional loans. */
describe('ccxt with old loans on the paper exchange', function () {
  this.timeout(60_000);
  let paper: PaperProcess;
  let raw: (name: string) => RawCall;
  /** How far the clock was steered ahead; ccxt takes it as its time difference. */
  let ahead = 0;

  before(async () => {
    paper = await startPaper('--control', '--seed', '32');
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
      client.options['timeDifference'] = -ahead;
      return call.bind(client);
    };
  });
  after(() => paper.stop());

  const rows = (answer: Answer, name: string): readonly Row[] => answer.result[name] as readonly Row[];

  it('repays a legacy loan in part and whole', async () => {
    const [loan] = rows(await raw('privateGetV5CryptoLoanOngoingOrders')({ loanTermType: '2' }), 'list');
    const orderId = String(loan?.['orderId']);
    assert.match(orderId, /^\d{19}$/);
    const partly = await raw('privatePostV5CryptoLoanRepay')({ orderId, amount: '50' });
    assert.match(String(partly.result['repayId']), /^\d{19}$/);
    const [left] = rows(await raw('privateGetV5CryptoLoanOngoingOrders')({ orderId }), 'list');
    assert.equal(left?.['residualInterest'], '0');
    await raw('privatePostV5CryptoLoanRepay')({ orderId, amount: left?.['totalDebt'] });
    const [last] = rows(await raw('privateGetV5CryptoLoanRepaymentHistory')({ orderId }), 'list');
    assert.equal(last?.['collateralReturn'], loan?.['collateralAmount']);
    const [ended] = rows(await raw('privateGetV5CryptoLoanBorrowHistory')({ orderId }), 'list');
    assert.equal(Number(ended?.['status']), 1);
  });

  it('posts an adjustment of legacy collateral, and raises the refusals', async () => {
    const [loan] = rows(await raw('privateGetV5CryptoLoanOngoingOrders')({ loanCurrency: 'BTC' }), 'list');
    const orderId = String(loan?.['orderId']);
    await raw('privatePostV5CryptoLoanAdjustLtv')({ orderId, amount: '0.1', direction: '0' });
    const [row] = rows(await raw('privateGetV5CryptoLoanAdjustmentHistory')({ orderId }), 'list');
    assert.deepEqual([Number(row?.['direction']), row?.['amount']], [0, '0.1']);
    await assert.rejects(raw('privatePostV5CryptoLoanRepay')({ orderId: '1', amount: '1' }), /177005/);
    await assert.rejects(
      raw('privatePostV5CryptoLoanBorrow')({
        loanCurrency: 'USDT',
        loanAmount: '550',
        collateralCurrency: 'BTC',
      }),
      /177008/,
      'ccxt still carries what was withdrawn',
    );
  });

  it('repays an institutional loan and waits for its record', async () => {
    const before = rows(await raw('privateGetV5InsLoanRepaidHistory')(), 'repayInfo').length;
    const answer = await raw('privatePostV5InsLoanRepayLoan')({ token: 'BTC', quantity: '0.5' });
    assert.equal(answer.result['repayOrderStatus'], 'P');
    const busy = await raw('privateGetV5InsLoanLtvConvert')();
    assert.equal(Number(busy.result['liqStatus']), 2);
    const advanced = await paper.control('POST', '/paper/advance', { hours: 3 / 60 });
    ahead = Number(advanced['time']) - Date.now();
    const after = rows(await raw('privateGetV5InsLoanRepaidHistory')(), 'repayInfo');
    assert.equal(after.length, before + 1);
    assert.deepEqual(
      [after[0]?.['token'], after[0]?.['quantity'], after[0]?.['status']],
      ['BTC', '0.5', '1'],
    );
    const [unit] = rows(await raw('privateGetV5InsLoanLtvConvert')(), 'ltvInfo');
    assert.match(String(unit?.['ltv']), /^0\.\d+$/);
  });

  it('knows the products twice, public and private, and the paper exchange answers both', async () => {
    const ids = async (name: string): Promise<readonly unknown[]> =>
      rows(await raw(name)(), 'marginProductInfo').map((row) => row['productId']);
    assert.deepEqual(await ids('publicGetV5InsLoanProductInfos'), ['81', '82', '91']);
    assert.deepEqual(await ids('privateGetV5InsLoanProductInfos'), ['96', '97']);
  });

  it('lacks the delayed liquidation, which is newer than it', () => {
    assert.throws(() => raw('privateGetV5InsLoanDelayLiqStatus'), /ccxt has no/);
  });
});
