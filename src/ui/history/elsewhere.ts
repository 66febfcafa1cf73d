import type { LocalClock } from '../../bybit/local-clock';
import type { HistoryStore } from '../../desk/history/store';

/** How soon a window knows what another one has recorded. */
const LEARN_MS = 30_000;

export interface ElsewhereOptions {
  /** The records that are shown; undefined while none are. */
  readonly store: () => Pick<HistoryStore, 'mark'> | undefined;
  readonly clock: LocalClock;
  /** Called when they were written since what this window knew of last. */
  readonly learnt: () => void;
}

/** Learns that another window has written the records that are shown: looks at them, but only while somebody else does. */
export class Elsewhere {
  readonly #given: ElsewhereOptions;
  /** Those who look. */
  readonly #holds = new Set<symbol>();
  #looking: AbortController | undefined;
  #known: { readonly store: unknown; readonly mark: string | undefined } | undefined;
  /** Of the newest look; what an older one found is dropped. */
  #turn = 0;

  constructor(options: ElsewhereOptions) {
    this.#given = options;
  }

  /** Somebody looks, until what is returned is called. Who begins to look reads by itself what is there by then. */
  hold(): () => void {
    const own = Symbol();
    this.#holds.add(own);
    if (this.#looking === undefined) {
      this.#looking = new AbortController();
      void this.#run(this.#looking.signal);
    }
    return () => {
      this.#holds.delete(own);
      if (this.#holds.size === 0) this.dispose();
    };
  }

  /** This window knows what is written by now: it wrote it, or shows other records. */
  known(): void {
    if (this.#looking !== undefined) void this.#look();
  }

  dispose(): void {
    this.#looking?.abort();
    this.#looking = undefined;
    this.#turn += 1;
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#known = undefined;
    void this.#look();
    while (!signal.aborted) {
      await this.#given.clock.sleep(LEARN_MS, signal).catch(() => undefined);
      if (!signal.aborted && (await this.#look())) this.#given.learnt();
    }
  }

  /** Whether what is shown was written since it was looked at last; false also where somebody looked again meanwhile. */
  async #look(): Promise<boolean> {
    this.#turn += 1;
    const turn = this.#turn;
    const store = this.#given.store();
    const mark = await store?.mark();
    if (turn !== this.#turn) return false;
    const before = this.#known;
    this.#known = { store, mark };
    return before?.store === store && before?.mark !== mark;
  }
}
