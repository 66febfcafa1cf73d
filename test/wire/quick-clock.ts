import type { LocalClock } from '../../src/bybit/local-clock';

/** A clock that runs `factor` times as fast as the real one: for suites over real sockets, where a clock cannot stand still. */
export class QuickClock implements LocalClock {
  readonly #from = performance.now();
  readonly #factor: number;
  readonly #epoch: number;
  #jumped = 0;

  constructor(factor: number, epoch = Date.now()) {
    this.#factor = factor;
    this.#epoch = epoch;
  }

  monotonic(): number {
    return (performance.now() - this.#from) * this.#factor;
  }

  now(): number {
    return Math.floor(this.#epoch + this.monotonic() + this.#jumped);
  }

  /** Sets the wall clock forward or back. */
  jump(ms: number): void {
    this.#jumped += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms / this.#factor);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
