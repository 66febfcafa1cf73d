import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { runDeed } from '../../../../src/ui/flows/deed';
import { repay } from '../../../../src/ui/flows/repay';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

const d = decimal;

describe('the repay flow', function () {
  this.timeout(30_000);
  let on: Bench;
  beforeEach(async () => {
    on = await bench();
  });
  afterEach(async () => {
    await on.close();
  });
  const debts = async () => (await on.ledger()).debts.map(({ coin, amount }) => `${amount} ${coin}`);

  it('says that there is nothing to repay', async () => {
    on.user.answers();
    await on.run(runDeed(repay, on.options, {}));
    on.user.done();
    assert.equal(on.user.last.title, 'There is nothing to repay: no flexible loan runs on this account.');
  });

  it('repays half, then all, and explains what may be left', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    on.user.picks('Half').picks('Repay 0.05 BTC').answers();
    await on.run(runDeed(repay, on.options, {}));
    assert.deepEqual(await debts(), ['0.05 BTC']);
    assert.deepEqual(
      on.user.seen.map(({ step }) => step),
      ['1/2', '2/2', ''],
    );
    assert.match(on.user.seen[0]?.placeholder ?? '', /^0\.1 BTC owed\./);
    assert.match(on.user.seen[0]?.rows[0] ?? '', /^All of it \| 0\.1 BTC · 6,000\.00 USD · no loan left$/);
    on.user.picks('All of it').picks('Repay 0.05 BTC').answers();
    await on.run(runDeed(repay, on.options, {}));
    on.user.done();
    assert.deepEqual(await debts(), []);
    const review = on.user.seen.at(-2)?.rows ?? [];
    assert.ok(
      review.some((row) =>
        row.startsWith('Interest posted before the repayment arrives stays as a small rest'),
      ),
    );
    assert.ok(
      review.some((row) => row.startsWith('With the last debt gone the exchange may return the collateral')),
    );
    assert.ok(review.includes('BTC owed | 0.05 BTC → 0 BTC'), review.join('\n'));
  });

  it('repays with interest posted to the last digit', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    await on.door.control.advance(3);
    await on.run(on.desk.refresh());
    on.user.types('max').picks('Repay').answers();
    await on.run(runDeed(repay, on.options, {}));
    on.user.done();
    assert.deepEqual(await debts(), []);
    assert.match(on.user.seen[0]?.remarks[0] ?? '', /^0\.100000\d+ BTC \| /);
  });

  it('asks which debt only when there are several, and begins behind the one it was started from', async () => {
    await on.owe('BTC', '0.1', { USDT: '20000' });
    await on.owe('ETH', '1', {});
    on.user.backs().accepts().types('50 %').picks('Repay 0.5 ETH').answers();
    await on.run(on.flows.repay({ coin: 'ETH' }));
    on.user.done();
    assert.deepEqual((await debts()).sort(), ['0.1 BTC', '0.5 ETH']);
    assert.match(
      on.user.seen[1]?.rows[0] ?? '',
      /^BTC \| 0\.1 BTC owed · 6,000\.00 USD · .* a year · wallet 0\.6 BTC$/,
    );
  });

  it('says what would pass, and proposes amounts for usual LTVs', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    on.user.types('0.2').types('-1').types('120%').escapes();
    await assert.rejects(on.run(runDeed(repay, on.options, {})), Escaped);
    on.user.done();
    assert.deepEqual(on.user.last.remarks, [
      'The debt is 0.1 BTC (148038).',
      'The amount must be more than 0.',
      'At most 100 %.',
    ]);
    assert.ok(
      on.user.last.rows.some((row) =>
        /^To an LTV of 50 % \| 0\.0208\d* BTC .*LTV 63\.16 % → (50\.00|49\.99) %/.test(row),
      ),
      on.user.last.rows.join('\n'),
    );
  });

  it('names the way on when the wallet holds nothing of the coin', async () => {
    await on.owe('LINK', '10', { USDT: '10000' });
    await on.sent({
      kind: 'common.adjustCollateral',
      params: { coin: 'LINK', amount: d('10'), direction: 'add' },
    });
    on.user.types('max').types('1').escapes();
    await assert.rejects(on.run(runDeed(repay, on.options, {})), Escaped);
    on.user.done();
    assert.deepEqual(on.user.last.rows, [
      'The Funding wallet holds no LINK: move some there, or repay with collateral.',
    ]);
    assert.deepEqual(on.user.last.remarks, [
      'There is nothing to take a share of.',
      'The Funding wallet holds 0 LINK (148029).',
    ]);
  });

  it('sends nothing when the person escapes, whatever the step', async () => {
    await on.owe('BTC', '0.1', { USDT: '10000' });
    const before = on.journal();
    on.user.escapes();
    await assert.rejects(on.run(runDeed(repay, on.options, {})), Escaped);
    on.user.picks('Half').escapes();
    await assert.rejects(on.run(runDeed(repay, on.options, {})), Escaped);
    on.user.picks('Half').backs().accepts().escapes();
    await assert.rejects(on.run(runDeed(repay, on.options, {})), Escaped);
    on.user.done();
    assert.deepEqual(on.journal(), before);
    assert.deepEqual(await debts(), ['0.1 BTC']);
  });
});
