import type { LocalClock } from '../../bybit/local-clock';

/** Those who wait for something to change. */
export class Waiters {
  readonly #clock: LocalClock;
  readonly #ended: AbortSignal;
  readonly #wakes = new Set<() => void>();

  /** With `ended` all waiting ends. */
  constructor(clock: LocalClock, ended: AbortSignal) {
    this.#clock = clock;
    this.#ended = ended;
  }

  /** Ends what is waited for now. */
  wake(): void {
    const waiting = [...this.#wakes];
    this.#wakes.clear();
    for (const wake of waiting) wake();
  }

  /** Resolves with the next change. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#wakes.add(resolve));
  }

  /** Resolves with the next change, after `ms` milliseconds, or when the signal says so. */
  async next(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const stop = new AbortController();
    const end = () => stop.abort();
    signal?.addEventListener('abort', end, { once: true });
    this.#ended.addEventListener('abort', end, { once: true });
    this.#wakes.add(end);
    await this.#clock.sleep(Math.max(ms, 0), stop.signal).catch(() => undefined);
    this.#wakes.delete(end);
    signal?.removeEventListener('abort', end);
    this.#ended.removeEventListener('abort', end);
  }

  /** Resolves with the work, or after `ms` milliseconds without it. Rejects as the work does. */
  async within(ms: number, work: Promise<void>): Promise<void> {
    const stop = new AbortController();
    const patience = this.#clock.sleep(ms, stop.signal).catch(() => undefined);
    await Promise.race([work, patience]);
    stop.abort();
  }
}
