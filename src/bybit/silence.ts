import type { LocalClock } from './local-clock';
import type { PaceLog } from './pace-log';

/** How long the exchange bars an address that asked too often (API.md §4), and a second for the way. */
export const SILENCE_MS = 10 * 60_000 + 1_000;

const silences = new WeakMap<LocalClock, Map<string, number>>();

/**
 * Hosts that answered 403: nothing is sent to them until the time is over, by whichever client of this process, nor by
 * one that shares its log. Kept by clock, since the times are that clock's.
 */
export class Silence {
  private readonly until: Map<string, number>;

  constructor(
    private readonly clock: LocalClock,
    private readonly host: string,
    private readonly log: PaceLog | undefined,
  ) {
    const known = silences.get(clock) ?? new Map<string, number>();
    silences.set(clock, known);
    this.until = known;
  }

  async begin(): Promise<void> {
    this.until.set(this.host, this.clock.monotonic() + SILENCE_MS);
    await this.log?.silence(this.clock.now() + SILENCE_MS);
  }

  /** Milliseconds left as far as this process knows; 0 when calls may leave. */
  ownLeft(): number {
    return Math.max(0, (this.until.get(this.host) ?? 0) - this.clock.monotonic());
  }

  /** Milliseconds left, for whatever window it began in. */
  async left(): Promise<number> {
    const own = this.ownLeft();
    if (own > 0 || this.log === undefined) return own;
    const others = (await this.log.silentUntil()) - this.clock.now();
    // A time farther off than any silence was written under another clock.
    return others > 0 && others <= SILENCE_MS ? others : 0;
  }
}
