import assert from 'node:assert/strict';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

describe('the flow that repays with collateral', function () {
  this.timeout(30_000);
  let on: Bench;
  beforeEach(async () => {
    on = await bench();
  });
  afterEach(async () => {
    await on.close();
  });

  it('sells pledged coins, warns of the fee, and tells what the sale may repay', async () => {
    await on.owe('BTC', '0.1', { USDT: '6000', ETH: '2' });
    on.user.ticks().ticks('USDT').types('0.05').picks('Repay 0.05 BTC by selling USDT').answers();
    await on.run(on.flows.repayWithCollateral({}));
    on.user.done();
    const { debts, pledged } = await on.ledger();
    assert.equal(debts[0]?.amount, '0.05');
    assert.equal(pledged['ETH'], '2');
    assert.ok(Number(pledged['USDT']) < 3001, pledged['USDT']);
    assert.deepEqual(
      on.user.seen.map(({ step }) => step),
      ['1/3', '2/3', '3/3', ''],
    );
    const [sell, , review] = on.user.seen;
    assert.deepEqual(sell?.remarks.slice(0, 1), ['error: Tick at least one pledged coin to sell']);
    assert.equal(sell?.remarks.at(-1), 'info: They repay up to 0.1 BTC, before the fee');
    assert.ok(
      review?.rows.some((row) => row.startsWith('A fee comes on top')),
      review?.rows.join('\n'),
    );
  });

  it('begins with the coin to sell that it was started with, if that is pledged', async () => {
    await on.owe('BTC', '0.1', { USDT: '6000', ETH: '2' });
    on.user.accepts().accepts().picks('Repay 0.01 BTC by selling ETH').answers();
    await on.run(on.flows.repayWithCollateral({ coin: 'BTC', amount: '0.01', sold: 'ETH' }));
    on.user.done();
    const { pledged } = await on.ledger();
    assert.equal(pledged['USDT'], '6000');
    assert.ok(Number(pledged['ETH']) < 2, pledged['ETH']);
    on.user.ticks().escapes();
    await assert.rejects(on.run(on.flows.repayWithCollateral({ coin: 'BTC', sold: 'DOGE' })), Escaped);
    assert.equal(on.user.last.remarks[0], 'error: Tick at least one pledged coin to sell');
  });

  it('keeps under the limit of the exchange for one sale', async () => {
    await on.door.control.price('BTC', '6000000');
    await on.owe('BTC', '0.001', { USDT: '40000' });
    await on.door.control.price('BTC', '400000000');
    await on.run(on.desk.refresh());
    on.user.ticks('USDT').types('0.001').escapes();
    await assert.rejects(on.run(on.flows.repayWithCollateral({})), Escaped);
    assert.match(
      on.user.last.remarks[0] ?? '',
      /^Less than 300,000\.00 USD at a time: about [\d.]+ BTC.*\(148047\)/,
    );
  });

  it('goes back from the amount to the coins and keeps both', async () => {
    await on.owe('BTC', '0.1', { USDT: '6000', ETH: '2' });
    on.user.ticks('USDT').types('0.05').backs().backs().accepts().accepts().escapes();
    await assert.rejects(on.run(on.flows.repayWithCollateral({})), Escaped);
    on.user.done();
    assert.equal(on.user.last.step, '3/3');
    assert.equal((await on.ledger()).debts[0]?.amount, '0.1');
  });

  it('says what is missing', async () => {
    on.user.answers();
    await on.run(on.flows.repayWithCollateral({}));
    assert.match(on.user.last.title, /^There is nothing to repay/);
  });
});
