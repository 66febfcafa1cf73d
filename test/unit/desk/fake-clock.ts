import type { LocalClock } from '../../../src/bybit/local-clock';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  wake(): void;
}

/** A clock that stands still until it is moved; {@link FakeClock.run} moves it from sleeper to sleeper. */
export class FakeClock implements LocalClock {
  #time = 0;
  #order = 0;
  #epoch: number;
  readonly #sleepers = new Set<Sleeper>();

  /** Time does not move while `isBusy`: over real sockets, a request that will be answered without its help. */
  constructor(
    epoch = 1_800_000_000_000,
    private readonly isBusy: () => boolean = () => false,
  ) {
    this.#epoch = epoch;
  }

  now(): number {
    return Math.floor(this.#epoch + this.#time);
  }

  monotonic(): number {
    return this.#time;
  }

  /** Sets the wall clock forward or back; the monotonic one does not notice. */
  jump(ms: number): void {
    this.#epoch += ms;
  }

  /** The machine sleeps: time goes on, and whoever should have woken meanwhile wakes late. */
  leap(ms: number): void {
    this.#time += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const sleeper: Sleeper = {
        at: this.#time + Math.max(ms, 0),
        order: this.#order++,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  get sleepers(): number {
    return this.#sleepers.size;
  }

  /** Moves time from sleeper to sleeper until the promise settles. Fails when nobody sleeps and it has not. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const noted = promise.finally(() => {
      settled = true;
    });
    noted.catch(() => undefined);
    for (;;) {
      await quiet(this.isBusy);
      if (settled) return noted;
      const next = this.#first();
      if (next === undefined) throw new Error('Nobody sleeps and the promise does not settle.');
      this.#wakeAt(next);
    }
  }

  /** Lets so much time pass. */
  async pass(ms: number): Promise<void> {
    const end = this.#time + ms;
    for (;;) {
      await quiet(this.isBusy);
      const next = this.#first();
      if (next === undefined || next.at > end) break;
      this.#wakeAt(next);
    }
    this.#time = end;
  }

  #wakeAt(sleeper: Sleeper): void {
    this.#time = Math.max(this.#time, sleeper.at);
    sleeper.wake();
  }

  #first(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (
        first === undefined ||
        sleeper.at < first.at ||
        (sleeper.at === first.at && sleeper.order < first.order)
      ) {
        first = sleeper;
      }
    }
    return first;
  }
}

/** Resolves when nothing is going on but sleeping: no microtask, no file under way, nothing that `isBusy` knows of. */
export async function quiet(isBusy: () => boolean = () => false): Promise<void> {
  for (let idle = 0; idle < 3; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const busy = isBusy() || process.getActiveResourcesInfo().some((name) => /^(FS|Close)/.test(name));
    idle = busy ? 0 : idle + 1;
  }
}
