import { join } from 'node:path';
import * as vscode from 'vscode';
import { createExchange } from '../../bybit/client';
import type { Credentials, Exchange } from '../../bybit/exchange';
import { baseUrlOf, HOSTS } from '../../bybit/hosts';
import { systemClock } from '../../bybit/local-clock';
import type { Account } from '../../desk/account';
import { createDesk, type DeskOptions } from '../../desk/desk';
import { fileName, Journal } from '../../desk/journal/journal';
import type { Desk } from '../../desk/operation';
import { clearDead } from '../../desk/windows/presence';
import { type Log, requestText } from '../log';
import { intervalMsOf, type ReadSetting, thresholdsOf } from '../settings';
import type { PaperHolder } from './paper-holder';

/** A desk with the exchange under it; whoever asked for it disposes it. */
export interface Opened {
  readonly desk: Desk;
  dispose(): void;
}

export interface OpenerOptions {
  /** Journals and locks, shared by windows. */
  readonly folder: string;
  readonly paper: PaperHolder;
  readonly readSetting: ReadSetting;
  readonly log: Log;
}

const PUBLIC = { environment: 'mainnet', host: HOSTS[0]?.host ?? '' };

/** Makes exchanges and desks. `axios` and the paper exchange are loaded by the first that needs them. */
export class Opener {
  readonly #options: OpenerOptions;
  #cleared = false;

  constructor(options: OpenerOptions) {
    this.#options = options;
  }

  /** The desk of a paper account. */
  async paper(account: Account): Promise<Opened> {
    const { baseUrl, adapter, credentials } = await this.#options.paper.door();
    const exchange = createExchange({ baseUrl, adapter, credentials, log: this.#line });
    return await this.#desk({ account, exchange });
  }

  /**
   * The desk of an account with its key; `isKept` tells whether the key still is the account's. Rejects on a host that is not
   * compiled in.
   */
  async live(account: Account, credentials: Credentials, isKept: () => Promise<boolean>): Promise<Opened> {
    const exchange = this.exchange(account, credentials, account.id);
    return await this.#desk({ account, exchange, isKept, sharedReads: this.#readsOf(account.id) });
  }

  /** A desk without an account: public rates, of the account's own host where one is named. */
  async visitor(account?: Account): Promise<Opened> {
    const where = account === undefined || account.environment === 'paper' ? PUBLIC : account;
    const shared = { folder: this.#options.folder, account: 'public' };
    const exchange = createExchange({ baseUrl: baseUrlOf(where), shared, log: this.#line });
    return await this.#desk({
      account: undefined,
      exchange,
      sharedReads: this.#readsOf(`public ${where.host}`),
    });
  }

  /** How many operations of an account have no end in its journal. Rejects when that cannot be read. */
  async unsettled({ id }: Pick<Account, 'id'>): Promise<number> {
    return (await Journal.open(this.#options.folder, id)).unsettled;
  }

  /** An exchange alone; under the name `new`, to look at a key that is being added. The caller disposes it. */
  exchange(
    where: Pick<Account, 'environment' | 'host'>,
    credentials: Credentials,
    account = 'new',
  ): Exchange {
    const shared = { folder: this.#options.folder, account };
    return createExchange({ baseUrl: baseUrlOf(where), credentials, shared, log: this.#line });
  }

  readonly #line = (line: Parameters<typeof requestText>[0]): void =>
    this.#options.log.debug(requestText(line));

  /** Where windows leave each other what they read; what killed ones left is cleared away first. */
  #readsOf(name: string): string {
    const reads = join(this.#options.folder, 'reads');
    if (!this.#cleared) void clearDead(reads, systemClock);
    this.#cleared = true;
    return join(reads, fileName(name));
  }

  async #desk(own: Pick<DeskOptions, 'account' | 'exchange' | 'isKept' | 'sharedReads'>): Promise<Opened> {
    const { exchange } = own;
    const { folder, readSetting, log } = this.#options;
    try {
      const desk = await createDesk({
        ...own,
        folder,
        thresholds: () => thresholdsOf(readSetting).value,
        intervalMs: () => intervalMsOf(readSetting),
        log: (line) => log.info(line),
        locale: vscode.env.language,
      });
      return { desk, dispose: () => [desk, exchange].forEach((part) => void part.dispose()) };
    } catch (error) {
      exchange.dispose();
      throw error;
    }
  }
}
