import assert from 'node:assert/strict';
import type { Credentials } from '../../src/bybit/exchange';
import type { Account } from '../../src/desk/account';
import type { Desk } from '../../src/desk/operation';
import { AccountFiles } from '../../src/ui/accounts/account-files';
import { KeyKeeper } from '../../src/ui/accounts/key-keeper';
import { AccountSecrets } from '../../src/ui/accounts/secrets';
import { Redactor } from '../../src/ui/redactor';
import { SessionManager } from '../../src/ui/session/session-manager';
import { FakeLog } from '../unit/ui/fake-log';
import { FakeSecretStorage } from '../unit/ui/fake-secret-storage';
import { fastFolder, pick, report, scaled, seeded } from './scale';

const WINDOWS = 4;

function accountOf(id: string): Account {
  return { id, label: id, environment: 'testnet', host: 'api-testnet.bybit.com' };
}

function keyOf(n: number): Credentials {
  return { apiKey: `testApiKey${n}`, secret: `testSecretValue${n}0123456789`, type: 'hmac' };
}

/** Storage that takes a while to answer, so that what several windows do lies across each other. */
function slowStorage(random: () => number): FakeSecretStorage {
  const storage = new FakeSecretStorage();
  storage.delay = async () => {
    for (let left = Math.floor(random() * 6); left > 0; left -= 1)
      await new Promise((resolve) => setImmediate(resolve));
  };
  return storage;
}

/** A window of VS Code, with the key that its desk signs with. */
interface Window {
  readonly sessions: SessionManager;
  readonly keeper: KeyKeeper;
  readonly files: AccountFiles;
  readonly secrets: AccountSecrets;
  readonly alive: Set<object>;
  readonly keys: Map<Desk, Credentials>;
}

function windowOn(folder: string, storage: FakeSecretStorage): Window {
  const log = new FakeLog();
  const files = new AccountFiles(folder, () => undefined);
  const secrets = new AccountSecrets(storage, new Redactor());
  const alive = new Set<object>();
  const keys = new Map<Desk, Credentials>();
  const opened = async (credentials?: Credentials) => {
    const desk = {
      open: [],
      onDidChange: () => () => undefined,
      notify: () => undefined,
      watch: () => () => undefined,
    };
    const found = { desk: desk as unknown as Desk, dispose: () => void alive.delete(found) };
    alive.add(found);
    if (credentials !== undefined) keys.set(found.desk, credentials);
    return found;
  };
  const opener = {
    paper: () => opened(),
    live: (_: Account, credentials: Credentials) => opened(credentials),
    visitor: () => opened(),
    unsettled: async () => 0,
  };
  let chosen: string | undefined;
  const choice = {
    get: () => chosen,
    set: (id: string) => {
      chosen = id;
    },
  };
  const sessions = new SessionManager({ files, secrets, opener, log, choice });
  secrets.onDidChange(() => void sessions.follow());
  return {
    sessions,
    files,
    secrets,
    keeper: new KeyKeeper({ files, secrets, log, now: () => 1 }),
    alive,
    keys,
  };
}

describe('windows whose keys change and whose accounts go', function () {
  this.timeout(3_600_000);

  it('show what is there in the end, with the key that is there, and leave none behind', async () => {
    const rounds = scaled(300);
    let acts = 0;
    const wrong: string[] = [];
    for (let seed = 1; seed <= rounds; seed += 1) {
      const random = seeded(seed);
      const folder = fastFolder();
      const storage = slowStorage(random);
      const windows = Array.from({ length: WINDOWS }, () => windowOn(folder.path, storage));
      try {
        await Promise.all(windows.map(({ sessions }) => sessions.start()));
        for (let step = 0; step < 4; step += 1) {
          await Promise.all(windows.map((window) => act(window, random)));
          acts += windows.length;
          // What VS Code and the file system tell of comes late or not at all; in the end there is another hint.
          for (const { sessions } of windows) await sessions.follow();
          wrong.push(
            ...(await differences(folder.path, storage, windows)).map((one) => `${seed}.${step} ${one}`),
          );
        }
      } finally {
        for (const { sessions } of windows) sessions.dispose();
        folder.remove();
      }
      for (const { alive } of windows) assert.equal(alive.size, 0, 'Every desk is disposed in the end.');
    }
    report(
      11,
      `${acts} times ${WINDOWS} windows changed accounts and keys at once`,
      `${wrong.length} not agreed`,
    );
    assert.deepEqual(wrong.slice(0, 8), []);
  });
});

/** Something that a person does in one of the windows, with what the list held when they began. */
async function act({ sessions, keeper, files }: Window, random: () => number): Promise<void> {
  const id = `a-${Math.floor(random() * 1e9)}`;
  const key = keyOf(Math.floor(random() * 1e9));
  const list = await files.list();
  const what = pick(random, ['add', 'replace', 'replace', 'remove', 'reopen', 'follow'] as const);
  if (list.length === 0 || what === 'add') {
    if ((await keeper.add(accountOf(id), key)) === undefined) await sessions.open(accountOf(id));
    return;
  }
  const account = pick(random, list);
  if (what === 'replace') await keeper.replace(account, key);
  if (what === 'remove') {
    await sessions.without(account.id, async () => {
      await keeper.remove(account);
    });
  }
  if (what === 'reopen') await sessions.reopen();
  await sessions.follow();
}

/** What the windows, the list and the secrets do not agree in. */
async function differences(
  folder: string,
  storage: FakeSecretStorage,
  windows: readonly Window[],
): Promise<readonly string[]> {
  const found: string[] = [];
  const list = await new AccountFiles(folder, () => undefined).list();
  if (storage.kept.size !== list.length) found.push(`${storage.kept.size} keys for ${list.length} accounts`);
  for (const { sessions, secrets, keys } of windows) {
    const { current } = sessions;
    if (current.kind === 'loading') found.push('a window is loading');
    else if (current.kind === 'none') {
      if (list.length > 0) found.push('a window shows none');
    } else {
      const kept = await secrets.read(current.account);
      if (!list.some(({ id }) => id === current.account.id))
        found.push('a window shows an account that is gone');
      else if (current.kind === 'locked') found.push(`locked: ${current.reason.text}`);
      else if (kept.kind !== 'found' || keys.get(current.desk)?.apiKey !== kept.credentials.apiKey)
        found.push('a window signs with a key that is not the one that is kept');
    }
  }
  return found;
}
