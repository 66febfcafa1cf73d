import type { LocalClock } from './local-clock';

/** A round trip after which one sample is good enough: far under the second by which one may not be ahead. */
const GOOD_ROUND_TRIP_MS = 300;
const MOST_SAMPLES = 5;
/** Wall clock and monotonic clock drift apart by this much only when the machine slept or the clock was set. */
const DIVERGENCE_MS = 1500;

/**
 * The server's time from the machine's monotonic clock. A request must not be ahead of the server by a second but may be
 * 5 s late (API.md §2), so an answer's `time` counts as the server's time when it arrived: that is never ahead, and
 * late by one way of the trip at most.
 */
export class ServerClock {
  private offset: number | undefined;
  private divergence = 0;
  private measuring: Promise<void> | undefined;

  constructor(
    private readonly local: LocalClock,
    /** Asks the server for its time: milliseconds. */
    private readonly ask: () => Promise<number>,
  ) {}

  /** Server time in epoch milliseconds; the local clock's before the first measurement. */
  now(): number {
    return this.offset === undefined ? this.local.now() : Math.floor(this.local.monotonic() + this.offset);
  }

  /** Measures before the first signed call, and again after the machine slept or its clock was set. */
  async ensure(): Promise<void> {
    if (this.offset === undefined || Math.abs(this.diverged() - this.divergence) > DIVERGENCE_MS) {
      await this.measure();
    }
  }

  /** Measures anew; callers at the same time share one measurement. Rejects as the question does. */
  measure(): Promise<void> {
    this.measuring ??= this.sample().finally(() => {
      this.measuring = undefined;
    });
    return this.measuring;
  }

  /** Corrects by a signed answer (never cached): the server's `time` lies between sending and receiving. */
  observe(time: number, sentAt: number, receivedAt: number): void {
    if (this.offset === undefined) return;
    this.offset = Math.min(Math.max(this.offset, time - receivedAt), time - sentAt);
  }

  private async sample(): Promise<void> {
    let best: { readonly trip: number; readonly offset: number } | undefined;
    for (let count = 0; count < MOST_SAMPLES; count += 1) {
      const from = this.local.monotonic();
      const time = await this.ask();
      const to = this.local.monotonic();
      if (best === undefined || to - from < best.trip) best = { trip: to - from, offset: time - to };
      if (best.trip <= GOOD_ROUND_TRIP_MS) break;
    }
    this.offset = best?.offset;
    this.divergence = this.diverged();
  }

  private diverged(): number {
    return this.local.now() - this.local.monotonic();
  }
}
