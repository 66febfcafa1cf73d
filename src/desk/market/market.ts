import { BybitError } from '../../bybit/errors';
import type { LocalClock } from '../../bybit/local-clock';
import { plain } from '../../bybit/words';
import type { Part } from '../snapshot';
import { failureOf } from '../store';
import type { Reads } from '../windows/reads';
import type { Topic } from './topic';

export interface MarketOptions {
  readonly reads: Reads;
  readonly clock: LocalClock;
  /** Called after every change of a part. */
  readonly onChange: () => void;
  readonly log: (line: string) => void;
}

const EMPTY = { value: undefined, readAt: undefined, failure: undefined, loading: false } as const;
/** Parts that nobody watches are let go beyond this many, the oldest first. */
const MOST_KEPT = 200;

interface Flight {
  readonly done: Promise<void>;
  readonly stop: AbortController;
  /** Whether it asks the exchange itself, rather than take what another window has read a while ago. */
  readonly isFresh: boolean;
}

interface Watch {
  readonly topic: Topic<unknown>;
  count: number;
}

/**
 * What is known of the public market beyond the snapshot, topic by topic, each with its age and its failure. A topic is
 * read when it is first watched, and again with every poll once it has outlived its life.
 */
export class Market {
  readonly #options: MarketOptions;
  readonly #parts = new Map<string, Part<unknown>>();
  readonly #flights = new Map<string, Flight>();
  readonly #watches = new Map<string, Watch>();
  #disposed = false;

  constructor(options: MarketOptions) {
    this.#options = options;
  }

  /** What is known of a topic; never reads. */
  part<T>(topic: Topic<T>): Part<T> {
    // A key stands for one topic, so what is kept under it came out of the same `read`.
    return (this.#parts.get(topic.key) as Part<T> | undefined) ?? EMPTY;
  }

  /** Reads the topic now unless it is fresh, and again while anybody polls; returns the way to let go. */
  watch(topic: Topic<unknown>): () => void {
    const watch = this.#watches.get(topic.key) ?? { topic, count: 0 };
    watch.count += 1;
    this.#watches.set(topic.key, watch);
    if (this.#isDue(topic)) void this.#fly(topic, false);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      watch.count -= 1;
      if (watch.count > 0) return;
      this.#watches.delete(topic.key);
      this.#flights.get(topic.key)?.stop.abort();
    };
  }

  /** Reads a topic now, from the exchange; a flight under way is joined. Never rejects: the failure is in the part. */
  refresh(topic: Topic<unknown>): Promise<void> {
    return this.#fly(topic, true);
  }

  /** Reads what is watched and has outlived its life; what takes long is only begun. */
  async readDue(): Promise<void> {
    const due = [...this.#watches.values()].map(({ topic }) => topic).filter((topic) => this.#isDue(topic));
    await Promise.all(
      due.map(async (topic) => {
        const done = this.#fly(topic, false);
        if (topic.isLong !== true) await done;
      }),
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#watches.clear();
    for (const { stop } of this.#flights.values()) stop.abort();
  }

  #fly(topic: Topic<unknown>, isFresh: boolean): Promise<void> {
    const under = this.#flights.get(topic.key);
    if (under?.stop.signal.aborted === true) return under.done.then(() => this.#flyIfDue(topic, isFresh));
    if (under !== undefined) {
      return isFresh && !under.isFresh ? under.done.then(() => this.#fly(topic, isFresh)) : under.done;
    }
    const stop = new AbortController();
    const done = this.#load(topic, stop.signal, isFresh).finally(() => this.#flights.delete(topic.key));
    this.#flights.set(topic.key, { done, stop, isFresh: isFresh || !this.#options.reads.isShared });
    return done;
  }

  /** After one that gave up, or came to its end all the same. */
  async #flyIfDue(topic: Topic<unknown>, isFresh: boolean): Promise<void> {
    if (!this.#disposed && this.#isDue(topic)) await this.#fly(topic, isFresh);
  }

  #isDue(topic: Topic<unknown>): boolean {
    const { readAt, failure } = this.part(topic);
    if (readAt === undefined || failure !== undefined) return true;
    return Math.abs(this.#options.clock.now() - readAt) >= topic.life;
  }

  async #load(topic: Topic<unknown>, signal: AbortSignal, isFresh: boolean): Promise<void> {
    const { reads, clock, log } = this.#options;
    this.#put(topic, { loading: true });
    try {
      const { key: name, life, isLong = false } = topic;
      const { value, readAt } = await reads.through(
        { name, life, isLong, isFresh, signal },
        (exchange, now) =>
          topic.read(exchange, {
            before: this.part(topic).value,
            signal,
            now,
            tell: (told) => this.#put(topic, { value: told }),
          }),
      );
      this.#put(topic, { value, readAt, failure: undefined, loading: false });
    } catch (error) {
      if (signal.aborted) {
        this.#put(topic, { loading: false });
        return;
      }
      const failure = failureOf(error, clock.now());
      log(`read ${topic.key}: ${plain(failure.words)} ${failure.code ?? ''}`.trimEnd());
      if (!(error instanceof BybitError)) log(`read ${topic.key}: ${String(error).slice(0, 300)}`);
      this.#put(topic, { failure, loading: false });
    }
  }

  #put(topic: Topic<unknown>, change: Partial<Part<unknown>>): void {
    if (this.#disposed) return;
    const before = this.part(topic);
    // Put anew at the end, so that the first in the map is the one that was read longest ago.
    this.#parts.delete(topic.key);
    this.#parts.set(topic.key, { ...before, ...change });
    this.#letGo();
    this.#options.onChange();
  }

  #letGo(): void {
    for (const key of this.#parts.keys()) {
      if (this.#parts.size <= MOST_KEPT) return;
      if (!this.#watches.has(key) && !this.#flights.has(key)) this.#parts.delete(key);
    }
  }
}

/** What surfaces use of it. */
export type MarketReads = Pick<Market, 'part' | 'watch' | 'refresh'>;
