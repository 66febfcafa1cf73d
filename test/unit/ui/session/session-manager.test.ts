import assert from 'node:assert/strict';
import type { Credentials } from '../../../../src/bybit/exchange';
import type { Account } from '../../../../src/desk/account';
import type { Desk, OpenOperation } from '../../../../src/desk/operation';
import { AccountFiles } from '../../../../src/ui/accounts/account-files';
import { AccountSecrets } from '../../../../src/ui/accounts/secrets';
import { Redactor } from '../../../../src/ui/redactor';
import type { Session } from '../../../../src/ui/session';
import { tellGone } from '../../../../src/ui/session/gone';
import type { Opened } from '../../../../src/ui/session/opener';
import { SessionManager } from '../../../../src/ui/session/session-manager';
import { temporaryFolder } from '../../desk/bench';
import { FakeLog } from '../fake-log';
import { FakeSecretStorage } from '../fake-secret-storage';
import { RecordedUser } from '../flow/recorded-user';

const MAIN: Account = { id: 'a-main', label: 'Main', environment: 'mainnet', host: 'api.bybit.com' };
const TEST: Account = { id: 'b-test', label: 'Test', environment: 'testnet', host: 'api-testnet.bybit.com' };
const KEY: Credentials = { apiKey: 'testApiKey001', secret: 'testSecretValue0123456789', type: 'hmac' };
const OTHER_KEY: Credentials = { ...KEY, apiKey: 'testApiKey002' };

/** What a session needs of a desk, and what became of it. */
class FakeOpened implements Opened {
  readonly desk: Desk;
  open: readonly Pick<OpenOperation, 'id' | 'state' | 'isOurs'>[] = [];
  watches = 0;
  disposed = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly what: string,
    readonly credentials?: Credentials,
  ) {
    const fake = this;
    this.desk = {
      get open() {
        return fake.open;
      },
      onDidChange: (listener: () => void) => {
        fake.#listeners.add(listener);
        return () => fake.#listeners.delete(listener);
      },
      notify: () => fake.change(),
      watch: () => {
        fake.watches += 1;
        return () => {
          fake.watches -= 1;
        };
      },
    } as unknown as Desk;
  }

  dispose(): void {
    this.disposed = true;
  }

  change(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

class FakeOpener {
  readonly made: FakeOpened[] = [];
  fails = new Set<'paper' | 'live' | 'visitor' | 'any visitor'>();
  /** Operations without an end, whichever account it is; undefined while no journal can be read. */
  journal: number | undefined = 0;
  /** While set, live accounts open only when it does. */
  gate: Promise<void> | undefined;

  async paper(): Promise<Opened> {
    if (this.fails.has('paper')) throw new Error('no folder');
    return this.#make('paper');
  }

  async live(account: Account, credentials: Credentials): Promise<Opened> {
    await this.gate;
    if (this.fails.has('live')) throw new RangeError('no such host');
    return this.#make(account.label, credentials);
  }

  async visitor(account?: Account): Promise<Opened> {
    if (this.fails.has('any visitor') || (this.fails.has('visitor') && account !== undefined))
      throw new RangeError('no such host');
    return this.#make(`visitor of ${account?.host ?? 'nobody'}`);
  }

  async unsettled(): Promise<number> {
    if (this.journal === undefined) throw new Error('the journal cannot be read');
    return this.journal;
  }

  get alive(): readonly string[] {
    return this.made.filter(({ disposed }) => !disposed).map(({ what }) => what);
  }

  get last(): FakeOpened {
    const last = this.made.at(-1);
    assert.ok(last);
    return last;
  }

  #make(what: string, credentials?: Credentials): FakeOpened {
    const opened = new FakeOpened(what, credentials);
    this.made.push(opened);
    return opened;
  }
}

function told(session: Session): string {
  switch (session.kind) {
    case 'loading':
      return 'loading';
    case 'none':
      return session.reason === undefined ? 'none' : `none: ${session.reason.text}`;
    case 'account':
      return session.account.label;
    case 'locked':
      return `${session.account.label} locked: ${session.reason.text}`;
  }
}

describe('the session of a window', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let storage: FakeSecretStorage;
  let files: AccountFiles;
  let secrets: AccountSecrets;
  let opener: FakeOpener;
  let log: FakeLog;
  let chosen: string | undefined;
  let gone: string[];
  let sessions: SessionManager;
  let changes: number;

  beforeEach(() => {
    folder = temporaryFolder();
    storage = new FakeSecretStorage();
    files = new AccountFiles(folder.path, () => undefined);
    secrets = new AccountSecrets(storage, new Redactor());
    opener = new FakeOpener();
    log = new FakeLog();
    chosen = undefined;
    const choice = {
      get: () => chosen,
      set: (id: string) => {
        chosen = id;
      },
    };
    sessions = new SessionManager({
      files,
      secrets,
      opener,
      log,
      choice,
      onGone: (account, now) => {
        const user = new RecordedUser();
        user.answers();
        void tellGone(user, account, now);
        gone.push(user.last.title);
      },
    });
    gone = [];
    changes = 0;
    sessions.onDidChange(() => {
      changes += 1;
    });
  });
  afterEach(() => {
    sessions.dispose();
    assert.deepEqual(opener.alive, [], 'every desk is disposed in the end');
    folder.remove();
  });

  const shown = () => told(sessions.current);
  const keep = async (account: Account, key: Credentials | undefined = KEY) => {
    if (key !== undefined) await secrets.store(account, key);
    await files.put(account, account === MAIN ? 1 : 2);
  };
  const keepBoth = async () => {
    await keep(MAIN);
    await keep(TEST, OTHER_KEY);
  };

  describe('at the start', () => {
    it('is loading, and then none with public rates where there is no account', async () => {
      assert.equal(shown(), 'loading');
      await sessions.start();
      assert.equal(shown(), 'none');
      assert.deepEqual(opener.alive, ['visitor of nobody']);
      assert.equal(changes, 1);
    });

    it('opens what the window showed last, else the default, else the oldest', async () => {
      await keepBoth();
      await sessions.start();
      assert.equal(shown(), 'Main');
      await files.setDefault(TEST.id);
      await sessions.start();
      assert.equal(shown(), 'Test');
      chosen = MAIN.id;
      await sessions.start();
      assert.equal(shown(), 'Main');
      chosen = 'gone';
      await sessions.start();
      assert.equal(shown(), 'Test');
      assert.deepEqual(opener.last.credentials, OTHER_KEY);
    });

    it('keeps an account whose key is lost, locked, with the rates of its host', async () => {
      await keep(TEST);
      storage.kept.clear();
      await sessions.start();
      assert.match(shown(), /^Test locked: The key of this account is gone/);
      assert.deepEqual(opener.alive, ['visitor of api-testnet.bybit.com']);
    });

    it('locks an account while the secret storage rejects', async () => {
      await keep(TEST);
      storage.rejects = true;
      await sessions.start();
      assert.match(shown(), /^Test locked: The secret storage of VS Code could not be read/);
      storage.rejects = false;
      await sessions.reopen();
      assert.equal(shown(), 'Test');
    });

    it('tells how much is not settled of an account that is locked', async () => {
      await keep(TEST);
      storage.kept.clear();
      opener.journal = 2;
      await sessions.start();
      assert.equal(sessions.current.kind === 'locked' && sessions.current.unsettled, 2);
      opener.journal = undefined;
      await sessions.reopen();
      assert.match(shown(), /^Test locked: The key of this account is gone/);
      assert.equal(sessions.current.kind === 'locked' && sessions.current.unsettled, 0);
    });

    it('sends no key to another host than it was stored for', async () => {
      await keep(TEST);
      await files.put({ ...TEST, host: 'api-testnet.manepa.jp' }, 2);
      await sessions.start();
      assert.match(shown(), /^Test locked: The key was stored for another host/);
    });

    it('locks an account that cannot be opened, with public rates from elsewhere', async () => {
      await keep(TEST);
      opener.fails.add('live').add('visitor');
      await sessions.start();
      assert.match(shown(), /^Test locked: The account could not be opened/);
      assert.deepEqual(opener.alive, ['visitor of nobody']);
    });

    it('locks the paper account when its folder cannot be used, and opens it when it can', async () => {
      opener.fails.add('paper');
      await sessions.open(await files.putPaper(1));
      assert.match(shown(), /^Paper locked/);
      opener.fails.clear();
      await sessions.reopen();
      assert.equal(shown(), 'Paper');
    });

    it('says why there is no account when the list cannot be read', async () => {
      files.list = () => Promise.reject(new Error('EACCES'));
      await sessions.start();
      assert.match(shown(), /^none: The accounts could not be read/);
      assert.ok(log.lines.some((line) => line.includes('EACCES')));
    });

    it('never rejects, even when nothing at all can be opened', async () => {
      opener.fails.add('any visitor');
      await sessions.start();
      assert.equal(shown(), 'loading');
      opener.fails.clear();
      await sessions.reopen();
      assert.equal(shown(), 'none');
    });
  });

  describe('while it lasts', () => {
    it('lets commands wait for it', async () => {
      await keep(MAIN);
      const ready = sessions.ready();
      await sessions.start();
      assert.equal(told(await ready), 'Main');
      assert.equal(told(await sessions.ready()), 'Main');
    });

    it('switches, disposes the desk before and remembers the choice', async () => {
      await keepBoth();
      await sessions.start();
      await sessions.open(TEST);
      assert.equal(shown(), 'Test');
      assert.deepEqual(opener.alive, ['Test']);
      assert.equal(chosen, TEST.id);
      assert.equal(await files.defaultId(), TEST.id);
    });

    it('switches although the choice cannot be kept', async () => {
      await keepBoth();
      await sessions.start();
      files.setDefault = () => Promise.reject(new Error('ENOSPC'));
      await sessions.open(TEST);
      assert.equal(shown(), 'Test');
    });

    it('shows what was wished last, whichever is ready first', async () => {
      await keepBoth();
      await sessions.start();
      let open: () => void = () => undefined;
      opener.gate = new Promise((resolve) => {
        open = resolve;
      });
      const slow = sessions.open(TEST);
      await sessions.open(await files.putPaper(3));
      assert.equal(shown(), 'Paper');
      open();
      await slow;
      assert.equal(shown(), 'Paper');
      assert.deepEqual(opener.alive, ['paper']);
    });

    it('tells of changes of its desk only', async () => {
      await keepBoth();
      await sessions.start();
      const before = opener.last;
      await sessions.open(TEST);
      changes = 0;
      before.change();
      assert.equal(changes, 0);
      opener.last.change();
      assert.equal(changes, 1);
    });

    it('draws anew with a changed setting, the questions that are being asked, too', async () => {
      await keepBoth();
      await sessions.start();
      const heard: string[] = [];
      sessions.onDidChange(() => heard.push('window'));
      opener.last.desk.onDidChange(() => heard.push('question'));
      sessions.redraw();
      assert.deepEqual(heard.sort(), ['question', 'window']);
    });

    it('polls the desk that is shown while anybody looks, over switches', async () => {
      await keepBoth();
      const letGo = sessions.hold();
      await sessions.start();
      const first = opener.last;
      assert.equal(first.watches, 1);
      const letGoToo = sessions.hold();
      await sessions.open(TEST);
      assert.deepEqual([first.watches, opener.last.watches], [0, 1]);
      letGo();
      letGo();
      assert.equal(opener.last.watches, 1);
      letGoToo();
      assert.equal(opener.last.watches, 0);
      await sessions.open(MAIN);
      assert.equal(opener.last.watches, 0);
    });

    it('does not cut off an operation that is being sent', async () => {
      await keepBoth();
      await sessions.start();
      const first = opener.last;
      first.open = [{ id: 'op', state: 'sending', isOurs: true }];
      await sessions.open(TEST);
      assert.equal(first.disposed, false);
      first.change();
      assert.equal(first.disposed, false);
      first.open = [{ id: 'op', state: 'processing' }];
      first.change();
      assert.equal(first.disposed, true);
    });

    it('ends what is still being sent when the window closes', async () => {
      await keepBoth();
      await sessions.start();
      opener.last.open = [{ id: 'op', state: 'sending', isOurs: true }];
      await sessions.open(TEST);
      sessions.dispose();
      assert.deepEqual(opener.alive, []);
    });

    it('disposes what arrives after the window was closed', async () => {
      await keep(MAIN);
      const started = sessions.start();
      sessions.dispose();
      await started;
      assert.deepEqual(opener.alive, []);
    });
  });

  describe('following other windows', () => {
    it('opens the first account that another window adds', async () => {
      await sessions.start();
      await keep(MAIN);
      await sessions.follow();
      assert.equal(shown(), 'Main');
    });

    it('stays where it is when another account comes', async () => {
      await keep(MAIN);
      await sessions.start();
      const { current } = sessions;
      await keep(TEST);
      await files.setDefault(TEST.id);
      await sessions.follow();
      assert.equal(sessions.current, current);
    });

    it('shows another account, or none, when its own is removed', async () => {
      await keepBoth();
      await sessions.open(TEST);
      await files.remove(TEST.id);
      await sessions.follow();
      assert.equal(shown(), 'Main');
      await files.remove(MAIN.id);
      await sessions.follow();
      assert.equal(shown(), 'none');
      assert.deepEqual(gone, [
        'The account Test was removed in another window. This window now shows Main.',
        'The account Main was removed in another window. No account is shown here now.',
      ]);
    });

    it('says nothing of an account that this window removes', async () => {
      await keepBoth();
      await sessions.open(TEST);
      await sessions.without(TEST.id, () => files.remove(TEST.id));
      await sessions.follow();
      assert.equal(shown(), 'Main');
      assert.deepEqual(gone, []);
    });

    it('opens anew when its account or its key was changed, and not otherwise', async () => {
      await keep(TEST);
      await sessions.start();
      await sessions.follow();
      assert.equal(opener.made.length, 1);
      await files.put({ ...TEST, label: 'Renamed' }, 5);
      await sessions.follow();
      assert.equal(shown(), 'Renamed');
      await secrets.store(TEST, OTHER_KEY);
      await sessions.follow();
      assert.deepEqual(opener.last.credentials, OTHER_KEY);
      assert.equal(opener.made.length, 3);
    });

    it('locks when its key was deleted, and opens when it is back', async () => {
      await keep(TEST);
      await sessions.start();
      await secrets.remove(TEST.id);
      await sessions.follow();
      assert.match(shown(), /^Test locked: The key of this account is gone/);
      await secrets.store(TEST, KEY);
      await sessions.follow();
      assert.equal(shown(), 'Test');
    });

    it('keeps what it shows while storage and folder fail for a moment', async () => {
      await keep(TEST);
      await sessions.start();
      const { current } = sessions;
      storage.rejects = true;
      await sessions.follow();
      files.list = () => Promise.reject(new Error('EBUSY'));
      await sessions.follow();
      assert.equal(sessions.current, current);
    });

    it('takes hints that come in a burst as one, and misses none', async () => {
      await sessions.start();
      const hints = [sessions.follow()];
      await keep(MAIN);
      hints.push(sessions.follow(), sessions.follow());
      await Promise.all(hints);
      assert.equal(shown(), 'Main');
    });

    it('never shows an account that is half removed', async () => {
      await keepBoth();
      await sessions.open(TEST);
      const seen: string[] = [];
      sessions.onDidChange(() => seen.push(shown()));
      await sessions.without(TEST.id, async () => {
        await secrets.remove(TEST.id);
        await sessions.follow();
        await files.remove(TEST.id);
      });
      assert.deepEqual(seen, ['Main']);
    });

    it('shows the last account again when it could not be removed after all', async () => {
      await keep(TEST);
      await sessions.start();
      await assert.rejects(sessions.without(TEST.id, () => Promise.reject(new Error('held'))));
      assert.equal(shown(), 'Test');
    });
  });
});
