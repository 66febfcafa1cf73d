import { type PastOfCoin, pastOfCoin } from '../../desk/history/past';
import type { Log } from '../log';
import { Signal } from '../signal';
import type { HistoryService, ShownHistory } from './history-service';
import { knownRates } from './rates-now';
import { STANDING_DAYS } from './standing-words';

const DAY_MS = 86_400_000;
export type Past = ReadonlyMap<string, PastOfCoin>;
const NOTHING: Past = new Map();

export interface PastLinesOptions {
  readonly history: Pick<HistoryService, 'shown' | 'onDidChange' | 'hold'>;
  readonly log: Log;
  /** Local epoch milliseconds. */
  readonly now: () => number;
}

/** The days that are looked back on move on, also while nothing is recorded. */
const AGED_MS = 3_600_000;

/**
 * What the rate table says of the past of every coin, whatever its rate is by now. Read out of hundreds of files, so only while
 * somebody looks, coin by coin, and anew only when something was recorded or an hour went by.
 */
export class PastLines {
  readonly #given: PastLinesOptions;
  readonly #signal = new Signal();
  readonly #listener: { dispose(): void };
  readonly onDidChange = this.#signal.event;
  #current: { readonly store: unknown; readonly past: Past; readonly at: number } | undefined;
  /** While somebody looks. */
  #letGo: (() => void) | undefined;
  #turn = 0;
  /** What is being read out of. */
  #reading: unknown;

  constructor(options: PastLinesOptions) {
    this.#given = options;
    this.#listener = options.history.onDidChange(() => this.#read());
  }

  /** Nothing until it was read, and for another source than the one that is shown. */
  get past(): Past {
    const { shown } = this.#given.history;
    return shown !== undefined && this.#current?.store === shown.store ? this.#current.past : NOTHING;
  }

  /** Whether somebody looks. */
  look(isLookedAt: boolean): void {
    if (isLookedAt === (this.#letGo !== undefined)) return;
    this.#letGo?.();
    this.#letGo = isLookedAt ? this.#given.history.hold() : undefined;
    this.#read();
  }

  /** For when rates were read: before the first time no coins were known. May be called as often as one likes. */
  update(): void {
    const store = this.#given.history.shown?.store;
    if (this.#reading !== store && !this.#isNew(store)) this.#read();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#signal.dispose();
    this.look(false);
    this.#turn += 1;
  }

  #isNew(store: unknown): boolean {
    const current = this.#current;
    return current?.store === store && this.#given.now() - (current?.at ?? 0) < AGED_MS;
  }

  #read(): void {
    const { shown } = this.#given.history;
    if (this.#letGo === undefined || shown === undefined || knownRates(shown.desk) === undefined) return;
    this.#turn += 1;
    const turn = this.#turn;
    this.#reading = shown.store;
    void this.#readAll(shown, turn)
      .catch((error: unknown) => this.#given.log.warn(`history: not read: ${String(error).slice(0, 200)}`))
      .finally(() => {
        if (turn === this.#turn) this.#reading = undefined;
      });
  }

  async #readAll({ store, desk }: ShownHistory, turn: number): Promise<void> {
    const now = this.#given.now();
    const window = { from: now - STANDING_DAYS * DAY_MS, to: now };
    const coverage = await store.coverage();
    const recorded = new Set(await store.coins());
    const past = new Map<string, PastOfCoin>();
    for (const coin of knownRates(desk)?.keys() ?? []) {
      if (turn !== this.#turn) return;
      if (!recorded.has(coin)) continue;
      const series = (await store.read(coin, window.from)).get('flexible') ?? [];
      past.set(coin, pastOfCoin(series, coverage, window));
    }
    if (turn !== this.#turn) return;
    this.#current = { store, past, at: now };
    this.#signal.fire();
  }
}
