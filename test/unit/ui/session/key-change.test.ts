import assert from 'node:assert/strict';
import type { Credentials } from '../../../../src/bybit/exchange';
import type { Account } from '../../../../src/desk/account';
import { Journal } from '../../../../src/desk/journal/journal';
import type { Desk } from '../../../../src/desk/operation';
import { AccountFiles } from '../../../../src/ui/accounts/account-files';
import { AccountSecrets } from '../../../../src/ui/accounts/secrets';
import { Redactor } from '../../../../src/ui/redactor';
import type { Opened } from '../../../../src/ui/session/opener';
import { SessionManager } from '../../../../src/ui/session/session-manager';
import { ACCOUNT, type Bench, bench, SAMPLES } from '../../desk/bench';
import { PLAIN } from '../../desk/fake-exchange';
import { FakeLog } from '../fake-log';
import { FakeSecretStorage } from '../fake-secret-storage';

const KEY: Credentials = { apiKey: 'testApiKey001', secret: 'testSecretValue0123456789', type: 'hmac' };

describe('a key that is changed in the middle of an operation', () => {
  let table: Bench;
  let secrets: AccountSecrets;
  let storage: FakeSecretStorage;
  let sessions: SessionManager;
  const disposed: Desk[] = [];

  beforeEach(async () => {
    table = bench();
    disposed.length = 0;
    const files = new AccountFiles(table.folder, () => undefined);
    storage = new FakeSecretStorage();
    secrets = new AccountSecrets(storage, new Redactor());
    await files.put(ACCOUNT, 1);
    await secrets.store(ACCOUNT, KEY);
    const live = async (_: Account, __: Credentials, isKept: () => Promise<boolean>): Promise<Opened> => {
      const desk = await table.open({ isKept });
      const dispose = () => {
        disposed.push(desk);
        desk.dispose();
      };
      return { desk, dispose };
    };
    const none = () => assert.fail('not opened');
    sessions = new SessionManager({
      files,
      secrets,
      opener: {
        live,
        paper: none,
        visitor: async () => ({ desk: await table.open({ account: undefined }), dispose: () => undefined }),
        unsettled: async ({ id }) => (await Journal.open(table.folder, id)).unsettled,
      },
      log: new FakeLog(),
      choice: { get: () => undefined, set: () => undefined },
    });
    await sessions.start();
  });
  afterEach(async () => {
    sessions.dispose();
    await table.close();
  });

  function shown(): Desk {
    const { current } = sessions;
    assert.ok(current.kind === 'account');
    return current.desk;
  }

  async function changeKey(): Promise<void> {
    await secrets.store(ACCOUNT, { ...KEY, apiKey: 'testApiKey002' });
    await sessions.follow();
  }

  async function end(): Promise<string | undefined> {
    const last = (await Journal.open(table.folder, ACCOUNT.id)).entries().at(-1);
    return last?.type === 'verdict' ? last.state : undefined;
  }

  it('before its answer came cuts nothing off: the answer is taken, and nothing is sent again', async () => {
    const first = shown();
    const running = first.execute(SAMPLES['flexible.repay']);
    while (table.exchange.sends === 0) await table.clock.pass(5);
    await changeKey();
    assert.notEqual(shown(), first);
    assert.ok(['done', 'processing'].includes((await table.clock.run(running)).state));
    await table.clock.pass(60_000);
    assert.deepEqual(disposed, [first]);
    assert.deepEqual(shown().open, []);
    assert.equal(await end(), 'done');
    assert.equal(table.exchange.sends, 1);
  });

  it('before it left sends nothing, though the window has not heard of it yet', async () => {
    const running = shown().execute(SAMPLES['flexible.repay'], {
      onStage: (stage) => {
        if (stage === 'sending') storage.kept.clear();
      },
    });
    const told = await table.clock.run(running);
    assert.equal(told.state, 'refused');
    assert.match(told.words.text, /^The key of this account was removed or replaced meanwhile/);
    assert.equal(table.exchange.sends, 0);
    assert.equal(await end(), 'refused');
    // Nor is anything asked with it for an operation that comes now.
    const again = await table.clock.run(shown().execute(SAMPLES['flexible.repay']));
    assert.equal(again.words.text, told.words.text);
    assert.equal((await Journal.open(table.folder, ACCOUNT.id)).unsettled, 0);
  });

  it('when it was removed, tells how many have no end, and that nobody looks for it here', async () => {
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 20_000 };
    const running = shown().execute(SAMPLES['flexible.repay']);
    while (table.exchange.sends === 0) await table.clock.pass(5);
    await secrets.remove(ACCOUNT.id);
    await sessions.follow();
    const unsettled = () => sessions.current.kind === 'locked' && sessions.current.unsettled;
    assert.equal(unsettled(), 1);
    const told = await table.clock.run(running);
    assert.equal(told.state, 'unknown');
    assert.match(told.advice?.text ?? '', /^The account was closed here before that was known/);
    await table.clock.pass(60_000);
    assert.equal(unsettled(), 1);
    await secrets.store(ACCOUNT, KEY);
    await sessions.follow();
    await table.clock.pass(60_000);
    assert.equal(await end(), 'done');
    assert.equal(table.exchange.sends, 1);
  });

  it('and locks the account counts anew when what was being sent has its end', async () => {
    const running = shown().execute(SAMPLES['institutional.bind']);
    while (table.exchange.sends === 0) await table.clock.pass(5);
    await secrets.remove(ACCOUNT.id);
    await sessions.follow();
    const unsettled = () => sessions.current.kind === 'locked' && sessions.current.unsettled;
    assert.equal(unsettled(), 1);
    const other = await table.open();
    await table.clock.run(running);
    await table.clock.pass(60_000);
    assert.deepEqual(other.open, []);
    await sessions.follow();
    assert.equal(unsettled(), 0);
  });

  it('leaves nothing of the account open where another window is at it', async () => {
    const first = shown();
    const other = await table.open();
    const running = other.execute(SAMPLES['flexible.repay'], {
      onStage: (stage) => {
        if (stage === 'sending') void first.refresh(['key']);
      },
    });
    while (first.open.length === 0) await table.clock.pass(1);
    assert.equal(first.open[0]?.state, 'sending');
    await secrets.remove(ACCOUNT.id);
    await sessions.follow();
    assert.deepEqual(disposed, [first]);
    assert.equal((await table.clock.run(running)).state, 'done');
  });

  it('when its answer was lost leaves it to the desk with the new key', async () => {
    const first = shown();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 20_000 };
    const running = first.execute(SAMPLES['flexible.repay']);
    while (table.exchange.sends === 0) await table.clock.pass(5);
    await changeKey();
    const told = await table.clock.run(running);
    assert.equal(told.state, 'unknown');
    assert.deepEqual(disposed, [first]);
    const refused = await table.clock.run(shown().execute(SAMPLES['flexible.repay']));
    assert.equal(refused.state, 'refused');
    await table.clock.pass(60_000);
    assert.deepEqual(shown().open, []);
    assert.equal(await end(), 'done');
    assert.equal(table.exchange.sends, 1);
  });
});
