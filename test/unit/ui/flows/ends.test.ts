import assert from 'node:assert/strict';
import { createDesk } from '../../../../src/desk/desk';
import type { Desk } from '../../../../src/desk/operation';
import { Ends } from '../../../../src/ui/flows/ends';
import type { Session } from '../../../../src/ui/session';
import { ACCOUNT, type Bench, bench, SAMPLES } from '../../desk/bench';
import { PLAIN } from '../../desk/fake-exchange';
import { RecordedUser } from '../flow/recorded-user';

describe('the end of an operation whose flow waits no more', () => {
  let table: Bench;
  let user: RecordedUser;
  let ends: Ends;
  let session: Session;

  beforeEach(() => {
    table = bench();
    user = new RecordedUser();
    ends = new Ends();
  });
  afterEach(() => table.close());

  const show = (desk: Desk, account = ACCOUNT) => {
    session = { kind: 'account', account, desk };
    ends.moved(session);
  };
  const hostOf = (desk: Desk) => ({
    asker: user,
    run: async () => undefined,
    account: ACCOUNT,
    desk,
    sessions: {
      get current() {
        return session;
      },
      ready: async () => assert.fail('nobody waits'),
    },
  });

  /** Sends something whose answer is lost and whose record comes late; nobody waits for it. */
  async function lost(desk: Desk): Promise<void> {
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 20_000 };
    const leave = new AbortController();
    const running = desk.execute(SAMPLES['flexible.repay'], { signal: leave.signal });
    await table.clock.pass(2_000);
    leave.abort();
    assert.equal((await table.clock.run(running)).state, 'unknown');
  }

  it('is told once it is known', async () => {
    const desk = await table.open();
    show(desk);
    await lost(desk);
    ends.follow(hostOf(desk));
    ends.follow(hostOf(desk));
    user.answers();
    await table.clock.pass(60_000);
    user.done();
    assert.match(user.last.title, /Done: it stands in the history/);
    assert.equal(user.seen.length, 1);
  });

  for (const when of ['before', 'after'] as const) {
    it(`is told by the desk that took the place of the first ${when} the flow ended`, async () => {
      const first = await table.open();
      show(first);
      await lost(first);
      if (when === 'after') ends.follow(hostOf(first));
      const second = await table.open();
      show(second);
      first.dispose();
      if (when === 'before') ends.follow(hostOf(first));
      user.answers();
      await table.clock.pass(60_000);
      user.done();
      assert.match(user.last.title, /Done: it stands in the history/);
      assert.equal(user.seen.length, 1);
    });
  }

  it('is not looked for on the desk of another account', async () => {
    const first = await table.open();
    show(first);
    await lost(first);
    ends.follow(hostOf(first));
    const other = await createDesk({
      account: { ...ACCOUNT, id: 'acc-2' },
      exchange: table.exchange,
      folder: table.folder,
      thresholds: () => assert.fail('not asked'),
      intervalMs: () => 15_000,
      log: () => undefined,
      clock: table.clock,
    });
    show(other, { ...ACCOUNT, id: 'acc-2' });
    user.answers();
    await table.clock.pass(60_000);
    user.done();
    other.dispose();
  });
});
