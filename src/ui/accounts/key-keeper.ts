import type { Credentials } from '../../bybit/exchange';
import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Log } from '../log';
import type { AccountFiles } from './account-files';
import type { AccountSecrets } from './secrets';

export interface KeyKeeperOptions {
  readonly files: Pick<AccountFiles, 'list' | 'former' | 'put' | 'remove'>;
  readonly secrets: Pick<AccountSecrets, 'read' | 'store' | 'remove'>;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Keeps accounts with their keys: both or neither. What goes wrong comes back in words and leaves nothing behind. */
export class KeyKeeper {
  readonly #options: KeyKeeperOptions;

  constructor(options: KeyKeeperOptions) {
    this.#options = options;
  }

  /** A new account. The key comes first: a window that sees the account finds it. */
  async add(account: Account, credentials: Credentials): Promise<Words | undefined> {
    const { files, secrets, log, now } = this.#options;
    const problem = await this.#store(account, credentials);
    if (problem !== undefined) {
      await secrets
        .remove(account.id)
        .catch((error: unknown) => log.error('secrets: not cleaned up:', error));
      return problem;
    }
    try {
      await files.put(account, now());
      return undefined;
    } catch (error) {
      log.error('accounts: a new one could not be written:', error);
      await secrets
        .remove(account.id)
        .catch((fault: unknown) => log.error('secrets: not cleaned up:', fault));
      return words('The account could not be written to the disk. Nothing was kept.');
    }
  }

  /** Another key for an account that is there; none for one that another window removes meanwhile. */
  async replace(account: Account, credentials: Credentials): Promise<Words | undefined> {
    const { files, secrets, log } = this.#options;
    const problem = await this.#store(account, credentials);
    if (problem !== undefined) return problem;
    try {
      if ((await files.list()).some(({ id }) => id === account.id)) return undefined;
      await secrets.remove(account.id);
      return words('The account was removed meanwhile, and its key with it. Add it anew.');
    } catch (error) {
      log.error('accounts: not looked for after its key was stored:', error);
      return undefined;
    }
  }

  async #store(account: Account, credentials: Credentials): Promise<Words | undefined> {
    const { secrets, log } = this.#options;
    try {
      if (await secrets.store(account, credentials)) return undefined;
      return words('The secret storage of VS Code did not give the key back as it was stored.');
    } catch (error) {
      log.error('secrets: the storage refused a key:', error);
      return words('The secret storage of VS Code refused the key: is the keyring of this machine unlocked?');
    }
  }

  /**
   * Removes key and account; the key first, so that none is left that nobody knows of, and once more after the account, in
   * case that another window stored one in between.
   */
  async remove({ id }: Account): Promise<Words | undefined> {
    const { files, secrets, log } = this.#options;
    try {
      await secrets.remove(id);
      await files.remove(id);
      await secrets.remove(id).catch((error: unknown) => log.error('secrets: not looked at again:', error));
      return undefined;
    } catch (error) {
      log.error('accounts: one could not be removed:', error);
      return words('The account could not be removed; it stays in the list. The log has more.');
    }
  }

  /** The account of a user at the exchange. */
  async accountOf(
    { environment, host }: Pick<Account, 'environment' | 'host'>,
    uid: string,
  ): Promise<Account | undefined> {
    return (await this.#options.files.list()).find(isOf({ environment, host }, uid));
  }

  /**
   * The id under which the account of a user was kept before it was removed; undefined when it never was. Under it lies the
   * journal, with what had no end.
   */
  async formerIdOf(
    where: Pick<Account, 'environment' | 'host'>,
    uid: string | undefined,
  ): Promise<string | undefined> {
    if (uid === undefined) return undefined;
    const { files, log } = this.#options;
    try {
      return (await files.former()).find(isOf(where, uid))?.id;
    } catch (error) {
      log.error('accounts: those that were removed could not be read:', error);
      return undefined;
    }
  }

  /** The account that has this key already in the same environment; keys that cannot be read are passed over. */
  async ownerOf(environment: Account['environment'], apiKey: string): Promise<Account | undefined> {
    const { files, secrets } = this.#options;
    for (const account of await files.list()) {
      if (account.environment !== environment) continue;
      const found = await secrets.read(account);
      if (found.kind === 'found' && found.credentials.apiKey === apiKey) return account;
    }
    return undefined;
  }
}

/** Whether an account is that of a user at the exchange; each loopback server is an exchange of its own. */
function isOf({ environment, host }: Pick<Account, 'environment' | 'host'>, uid: string) {
  return (account: Account): boolean =>
    account.uid === uid &&
    account.environment === environment &&
    (environment !== 'loopback' || account.host === host);
}
