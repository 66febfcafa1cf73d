import type { LocalClock } from '../bybit/local-clock';

/** The least interval, whatever a setting says: the exchange's limits are shared by all windows. */
const LEAST_MS = 5_000;

/**
 * Does something again and again while anybody holds it, each time only after the last has ended, also when it was let
 * go and held again meanwhile (a view that is shown and hidden).
 */
export class Poller {
  readonly #clock: LocalClock;
  readonly #intervalMs: () => number;
  readonly #poll: () => Promise<number>;
  #holders = 0;
  #running: AbortController | undefined;
  #last: Promise<void> = Promise.resolve();
  /** Monotonic time at which the last one began. */
  #began = Number.NEGATIVE_INFINITY;
  #disposed = false;

  /** `poll` tells by how many milliseconds the next one is to come sooner. */
  constructor(clock: LocalClock, intervalMs: () => number, poll: () => Promise<number>) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#poll = poll;
  }

  /** Keeps it going; returns the way to let go, which counts once. */
  hold(): () => void {
    this.#holders += 1;
    if (this.#running === undefined && !this.#disposed) {
      this.#running = new AbortController();
      void this.#run(this.#running.signal);
    }
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.#stop();
    };
  }

  dispose(): void {
    this.#disposed = true;
    this.#stop();
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    await this.#last;
    await this.#rest(this.#began + LEAST_MS - this.#clock.monotonic(), signal);
    while (!signal.aborted) {
      this.#began = this.#clock.monotonic();
      const poll = this.#poll().catch(() => 0);
      this.#last = poll.then(() => undefined);
      const ms = this.#intervalMs() - (await poll);
      await this.#rest(Number.isFinite(ms) ? Math.max(ms, LEAST_MS) : LEAST_MS, signal);
    }
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0 && !signal.aborted) await this.#clock.sleep(ms, signal).catch(() => undefined);
  }
}
