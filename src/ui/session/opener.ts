import * as vscode from 'vscode';
import { createExchange } from '../../bybit/client';
import type { Credentials, Exchange } from '../../bybit/exchange';
import { baseUrlOf, HOSTS } from '../../bybit/hosts';
import type { Account } from '../../desk/account';
import { createDesk } from '../../desk/desk';
import { Journal } from '../../desk/journal/journal';
import type { Desk } from '../../desk/operation';
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

  constructor(options: OpenerOptions) {
    this.#options = options;
  }

  /** The desk of a paper account. */
  async paper(account: Account): Promise<Opened> {
    const { baseUrl, adapter, credentials } = await this.#options.paper.door();
    return await this.#desk(account, createExchange({ baseUrl, adapter, credentials, log: this.#line }));
  }

  /**
   * The desk of an account with its key; `isKept` tells whether the key still is the account's. Rejects on a host that is not
   * compiled in.
   */
  async live(account: Account, credentials: Credentials, isKept: () => Promise<boolean>): Promise<Opened> {
    return await this.#desk(account, this.exchange(account, credentials, account.id), isKept);
  }

  /** A desk without an account: public rates, of the account's own host where one is named. */
  async visitor(account?: Account): Promise<Opened> {
    const where = account === undefined || account.environment === 'paper' ? PUBLIC : account;
    const shared = { folder: this.#options.folder, account: 'public' };
    return await this.#desk(
      undefined,
      createExchange({ baseUrl: baseUrlOf(where), shared, log: this.#line }),
    );
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

  async #desk(
    account: Account | undefined,
    exchange: Exchange,
    isKept?: () => Promise<boolean>,
  ): Promise<Opened> {
    const { folder, readSetting, log } = this.#options;
    try {
      const desk = await createDesk({
        account,
        exchange,
        folder,
        thresholds: () => thresholdsOf(readSetting).value,
        intervalMs: () => intervalMsOf(readSetting),
        log: (line) => log.info(line),
        locale: vscode.env.language,
        ...(isKept && { isKept }),
      });
      return { desk, dispose: () => [desk, exchange].forEach((part) => void part.dispose()) };
    } catch (error) {
      exchange.dispose();
      throw error;
    }
  }
}
