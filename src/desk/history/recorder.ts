import { join } from 'node:path';
import type { LocalClock } from '../../bybit/local-clock';
import { type Lock, tryLock } from '../lock';
import type { Rates } from './series';
import type { HistoryStore } from './store';
import { whileWriting } from './writing';

export interface RecorderOptions {
  readonly store: HistoryStore;
  /** Shared by windows; holds the lock of who leads. */
  readonly folder: string;
  readonly clock: LocalClock;
  /** Reads the rates now. A rejection leaves a gap and is tried again with the next interval. */
  readonly read: () => Promise<ReadonlyMap<string, Rates>>;
  /** Milliseconds between two readings; undefined while recording is off. */
  readonly intervalMs: () => number | undefined;
  readonly onRecorded: () => void;
  /** Called once before the first reading of a window that leads; nobody else writes meanwhile. */
  readonly prepare?: (lock: { readonly signal: AbortSignal }) => Promise<void>;
  /** Keeps all that is recorded within its bound; called when this window has tidied, and has no turn of writing. Never rejects. */
  readonly keepWithinBound: () => Promise<void>;
  readonly log: (line: string) => void;
}

/** How soon another window takes over when the one that leads is gone: with the lock's staleness within 15 s. */
const FOLLOW_MS = 4_000;
const TIDY_MS = 86_400_000;
const OFF_MS = 10_000;

/** Records rates while it lives, in one of all windows: the one that holds the lock leads, the others stand by. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #ended = new AbortController();
  #tidied = Number.NEGATIVE_INFINITY;
  #leads = false;
  #isPrepared = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    void this.#run().catch((error) => options.log(`recorder: ${String(error).slice(0, 200)}`));
  }

  /** Whether this window is the one that records. */
  get leads(): boolean {
    return this.#leads;
  }

  dispose(): void {
    this.#ended.abort();
  }

  async #run(): Promise<void> {
    const { intervalMs, log } = this.#options;
    while (!this.#ended.signal.aborted) {
      const lock = intervalMs() === undefined ? undefined : await this.#tryLead();
      if (lock === undefined) {
        await this.#sleep(intervalMs() === undefined ? OFF_MS : FOLLOW_MS);
        continue;
      }
      try {
        await this.#lead(lock);
      } catch (error) {
        log(`recorder: ${String(error).slice(0, 200)}`);
        await this.#sleep(FOLLOW_MS);
      } finally {
        this.#leads = false;
        await lock.release().catch(() => undefined);
      }
    }
  }

  /** Reads and writes until recording is switched off, the lock is lost or the window closes. */
  async #lead(lock: Lock): Promise<void> {
    this.#leads = true;
    await this.#prepare();
    for (;;) {
      const isOff = this.#options.intervalMs() === undefined;
      if (isOff || this.#ended.signal.aborted || !(await lock.isHeld())) return;
      await this.#once(lock);
      if (!(await this.#waits())) return;
    }
  }

  /** Waits for the next reading, in small steps: a changed setting counts from its next step on. False once there is none. */
  async #waits(): Promise<boolean> {
    const { intervalMs, clock } = this.#options;
    const start = clock.monotonic();
    while (!this.#ended.signal.aborted) {
      const interval = intervalMs();
      if (interval === undefined) return false;
      const left = start + Math.max(interval, FOLLOW_MS) - clock.monotonic();
      if (left <= 0) return true;
      await this.#sleep(Math.min(OFF_MS, left));
    }
    return false;
  }

  async #prepare(): Promise<void> {
    const { prepare, folder, clock, log } = this.#options;
    if (prepare === undefined || this.#isPrepared) return;
    this.#isPrepared = true;
    const { signal } = this.#ended;
    await whileWriting(folder, clock, () => prepare({ signal })).catch((error) =>
      log(`recorder: not prepared: ${String(error).slice(0, 200)}`),
    );
  }

  async #once(lock: Lock): Promise<void> {
    const { store, folder, read, clock, onRecorded, keepWithinBound, log } = this.#options;
    let rates: ReadonlyMap<string, Rates>;
    try {
      rates = await read();
    } catch (error) {
      log(`recorder: no rates: ${String(error).slice(0, 200)}`);
      return;
    }
    const isTidied = await whileWriting(folder, clock, async () => {
      if (this.#ended.signal.aborted || !(await lock.isHeld())) return false;
      await store.record(clock.now(), rates);
      onRecorded();
      if (clock.monotonic() - this.#tidied < TIDY_MS) return false;
      this.#tidied = clock.monotonic();
      await store.tidy(clock.now());
      return true;
    });
    if (isTidied) await keepWithinBound();
  }

  async #tryLead(): Promise<Lock | undefined> {
    const { folder, clock, log } = this.#options;
    try {
      return await tryLock(join(folder, 'recorder.lock'), clock);
    } catch (error) {
      log(`recorder: lock: ${String(error).slice(0, 200)}`);
      return undefined;
    }
  }

  async #sleep(ms: number): Promise<void> {
    await this.#options.clock.sleep(ms, this.#ended.signal).catch(() => undefined);
  }
}
