import { HeldError } from './errors';
import type { LocalClock } from './local-clock';
import { words } from './words';

/** A round trip after which one sample is good enough: far under the second by which one may not be ahead. */
const GOOD_ROUND_TRIP_MS = 300;
const MOST_SAMPLES = 5;
/**
 * Wall clock and monotonic clock drift apart by this much only when the machine slept or the clock was set, and two answers
 * of one server only when it was set or one of them is wrong.
 */
const DIVERGENCE_MS = 1500;
/** A time further from what was expected is believed when a second answer says the same. */
const EXPECTED_MS = 60_000;

/** One answer: how long it took, and the server's time less the monotonic clock's. */
interface Sample {
  readonly trip: number;
  readonly offset: number;
}

/**
 * The server's time from the machine's monotonic clock. A request must not be ahead of the server by a second but may be
 * 5 s late (API.md §2), so an answer's `time` counts as the server's time when it arrived: that is never ahead, and
 * late by one way of the trip at most. No single answer moves it far: a write that is signed for a time to come could be
 * let in until then, so that a lost answer would be unknown as long.
 */
export class ServerClock {
  private offset: number | undefined;
  private divergence = 0;
  /** How long the answer took that the offset is from, ms: it is late by so much at most. */
  private trip = 0;
  /** An answer told another time than was expected. */
  private isDoubted = false;
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

  /**
   * Measures before the first signed call, and again after the machine slept or its clock was set, or an answer told
   * another time.
   */
  async ensure(): Promise<void> {
    if (this.isDue) await this.measure();
  }

  /** Whether it has to be measured before anything is signed. */
  get isDue(): boolean {
    const hasDiverged = Math.abs(this.diverged() - this.divergence) > DIVERGENCE_MS;
    return this.offset === undefined || this.isDoubted || hasDiverged;
  }

  /**
   * Measures anew; callers at the same time share one measurement. Rejects as the question does, and with
   * {@link HeldError} when no two answers agree.
   */
  measure(): Promise<void> {
    this.measuring ??= this.sample().finally(() => {
      this.measuring = undefined;
    });
    return this.measuring;
  }

  /** Corrects by a signed answer (never cached): the server's `time` lies between sending and receiving. */
  observe(time: number, sentAt: number, receivedAt: number): void {
    if (this.offset === undefined) return;
    const corrected = Math.min(Math.max(this.offset, time - receivedAt), time - sentAt);
    if (Math.abs(corrected - this.offset) > DIVERGENCE_MS + this.trip) this.isDoubted = true;
    else this.offset = corrected;
  }

  private async sample(): Promise<void> {
    const samples: Sample[] = [];
    let best: Sample | undefined;
    for (let count = 0; count < MOST_SAMPLES && !isGood(best); count += 1) {
      const from = this.local.monotonic();
      const time = await this.ask();
      const to = this.local.monotonic();
      samples.push({ trip: to - from, offset: time - to });
      best = this.bestOf(samples);
    }
    if (best === undefined) throw disagreement();
    this.offset = best.offset;
    this.trip = best.trip;
    this.divergence = this.diverged();
    this.isDoubted = false;
  }

  /** The quickest of those that can be believed. */
  private bestOf(samples: readonly Sample[]): Sample | undefined {
    return samples
      .filter((one) => this.isExpected(one) || samples.some((other) => other !== one && agree(one, other)))
      .sort((a, b) => a.trip - b.trip)[0];
  }

  /** Near what the last measurement says, by the monotonic or by the wall clock, or near the wall clock without one. */
  private isExpected({ offset }: Sample): boolean {
    const expected =
      this.offset === undefined
        ? [this.diverged()]
        : [this.offset, this.offset - this.divergence + this.diverged()];
    return expected.some((one) => Math.abs(offset - one) <= EXPECTED_MS);
  }

  private diverged(): number {
    return this.local.now() - this.local.monotonic();
  }
}

function isGood(sample: Sample | undefined): boolean {
  return sample !== undefined && sample.trip <= GOOD_ROUND_TRIP_MS;
}

function agree(one: Sample, other: Sample): boolean {
  return Math.abs(one.offset - other.offset) <= DIVERGENCE_MS + Math.max(one.trip, other.trip);
}

function disagreement(): HeldError {
  return new HeldError({
    endpoint: 'getServerTime',
    words: words('The exchange tells times that do not agree, so nothing can be signed.'),
    advice: words('Try again in a moment.'),
  });
}
