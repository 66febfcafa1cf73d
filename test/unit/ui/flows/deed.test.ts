import assert from 'node:assert/strict';
import { plain, words } from '../../../../src/bybit/words';
import { Escaped } from '../flow/recorded-user';
import { type Bench, type BenchOptions, bench } from './bench';

const BORROW = '/v5/crypto-loan-flexible/borrow';

describe('a deed', function () {
  this.timeout(30_000);
  let on: Bench;
  const begin = async (options: BenchOptions = {}) => {
    on = await bench(options);
  };
  afterEach(async () => {
    await on.close();
  });
  /** Answers everything up to the review. */
  const toReview = () => on.user.picks('BTC').types('0.1').ticks('USDT').types('10000');

  describe('on a live account', () => {
    for (const [environment, told] of [
      ['mainnet', 'Environment: Mainnet, real money'],
      ['testnet', 'Environment: Testnet, no real money'],
      ['loopback', 'Environment: Loopback, an exchange on this machine'],
    ] as const) {
      it(`asks once more in a modal that names everything (${environment})`, async () => {
        await begin({ environment });
        toReview().picks('Borrow 0.1 BTC').confirms().answers();
        await on.run(on.flows.borrow({}));
        on.user.done();
        const modal = on.user.seen.find(({ kind }) => kind === 'confirm');
        assert.equal(modal?.title, 'Borrow 0.1 BTC against 10,000 USDT');
        assert.deepEqual(modal?.rows.slice(0, 2), ['Account: Main', told]);
        assert.match(modal?.rows[2] ?? '', /^Rate of BTC a year · [\d.]+ % · floats from hour to hour$/);
        assert.ok(modal?.rows.includes('LTV · none → 63.16 %'), modal?.rows.join('\n'));
        assert.ok(modal?.rows.includes('BTC owed · 0 BTC → 0.1 BTC'));
        // The notes too: the last question tells no less than the review.
        assert.ok(modal?.rows.includes('Liquidation (95 %) · 31.84 percentage points away'));
        assert.equal(modal?.rows.at(-1), 'Borrow 0.1 BTC');
        assert.equal((await on.ledger()).debts[0]?.amount, '0.1');
      });
    }

    it('goes back to the review when the modal is declined, and sends nothing', async () => {
      await begin({ environment: 'mainnet' });
      toReview().picks('Borrow 0.1 BTC').declines().escapes();
      await assert.rejects(on.run(on.flows.borrow({})), Escaped);
      on.user.done();
      assert.deepEqual(
        on.user.seen.slice(-3).map(({ kind }) => kind),
        ['pick', 'confirm', 'pick'],
      );
      assert.deepEqual(on.journal(), []);
      assert.deepEqual((await on.ledger()).debts, []);
    });
  });

  describe('before its first step', () => {
    it('needs an account, and goes on with the one that was made', async () => {
      await begin();
      const { session } = on;
      on.session = { kind: 'none', desk: on.desk };
      on.onRun = () => {
        on.session = session;
      };
      on.user.answers('Try the Paper Account').escapes();
      await assert.rejects(on.run(on.flows.borrow({})), Escaped);
      assert.equal(
        on.user.seen[0]?.title,
        'An account is needed for this. The paper account needs no key and no money.',
      );
      assert.deepEqual(on.user.seen[0]?.rows, ['Try the Paper Account', 'Add an API Key']);
      assert.deepEqual(on.ran, ['tryPaper']);
      assert.equal(on.user.last.placeholder, 'Which coin to borrow?');
    });

    it('says why an account is locked', async () => {
      await begin();
      const { session } = on;
      if (session.kind !== 'account') assert.fail();
      on.session = { ...session, kind: 'locked', reason: words('The key is gone.'), unsettled: 0 };
      on.user.answers();
      await on.run(on.flows.repay({}));
      assert.equal(on.user.last.title, 'The key is gone.');
      assert.deepEqual(on.user.last.rows, ['Enter the Key Again', 'Switch Account']);
    });

    it('says that a key may only read', async () => {
      await begin({ readOnly: true });
      on.user.answers();
      await on.run(on.flows.borrow({}));
      on.user.done();
      assert.match(
        on.user.last.title,
        /^The API key of Main may only read: nothing can be sent with it\. It needs/,
      );
      assert.deepEqual(on.user.last.rows, ['Switch Account', 'Add an API Key']);
    });

    it('says what could not be read, and tries again', async () => {
      await begin();
      on.door.control.fault('/v5/crypto-loan-common/position', 'http-500', 3);
      on.user.answers('Try Again').escapes();
      await assert.rejects(on.run(on.flows.borrow({})), Escaped);
      assert.match(on.user.seen[0]?.title ?? '', /^The account could not be read.*\(HTTP 500\)/);
      assert.equal(on.user.last.placeholder, 'Which coin to borrow?');
      assert.deepEqual(on.ran, ['refresh']);
    });

    it('waits for an operation that has no end', async () => {
      await begin();
      await unknownBorrow();
      on.user.answers('Show Journal');
      await on.run(on.flows.repay({}));
      on.user.done();
      assert.match(
        on.user.last.title,
        /^An operation of this account has no end yet.*Borrow 0\.1 BTC against 10,000 USDT$/,
      );
      assert.deepEqual(on.user.last.rows.slice(0, 1), ['Look Again']);
    });
  });

  it('says in its review when the figures were read that stand there now', async () => {
    await begin();
    toReview().escapes();
    const told: string[] = [];
    const pick = on.user.pick.bind(on.user);
    on.user.pick = async (question, frame) => {
      const tell = () => {
        const { placeholder } = question;
        if (frame.step === 5 && typeof placeholder === 'function') told.push(plain(placeholder()));
      };
      tell();
      await on.clock.pass(20_000);
      await on.desk.refresh();
      tell();
      return await pick(question, frame);
    };
    await assert.rejects(on.run(on.flows.borrow({})), Escaped);
    assert.equal(told.length, 2);
    assert.match(told[0] ?? '', /as read at 10:2\d:\d\d UTC/);
    assert.notEqual(told[0], told[1]);
  });

  describe('that is refused', () => {
    it('says what happened in the words of the code, and opens again with everything typed', async () => {
      await begin();
      on.door.control.fault(BORROW, 'retcode:148020', 1);
      toReview().picks('Borrow 0.1 BTC').answers('Change and Try Again');
      on.user.picks('Borrow 0.1 BTC').answers();
      await on.run(on.flows.borrow({}));
      on.user.done();
      const [said, again] = on.user.seen.slice(5);
      assert.match(
        said?.title ?? '',
        /Nothing has changed\. The platform's lending limit for this coin is reached \(148020\)\. Try again later\.$/,
      );
      assert.equal(again?.step, '5/5');
      assert.match(again?.notice ?? '', /lending limit/);
      assert.equal((await on.ledger()).debts[0]?.amount, '0.1');
    });

    for (const code of [148009, 148011, 148012, 148048, 10005, 10003]) {
      it(`ends with words and code (${code})`, async () => {
        await begin();
        on.door.control.fault(BORROW, `retcode:${code}`, 1);
        toReview().picks('Borrow 0.1 BTC').answers();
        await on.run(on.flows.borrow({}));
        assert.match(on.user.last.title, new RegExp(`Nothing has changed\\. .+\\(${code}\\)`));
        assert.deepEqual((await on.ledger()).debts, []);
        assert.equal(on.journal().at(-1), 'verdict');
      });
    }

    it('sends nothing when the window has switched to another account', async () => {
      await begin();
      toReview().picks('Borrow 0.1 BTC').answers();
      on.user.onSeen = ({ step }) => {
        if (step === '5/5') on.session = { kind: 'none', desk: on.desk };
      };
      await on.run(on.flows.borrow({}));
      assert.match(on.user.last.title, /The account was switched meanwhile, so nothing was sent\./);
      assert.deepEqual(on.journal(), []);
    });
  });

  /** Borrows with the answer lost and the history silent. */
  async function unknownBorrow(): Promise<void> {
    await on.door.control.habits({ historyLagMs: 600_000 });
    on.door.control.fault(BORROW, 'timeout-after', 1);
    toReview().picks('Borrow 0.1 BTC').answers();
    await on.run(on.flows.borrow({}));
  }

  describe('whose end is not known', () => {
    it('says so, and offers to look again', async () => {
      await begin();
      await unknownBorrow();
      assert.match(on.user.last.title, /Nobody can tell yet|The account has changed/);
      assert.ok(on.user.last.rows.includes('Look Again'), on.user.last.rows.join());
      assert.equal((await on.ledger()).debts[0]?.amount, '0.1');
    });

    it('tells the end once it is found', async () => {
      await begin();
      await unknownBorrow();
      await on.door.control.habits({ historyLagMs: 0 });
      on.user.answers();
      await on.run(on.flows.lookAgain({}));
      on.user.done();
      assert.match(on.user.last.title, /^Borrow 0\.1 BTC against 10,000 USDT Done/);
      on.user.answers();
      await on.run(on.flows.lookAgain({}));
      assert.match(on.user.last.title, /^Nothing is open/);
    });

    it('is ended by hand after a modal that explains', async () => {
      await begin();
      await unknownBorrow();
      on.user.picks('It happened').declines();
      await on.run(on.flows.resolveByHand({}));
      assert.equal(on.desk.open.length, 1);
      on.user.picks('It happened').confirms().answers();
      await on.run(on.flows.resolveByHand({}));
      on.user.done();
      assert.equal(on.desk.open.length, 0);
      const modal = on.user.seen.findLast(({ kind }) => kind === 'confirm');
      assert.ok(modal?.rows.includes('If the answer is wrong, asking for it again could do it twice.'));
      assert.match(on.user.last.title, /You said that it happened\.$/);
      assert.equal(on.journal().at(-1), 'verdict');
    });
  });
});
