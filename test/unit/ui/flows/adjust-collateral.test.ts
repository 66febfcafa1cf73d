import assert from 'node:assert/strict';
import { adjustCollateral } from '../../../../src/ui/flows/adjust-collateral';
import { runDeed } from '../../../../src/ui/flows/deed';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

describe('the flow that adjusts collateral', function () {
  this.timeout(30_000);
  let on: Bench;
  beforeEach(async () => {
    on = await bench();
  });
  afterEach(async () => {
    await on.close();
  });
  const pledged = async () => (await on.ledger()).pledged;

  it('says that there is nothing to adjust without a loan', async () => {
    on.user.answers();
    await on.run(runDeed(adjustCollateral, on.options, {}));
    assert.match(on.user.last.title, /^Without a loan there is no collateral to adjust/);
  });

  it('pledges more, with the LTV shown while typing', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    on.user.picks('Add').picks('ETH').types('1').picks('Add 1 ETH').answers();
    await on.run(runDeed(adjustCollateral, on.options, {}));
    on.user.done();
    assert.deepEqual(await pledged(), { USDT: '10000', ETH: '1' });
    assert.match(on.user.seen[2]?.remarks[0] ?? '', /^1 ETH \| 2,500\.00 USD · LTV 63\.16 % → 50\.53 %$/);
    assert.deepEqual(
      on.user.seen.map(({ step }) => step),
      ['1/4', '2/4', '3/4', '4/4', ''],
    );
  });

  it('takes back up to the initial line first, and warns of more', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    on.user.types('5000').picks('Up to the initial line').picks('Take').answers();
    await on.run(on.flows.adjustCollateral({ coin: 'USDT', direction: 'reduce' }));
    on.user.done();
    const amounts = on.user.seen[0];
    assert.deepEqual(
      amounts?.rows.at(-2),
      'Up to the initial line (80 %) | 2,105.26315789 USDT · 2,105.26 USD · LTV 63.16 % → 80.00 %',
    );
    assert.match(
      amounts?.rows.at(-1) ?? '',
      /^Maximum, up to the margin call \(85 %\) \| 2,569\.65\d* USDT .* → 85\.00 %$/,
    );
    assert.match(
      amounts?.remarks[0] ?? '',
      /^The LTV would pass 85\.00 %: at most 2,569\.65\d* USDT \(148037\)\./,
    );
    assert.deepEqual(await pledged(), { USDT: '7894.73684211' });
  });

  it('keeps the coin when the direction changes and it can go that way, and drops the amount', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    on.user.picks('Release').picks('USDT').types('100').backs().backs().backs();
    on.user.picks('Add').accepts().types('100').escapes();
    await assert.rejects(on.run(runDeed(adjustCollateral, on.options, {})), Escaped);
    on.user.done();
    assert.equal(on.user.seen.at(-2)?.text, '');
    assert.equal(on.user.last.step, '4/4');
    assert.match(on.user.last.rows[0] ?? '', /^Add 100 USDT to the collateral/);
  });

  it('offers only the way that is open', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    on.user.escapes();
    await assert.rejects(on.run(runDeed(adjustCollateral, on.options, {})), Escaped);
    assert.equal(on.user.last.rows.length, 2);
    assert.deepEqual(await pledged(), { USDT: '10000' });
  });
});
