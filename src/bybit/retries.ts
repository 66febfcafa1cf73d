/** Tries of one read, the first included. */
export const MOST_TRIES = 3;
/** Tries of a call that was cleanly refused for its rate (10006). */
export const MOST_RATE_TRIES = 4;
/**
 * A refusal for the time is clean: the server's clock is measured anew and the call sent again. Twice, in case a clock steps while
 * the first measurement is under way.
 */
export const MOST_MEASUREMENTS = 2;

const CAPACITY = 10;
const REFUND = 0.1;

/** Repeats that reads may still make: a long outage must not multiply the requests (promises.md, row 3). */
export class RetryBudget {
  private left = CAPACITY;

  /** Takes one repeat if there is one. */
  take(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  /** A call that went well earns a part of a repeat. */
  earn(): void {
    this.left = Math.min(CAPACITY, this.left + REFUND);
  }
}

/** Milliseconds before try `next` (2, 3 …): doubling from half a second, between half and all of it. */
export function backoff(next: number, random: () => number): number {
  const full = 500 * 2 ** (next - 2);
  return full * (0.5 + random() / 2);
}
