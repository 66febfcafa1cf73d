import type { Exchange } from '../bybit/exchange';
import { type LocalClock, systemClock } from '../bybit/local-clock';
import { type Words, words } from '../bybit/words';
import type { Account } from './account';
import type { Book, Thresholds } from './book';
import { bookOf } from './book-of';
import { guarded } from './guarded';
import { Journal } from './journal/journal';
import { Market } from './market/market';
import {
  type Desk,
  type ExecuteOptions,
  type Figures,
  type Finding,
  NoReview,
  type Operation,
  type Review,
  type Verdict,
} from './operation';
import { deedOf } from './operations/registry';
import { isReadOnly, mayWrite } from './parts/key';
import { Poller } from './poller';
import type { Pool } from './pools/pool';
import { sharedPool } from './pools/shared';
import type { Question } from './question';
import { reviewOf } from './review';
import { figures } from './risk';
import { Operator } from './settle/operator';
import { refusedHere } from './settle/verdicts';
import type { PartName, Snapshot } from './snapshot';
import { Store } from './store';
import { ownReads } from './windows/reads';
import { SharedReads } from './windows/shared-reads';

export interface DeskOptions {
  /** Without one only the public parts are read and nothing can be sent. */
  readonly account: Account | undefined;
  readonly exchange: Exchange;
  /** Where the journals and locks of all accounts lie; shared by windows. */
  readonly folder: string;
  readonly thresholds: () => Thresholds;
  /** Between two polls, after the first has ended. */
  readonly intervalMs: () => number;
  readonly log: (line: string) => void;
  readonly clock?: LocalClock;
  /** BCP 47, for the numbers in sentences; English without one. */
  readonly locale?: string;
  /** Whether the key that the exchange signs with still is the account's: nothing is sent without it. Always without this. */
  readonly isKept?: () => Promise<boolean>;
  /** The folder where windows leave each other what they read of this account; each reads for itself without it. */
  readonly sharedReads?: string;
}

/**
 * Makes the desk of an account. Reads the journal, nothing else: what an earlier session left open is looked up in the
 * background. Rejects when the journal's folder cannot be read. Disposing it leaves the exchange to its owner.
 */
export async function createDesk(options: DeskOptions): Promise<Desk> {
  const journal =
    options.account === undefined ? undefined : await Journal.open(options.folder, options.account.id);
  return new AccountDesk(options, journal);
}

class AccountDesk implements Desk {
  readonly market: Market;
  readonly #options: DeskOptions;
  readonly #store: Store;
  readonly #operator: Operator | undefined;
  readonly #poller: Poller;
  readonly #shared: SharedReads | undefined;
  readonly #listeners = new Set<() => void>();
  #derived: { readonly snapshot: Snapshot; readonly book: Book | undefined } | undefined;
  #figures: { readonly book: Book; readonly thresholds: Thresholds; readonly figures: Figures } | undefined;

  constructor(options: DeskOptions, journal: Journal | undefined) {
    const { account, exchange, folder, log } = options;
    const clock = options.clock ?? systemClock;
    const onChange = () => this.notify();
    this.#options = options;
    const { sharedReads, intervalMs } = options;
    const shared =
      sharedReads === undefined
        ? undefined
        : new SharedReads({ exchange, clock, folder: sharedReads, intervalMs, log });
    const reads = shared ?? ownReads(exchange, clock);
    this.#shared = shared;
    this.market = new Market({ reads, clock, onChange, log });
    this.#store = new Store({ reads, clock, hasAccount: account !== undefined, onChange, log });
    this.#poller = new Poller(clock, intervalMs, async () => {
      await shared?.begin();
      await Promise.all([this.#store.readDue(), this.market.readDue(), this.#operator?.refresh()]);
      return shared?.takeLag() ?? 0;
    });
    this.#operator =
      account === undefined || journal === undefined
        ? undefined
        : new Operator({
            account,
            exchange,
            clock,
            journal,
            folder,
            locale: options.locale ?? 'en',
            check: (operation) => this.#rules(operation),
            isKept: options.isKept ?? (async () => true),
            onChange,
            onSettled: (parts) => this.#store.readAnew(parts),
            log,
          });
  }

  get snapshot(): Snapshot {
    return this.#store.snapshot;
  }

  get book(): Book | undefined {
    const { snapshot } = this.#store;
    if (this.#derived?.snapshot !== snapshot) this.#derived = { snapshot, book: bookOf(snapshot) };
    return this.#derived.book;
  }

  get figures(): Figures | undefined {
    const { book, thresholds } = this;
    if (book === undefined) return undefined;
    const kept = this.#figures;
    if (kept?.book === book && isSame(kept.thresholds, thresholds)) return kept.figures;
    this.#figures = { book, thresholds, figures: figures(book, thresholds) };
    return this.#figures.figures;
  }

  get thresholds(): Thresholds {
    return this.#options.thresholds();
  }

  get serverNow(): number {
    return this.#options.exchange.now();
  }

  get canWrite(): boolean | undefined {
    const key = this.#store.snapshot.parts.key.value;
    return key === undefined ? undefined : mayWrite(key);
  }

  get open() {
    return this.#operator?.open ?? [];
  }

  onDidChange(listener: () => void): () => void {
    // Wrapped, so that the same function twice is two listeners and each way to stop ends its own.
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** One that throws harms neither the others nor what is being read or sent. */
  notify(): void {
    for (const listener of [...this.#listeners]) guarded(this.#options.log, listener);
  }

  async refresh(names?: readonly PartName[]): Promise<void> {
    await Promise.all([this.#store.read(names), this.#operator?.refresh()]);
  }

  ask<T>(question: Question<T>, signal?: AbortSignal): Promise<T> {
    return question(this.#options.exchange, signal);
  }

  watch(): () => void {
    return this.#poller.hold();
  }

  check(operation: Operation): readonly Finding[] {
    const locked = this.open.slice(0, 1).map(({ meanwhile }) => openFinding(meanwhile));
    return [...locked, ...this.#rules(operation)];
  }

  review(operation: Operation): Review {
    const deed = deedOf(operation);
    const named = deed.pool(this.snapshot);
    const pool = named === 'shared' ? this.#sharedPool() : named;
    if (pool === undefined) throw new NoReview('Parts that the review rests on were not read yet.');
    const title = deed.title(this.#options.locale ?? 'en');
    return reviewOf({ operation, title, pool, snapshot: this.snapshot, findings: this.check(operation) });
  }

  async execute(operation: Operation, options?: ExecuteOptions): Promise<Verdict> {
    if (this.#operator === undefined) return refusedHere(words('Choose an account first.'));
    return await this.#operator.execute(operation, options);
  }

  async lookAgain(): Promise<void> {
    await this.#operator?.lookAgain();
  }

  verdictOf(id: string): Verdict | undefined {
    return this.#operator?.verdictOf(id);
  }

  async resolveByHand(id: string, happened: boolean): Promise<void> {
    await this.#operator?.resolveByHand(id, happened);
  }

  dispose(): void {
    this.#listeners.clear();
    this.#poller.dispose();
    this.#shared?.dispose();
    this.#operator?.dispose();
    this.#store.dispose();
    this.market.dispose();
  }

  #rules(operation: Operation): readonly Finding[] {
    const { snapshot, book, thresholds } = this;
    const deed = deedOf(operation);
    const found = deed.check({ snapshot, book, thresholds, locale: this.#options.locale ?? 'en' });
    if (this.#options.account?.id !== operation.accountId) return [accountFinding(), ...found];
    const key = snapshot.parts.key.value;
    if (key === undefined || mayWrite(key)) return found;
    if (!deed.withoutSpotTrade) return [keyFinding(), ...found];
    return isReadOnly(key) ? [readOnlyFinding(), ...found] : found;
  }

  #sharedPool(): Pool | undefined {
    const { book, thresholds } = this;
    return book === undefined ? undefined : sharedPool(book, thresholds);
  }
}

function isSame(a: Thresholds, b: Thresholds): boolean {
  return (
    a.initial === b.initial &&
    a.marginCall === b.marginCall &&
    a.delayedLiquidation === b.delayedLiquidation &&
    a.liquidation === b.liquidation
  );
}

function openFinding(meanwhile: Words | undefined): Finding {
  const text = words('Another operation of this account has no end yet: new ones wait for it.');
  return { severity: 'error', field: 'account', words: meanwhile ?? text };
}

function readOnlyFinding(): Finding {
  return { severity: 'error', field: 'account', words: words('The API key may only read (10005).') };
}

function keyFinding(): Finding {
  const text = words('The API key may only read: it needs Spot trade, read-write (10005).');
  return { severity: 'error', field: 'account', words: text };
}

function accountFinding(): Finding {
  return { severity: 'error', field: 'account', words: words('Choose an account first.') };
}
