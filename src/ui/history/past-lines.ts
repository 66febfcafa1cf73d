import { type PastOfCoin, pastOfCoin } from '../../desk/history/past';
import type { Log } from '../log';
import { Signal } from '../signal';
import type { HistoryService, ShownHistory } from './history-service';
import { knownRates } from './rates-now';
import { STANDING_DAYS } from './standing-words';

const DAY_MS = 86_400_000;
/** How soon a window knows what another one has recorded. */
const LEARN_MS = 30_000;
export type Past = ReadonlyMap<string, PastOfCoin>;
const NOTHING: Past = new Map();

export interface PastLinesOptions {
  readonly history: Pick<HistoryService, 'shown' | 'onDidChange'>;
  readonly log: Log;
  /** Local epoch milliseconds. */
  readonly now: () => number;
}

/**
 * What the rate table says of the past of every coin. Read out of hundreds of files, so only while somebody looks, coin by
 * coin, and anew only when something was recorded.
 */
export class PastLines {
  readonly #given: PastLinesOptions;
  readonly #signal = new Signal();
  readonly #listener: { dispose(): void };
  readonly onDidChange = this.#signal.event;
  #current: { readonly store: unknown; readonly past: Past; readonly until: number } | undefined;
  #isLookedAt = false;
  #turn = 0;
  /** What is being read out of. */
  #reading: unknown;
  /** When it was last looked whether more is recorded. */
  #learntAt = 0;

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
    if (isLookedAt === this.#isLookedAt) return;
    this.#isLookedAt = isLookedAt;
    this.#read();
  }

  /**
   * For when rates were read: before the first time there was nothing to compare, and another window may have recorded
   * meanwhile.
   */
  update(): void {
    const { history, log, now } = this.#given;
    const store = history.shown?.store;
    if (!this.#isLookedAt || store === undefined || this.#reading === store) return;
    if (this.#current?.store !== store) {
      this.#read();
      return;
    }
    if (Math.abs(now() - this.#learntAt) < LEARN_MS) return;
    this.#learntAt = now();
    void this.#learn(store).catch((error: unknown) =>
      log.warn(`history: not read: ${String(error).slice(0, 200)}`),
    );
  }

  dispose(): void {
    this.#listener.dispose();
    this.#signal.dispose();
    this.#isLookedAt = false;
    this.#turn += 1;
  }

  async #learn(store: ShownHistory['store']): Promise<void> {
    const until = (await store.coverage()).at(-1)?.to;
    const current = this.#current;
    if (current?.store === store && until !== undefined && until > current.until && this.#reading !== store)
      this.#read();
  }

  #read(): void {
    const { shown } = this.#given.history;
    if (!this.#isLookedAt || shown === undefined || knownRates(shown.desk) === undefined) return;
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
    for (const [coin, rates] of knownRates(desk) ?? []) {
      if (turn !== this.#turn) return;
      if (!recorded.has(coin)) continue;
      const series = (await store.read(coin, window.from)).get('flexible') ?? [];
      past.set(coin, pastOfCoin(series, rates.get('flexible'), coverage, window));
    }
    if (turn !== this.#turn) return;
    this.#learntAt = now;
    this.#current = { store, past, until: coverage.at(-1)?.to ?? 0 };
    this.#signal.fire();
  }
}
