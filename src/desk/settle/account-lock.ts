import { join } from 'node:path';
import type { LocalClock } from '../../bybit/local-clock';
import type { Account } from '../account';
import { fileName } from '../journal/journal';
import { type Lock, tryLock } from '../lock';

export interface AccountLockOptions {
  readonly account: Account;
  readonly clock: LocalClock;
  /** Where the lock file lies, shared by windows. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** How often another window's lock is tried: it may be about to be released. */
const TRIES = 5;
const PAUSE_MS = 200;

/** The lock without which nothing is sent or judged for an account: one window has it. */
export class AccountLock {
  readonly #options: AccountLockOptions;
  readonly #path: string;

  constructor(options: AccountLockOptions) {
    this.#options = options;
    this.#path = join(options.folder, `${fileName(options.account.id)}.lock`);
  }

  /** Tries for a second, as long as `isWanted`. Undefined when it stays with another; rejects when it cannot be made. */
  async takeSoon(signal: AbortSignal, isWanted: () => boolean): Promise<Lock | undefined> {
    const { clock } = this.#options;
    for (let tries = 0; tries < TRIES && isWanted(); tries += 1) {
      const lock = await tryLock(this.#path, clock);
      if (lock !== undefined) return lock;
      await clock.sleep(PAUSE_MS, signal);
    }
    return undefined;
  }

  /** Tries once; a folder in which it cannot be made counts as held by another. */
  async takeNow(): Promise<Lock | undefined> {
    try {
      return await tryLock(this.#path, this.#options.clock);
    } catch (error) {
      this.#options.log(`lock: ${String(error).slice(0, 200)}`);
      return undefined;
    }
  }
}
