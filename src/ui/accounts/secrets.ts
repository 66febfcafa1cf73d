import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Credentials } from '../../bybit/exchange';
import type { Account } from '../../desk/account';
import type { Redactor } from '../redactor';

/** Environment and host stand beside the key: no file and no setting can send it elsewhere. */
const stored = v.object({
  v: v.literal(1),
  apiKey: v.pipe(v.string(), v.minLength(1)),
  secret: v.pipe(v.string(), v.minLength(1)),
  type: v.picklist(['hmac', 'rsa']),
  environment: v.picklist(['mainnet', 'testnet', 'loopback']),
  host: v.pipe(v.string(), v.minLength(1)),
});

/**
 * What is known of an account's secret: the key; `lost` (the storage forgot it, or cannot decrypt it); `unreadable` (the
 * storage itself failed, or holds something else); `moved`: it was stored for another host than the account's file names.
 */
export type Found =
  | { readonly kind: 'found'; readonly credentials: Credentials }
  | { readonly kind: 'lost' | 'unreadable' | 'moved' };

/** How long the storage may take to answer: behind a hidden prompt of a keyring it never does. */
const PATIENCE_MS = 20_000;
/** How long a sending that is signed already waits for it: the exchange takes what was signed for five seconds. */
const LEAVING_MS = 1_000;
/** A write may wait for a person who types the password of a keyring: it gets so much more. */
const WRITE_FACTOR = 3;

/** The keys of the accounts in VS Code's SecretStorage: one JSON value each, so that there are no half updates. */
export class AccountSecrets {
  readonly #storage: vscode.SecretStorage;
  readonly #redactor: Redactor;
  readonly #patienceMs: number;

  constructor(storage: vscode.SecretStorage, redactor: Redactor, patienceMs = PATIENCE_MS) {
    this.#storage = storage;
    this.#redactor = redactor;
    this.#patienceMs = patienceMs;
  }

  /** Reads and checks. Never rejects, and always ends. */
  async read(account: Account): Promise<Found> {
    let text: string | undefined;
    try {
      text = await within(this.#patienceMs, this.#storage.get(nameOf(account.id)));
    } catch {
      return { kind: 'unreadable' };
    }
    return this.#foundIn(text, account);
  }

  #foundIn(text: string | undefined, account: Account): Found {
    if (text === undefined) return { kind: 'lost' };
    const parsed = v.safeParse(stored, parse(text));
    if (!parsed.success) return { kind: 'unreadable' };
    const { apiKey, secret, type, environment, host } = parsed.output;
    this.#redactor.add(apiKey);
    this.#redactor.add(secret);
    if (environment !== account.environment || host !== account.host) return { kind: 'moved' };
    return { kind: 'found', credentials: { apiKey, secret, type } };
  }

  /**
   * Whether a key in use still is the account's, in this moment. A storage that fails or does not answer says nothing against
   * it; one that answers with nothing, with another key or with half of one does. Never rejects, and ends within a second.
   */
  async isKept(account: Account, credentials: Credentials): Promise<boolean> {
    let text: string | undefined;
    try {
      text = await within(Math.min(this.#patienceMs, LEAVING_MS), this.#storage.get(nameOf(account.id)));
    } catch {
      return true;
    }
    const found = this.#foundIn(text, account);
    return found.kind === 'found' && isDeepStrictEqual(found.credentials, credentials);
  }

  /**
   * Stores and reads back; false when what comes back is not what was stored. Rejects when the storage does, or does not
   * answer; then it may still come to keep it.
   */
  async store(account: Account, credentials: Credentials): Promise<boolean> {
    const { apiKey, secret, type } = credentials;
    this.#redactor.add(apiKey);
    this.#redactor.add(secret);
    const { environment, host } = account;
    const text = JSON.stringify(v.parse(stored, { v: 1, apiKey, secret, type, environment, host }));
    await within(this.#patienceMs * WRITE_FACTOR, this.#storage.store(nameOf(account.id), text));
    return (await within(this.#patienceMs, this.#storage.get(nameOf(account.id)))) === text;
  }

  /** Rejects when the storage does, or does not answer. */
  async remove(accountId: string): Promise<void> {
    await within(this.#patienceMs * WRITE_FACTOR, this.#storage.delete(nameOf(accountId)));
  }

  /** A hint that some secret may have changed, here or in another window; comes too often and sometimes not at all. */
  onDidChange(listener: () => void): vscode.Disposable {
    return this.#storage.onDidChange(listener);
  }
}

/** Rejects when the promise does, or has not ended in time. */
async function within<T>(ms: number, promise: Thenable<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The secret storage did not answer.')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** VS Code writes the names of secrets to its logs: this one says nothing about the account. */
function nameOf(accountId: string): string {
  return `key.${createHash('sha256').update(accountId).digest('hex').slice(0, 16)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
