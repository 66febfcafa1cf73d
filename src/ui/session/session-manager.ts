import { isDeepStrictEqual } from 'node:util';
import { words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { AccountFiles } from '../accounts/account-files';
import type { ReadySession, Session, Sessions } from '../session';
import { Signal } from '../signal';
import { type Arrival, type Arrivals, arriveAt, arriveAtNone, unsettledOf } from './arrival';
import type { Gone } from './gone';
import type { Opened } from './opener';

/** Which account this window showed last, so that a reload does not take it to another window's. */
export interface WindowChoice {
  get(): string | undefined;
  set(id: string): void;
}

export interface SessionManagerOptions extends Arrivals {
  readonly files: Pick<AccountFiles, 'list' | 'defaultId' | 'setDefault'>;
  readonly choice: WindowChoice;
  /** The account that was shown was removed by another window, and something else is shown now. */
  readonly onGone?: (gone: Gone, now: Session) => void;
}

/**
 * The window's session: opens the account it showed last, switches, and follows what other windows add, remove and change.
 * Whatever fails ends in a session that says so; nothing here rejects.
 */
export class SessionManager implements Sessions {
  readonly #options: SessionManagerOptions;
  readonly #signal = new Signal();
  readonly onDidChange = this.#signal.event;
  #current: Session = { kind: 'loading' };
  #arrival: Arrival | undefined;
  /** The newest wish to show something; older ones that arrive later are dropped. */
  #wish: object | undefined;
  #unlisten: (() => void) | undefined;
  readonly #leaving = new Set<string>();
  #holders = 0;
  #unwatch: (() => void) | undefined;
  readonly #retired = new Set<Opened>();
  #following: Promise<void> | undefined;
  #followAgain = false;
  #disposed = false;

  constructor(options: SessionManagerOptions) {
    this.#options = options;
  }

  get current(): Session {
    return this.#current;
  }

  /** Opens the account the window showed last, else the default one, else any, else none. */
  async start(): Promise<void> {
    await this.#enter(() => this.#preferred());
  }

  /** Shows an account, and makes it the one that this and new windows open. */
  async open(account: Account): Promise<void> {
    this.#options.choice.set(account.id);
    await Promise.all([this.#enter(async () => account), this.#setDefault(account)]);
  }

  /** Opens what is shown once more: after a failure, or when what lies under the desk was replaced. */
  async reopen(): Promise<void> {
    const { current } = this;
    if (current.kind === 'account' || current.kind === 'locked')
      await this.#enter(async () => current.account);
    else await this.start();
  }

  /**
   * Removes an account by `work`, while another one (or none) is shown: what is half removed is never shown as lost.
   * Rejects when `work` does.
   */
  async without(id: string, work: () => Promise<void>): Promise<void> {
    this.#leaving.add(id);
    try {
      if (accountIdOf(this.#current) === id) await this.#enter(() => this.#preferred());
      await work();
    } finally {
      this.#leaving.delete(id);
      await this.follow();
    }
  }

  /** Takes in what may have changed on disk or in the secrets, by any window. Calls that overlap are one. */
  follow(): Promise<void> {
    if (this.#following !== undefined) {
      this.#followAgain = true;
      return this.#following;
    }
    this.#following = this.#followAll().finally(() => {
      this.#following = undefined;
    });
    return this.#following;
  }

  async ready(): Promise<ReadySession> {
    const { current } = this;
    if (current.kind !== 'loading') return current;
    return await new Promise((resolve) => {
      const listener = this.onDidChange(() => {
        if (this.#current.kind === 'loading') return;
        listener.dispose();
        resolve(this.#current);
      });
    });
  }

  hold(): () => void {
    this.#holders += 1;
    this.#unwatch ??= this.#arrival?.opened.desk.watch();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders > 0) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
    };
  }

  /** Draws everything anew, for a setting has changed; questions that are being asked listen to the desk alone. */
  redraw(): void {
    if (this.#arrival === undefined) this.#signal.fire();
    else this.#arrival.opened.desk.notify();
  }

  dispose(): void {
    this.#disposed = true;
    this.#signal.dispose();
    this.#unlisten?.();
    this.#unwatch?.();
    this.#arrival?.opened.dispose();
    for (const opened of this.#retired) opened.dispose();
  }

  async #enter(find: () => Promise<Account | undefined>): Promise<void> {
    const wish = {};
    this.#wish = wish;
    const arrival = await this.#arrive(find);
    if (this.#disposed || this.#wish !== wish) arrival?.opened.dispose();
    else if (arrival !== undefined) this.#replace(arrival);
  }

  async #arrive(find: () => Promise<Account | undefined>): Promise<Arrival | undefined> {
    const { log } = this.#options;
    try {
      const account = await find();
      return account === undefined
        ? await arriveAtNone(this.#options)
        : await arriveAt(account, this.#options);
    } catch (error) {
      log.error('session: the accounts could not be read:', error);
      const reason = words('The accounts could not be read. Refresh to try again; the log has more.');
      return await arriveAtNone(this.#options, reason).catch((fault: unknown) => {
        log.error('session: not even public rates could be opened:', fault);
        return undefined;
      });
    }
  }

  async #accounts(): Promise<readonly Account[]> {
    return (await this.#options.files.list()).filter(({ id }) => !this.#leaving.has(id));
  }

  async #preferred(): Promise<Account | undefined> {
    const { files, choice } = this.#options;
    const accounts = await this.#accounts();
    const wanted = [choice.get(), await files.defaultId()];
    for (const id of wanted) {
      const account = accounts.find((one) => one.id === id);
      if (account !== undefined) return account;
    }
    return accounts[0];
  }

  async #setDefault({ id }: Account): Promise<void> {
    const { files, log } = this.#options;
    await files.setDefault(id).catch((error: unknown) => log.error('accounts: default not kept:', error));
  }

  #replace(arrival: Arrival): void {
    const before = this.#arrival;
    this.#unlisten?.();
    this.#unwatch?.();
    const { desk } = arrival.opened;
    this.#arrival = arrival;
    this.#current = arrival.session;
    this.#unlisten = desk.onDidChange(() => this.#signal.fire());
    this.#unwatch = this.#holders > 0 ? desk.watch() : undefined;
    if (before !== undefined) this.#retire(before.opened);
    this.#signal.fire();
  }

  /**
   * Disposes, but not in the middle of sending: cutting that off would make a known outcome an unknown one. What another window
   * sends is not cut off by it.
   */
  #retire(opened: Opened): void {
    const isSending = () => opened.desk.open.some(({ state, isOurs }) => state === 'sending' && isOurs);
    if (!isSending()) {
      opened.dispose();
      return;
    }
    this.#retired.add(opened);
    const stop = opened.desk.onDidChange(() => {
      if (isSending()) return;
      stop();
      this.#retired.delete(opened);
      opened.dispose();
      // A session without a key tells how many operations have no end.
      void this.follow();
    });
  }

  async #followAll(): Promise<void> {
    do {
      this.#followAgain = false;
      await this.ready();
      try {
        await this.#followOnce();
      } catch (error) {
        // The session that is shown stays: what it knows is not wrong because a folder cannot be listed now.
        this.#options.log.error('accounts: could not be read again:', error);
      }
    } while (this.#followAgain && !this.#disposed);
  }

  async #followOnce(): Promise<void> {
    const { current } = this;
    const accounts = await this.#accounts();
    const account = accounts.find(({ id }) => id === accountIdOf(current));
    const gone = account === undefined && (current.kind !== 'none' || accounts.length > 0);
    const stale = account !== undefined && (await this.#isStale(account));
    if (this.#current !== current) {
      this.#followAgain = true;
    } else if (gone) {
      await this.#enter(() => this.#preferred());
      if (current.kind === 'account' || current.kind === 'locked') {
        const unsettled = await unsettledOf(current.account, this.#options);
        this.#options.onGone?.({ account: current.account, unsettled }, this.#current);
      }
    } else if (stale) {
      await this.#enter(async () => account);
    }
  }

  /** Whether the session no longer is what opening its account would give now. */
  async #isStale(account: Account): Promise<boolean> {
    const shown = this.#arrival;
    if (shown === undefined || shown.session.kind === 'none') return true;
    if (!isDeepStrictEqual(shown.session.account, account)) return true;
    if (account.environment === 'paper') return false;
    const { secrets } = this.#options;
    const { session, credentials } = shown;
    if (credentials !== undefined) return !(await secrets.isKept(account, credentials));
    if ((await secrets.read(account)).kind === 'found') return true;
    // What was being sent when the key went has its end by now.
    return session.kind === 'locked' && session.unsettled !== (await unsettledOf(account, this.#options));
  }
}

function accountIdOf(session: Session): string | undefined {
  return session.kind === 'account' || session.kind === 'locked' ? session.account.id : undefined;
}
