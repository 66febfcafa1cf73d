import type { LocalClock } from './local-clock';
import type { PaceLog } from './pace-log';

/** Where the exchange states no limit (public loan data): far below the one it has for addresses. */
const UNSTATED_PER_SECOND = 10;
/** The server's window is a rolling second; trips of different length push two requests together. */
const MARGIN = 1.1;
/** The exchange bars an address at 600 requests in 5 s (API.md §4); half of that leaves room for other windows. */
const ADDRESS_REQUESTS = 300;
const ADDRESS_WINDOW_MS = 5000;

/** Spaces the requests of one client: a queue for each endpoint, and one budget for the address; windows share a log. */
export class Pacer {
  /** When the next request of an endpoint may leave, monotonic. */
  private readonly free = new Map<string, number>();
  /** Settles when the last one in an endpoint's queue has left or given up. */
  private readonly tails = new Map<string, Promise<unknown>>();
  private recent: number[] = [];

  /** Nothing of an endpoint leaves before that, monotonic. */
  private readonly held = new Map<string, number>();

  constructor(
    private readonly clock: LocalClock,
    private readonly log: PaceLog | undefined,
  ) {}

  /**
   * Resolves when a request of the endpoint may leave. Requests leave in the order they asked. Rejects with the
   * signal's reason when it aborts first; then nobody waits for its place.
   */
  async turn(path: string, perSecond: number | null, signal: AbortSignal): Promise<void> {
    const spacing = (1000 / (perSecond ?? UNSTATED_PER_SECOND)) * MARGIN;
    const before = this.tails.get(path) ?? Promise.resolve();
    const own = this.afterOthers(before, path, spacing, signal);
    const tail = Promise.allSettled([before, own]);
    this.tails.set(path, tail);
    try {
      await own;
    } finally {
      if (this.tails.get(path) === tail) this.tails.delete(path);
    }
  }

  /** Nothing of the endpoint leaves for so long, not even what waits already: the headers or a refusal said so. */
  async hold(path: string, ms: number): Promise<void> {
    const until = this.clock.monotonic() + ms;
    this.held.set(path, Math.max(this.held.get(path) ?? until, until));
    await this.log?.hold(path, ms);
  }

  private async afterOthers(
    others: Promise<unknown>,
    path: string,
    spacing: number,
    signal: AbortSignal,
  ): Promise<void> {
    await orAborted(others, signal);
    await this.until(() => Math.max(this.free.get(path) ?? 0, this.addressFree()), signal);
    const wait = (await this.log?.book(path, spacing)) ?? 0;
    if (wait > 0) await this.clock.sleep(wait, signal);
    await this.until(() => this.held.get(path) ?? 0, signal);
    const now = this.clock.monotonic();
    this.free.set(path, now + spacing);
    this.recent.push(now);
  }

  /** Waits for a time that may move on meanwhile. */
  private async until(time: () => number, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const rest = time() - this.clock.monotonic();
      if (rest <= 0) return;
      await this.clock.sleep(rest, signal);
    }
  }

  private addressFree(): number {
    const now = this.clock.monotonic();
    this.recent = this.recent.filter((at) => at > now - ADDRESS_WINDOW_MS);
    const first = this.recent[this.recent.length - ADDRESS_REQUESTS];
    return first === undefined ? 0 : first + ADDRESS_WINDOW_MS;
  }
}

/** Waits for what never rejects, or rejects with the signal's reason. */
async function orAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
