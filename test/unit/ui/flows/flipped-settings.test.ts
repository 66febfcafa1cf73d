import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { thresholdsOf } from '../../../../src/ui/settings';
import { Escaped } from '../flow/recorded-user';
import { type Bench, bench } from './bench';

/** Below the 63.16 % that the loan of these tests leads to. */
const LOWERED = {
  initial: decimal('0.5'),
  marginCall: decimal('0.6'),
  delayedLiquidation: decimal('0.7'),
  liquidation: decimal('0.75'),
};

/** The LTV lines of the settings change while a loan is being asked for. */
describe('settings that change in the middle of a flow', function () {
  this.timeout(30_000);
  let on: Bench;
  beforeEach(async () => {
    on = await bench({ environment: 'mainnet' });
  });
  afterEach(async () => {
    await on.close();
  });
  const toReview = () => on.user.picks('BTC').types('0.1').ticks('USDT').types('10000');
  const lower = () => {
    on.thresholds = LOWERED;
    on.desk.notify();
  };

  it('hold in the review that was drawn before: what no longer passes is not asked for again', async () => {
    toReview().picks('Borrow 0.1 BTC');
    on.user.onSeen = ({ step }) => {
      if (step === '5/5' && on.thresholds !== LOWERED) lower();
    };
    await assert.rejects(on.run(on.flows.borrow({})), (error: Error) => {
      // The row that confirms is gone, and what stands in the way is in its place.
      return /^No such row.*above 50\.00 %.*Checks before sending \| 1 in the way, above/.test(error.message);
    });
    assert.deepEqual(on.journal(), []);
    assert.deepEqual((await on.ledger()).debts, []);
  });

  it('hold after the last question: what was confirmed before is not sent, and nothing typed is lost', async () => {
    toReview().picks('Borrow 0.1 BTC').confirms().answers('Change and Try Again').escapes();
    on.user.onSeen = ({ kind }) => {
      if (kind === 'confirm') lower();
    };
    await assert.rejects(on.run(on.flows.borrow({})), Escaped);
    on.user.done();
    const [, said, again] = on.user.seen.slice(-3);
    assert.match(said?.title ?? '', /Nothing has changed\./);
    assert.equal(again?.step, '5/5');
    assert.match(again?.rows[0] ?? '', /above 50\.00 %/);
    assert.deepEqual(on.journal(), []);
    assert.deepEqual((await on.ledger()).debts, []);
  });

  for (const stage of ['reading the account once more', 'sending', 'waiting for the record of the exchange'])
    it(`change nothing of what is on its way (${stage})`, async () => {
      toReview().picks('Borrow 0.1 BTC').confirms().answers();
      on.user.onStage = (at) => {
        if (at === stage) lower();
      };
      await on.run(on.flows.borrow({}));
      on.user.done();
      assert.equal(on.thresholds, LOWERED, 'The stage came.');
      assert.match(on.user.last.title, /Done/);
      assert.deepEqual(on.journal(), ['intent', 'sent', 'state', 'verdict']);
      assert.equal((await on.ledger()).debts[0]?.amount, '0.1');
      assert.match(on.reviews()[0] ?? '', /63\.16 %/);
    });

  it('that make no sense leave the published lines', async () => {
    toReview().picks('Borrow 0.1 BTC').confirms().answers();
    on.user.onSeen = ({ step }) => {
      if (step !== '5/5') return;
      on.thresholds = thresholdsOf((key) => (key === 'thresholds.initial' ? 'NaN' : undefined)).value;
      on.desk.notify();
    };
    await on.run(on.flows.borrow({}));
    assert.match(on.user.last.title, /Done/);
  });

  it('are told to a question that is being asked', async () => {
    let told = 0;
    const stop = on.desk.onDidChange(() => {
      told += 1;
    });
    lower();
    stop();
    assert.equal(told, 1);
    assert.equal(on.desk.thresholds, LOWERED);
  });
});
