import { BybitError } from '../../bybit/errors';
import type { Words } from '../../bybit/words';
import type { Question } from '../question';
import type { AccountRecord } from './record';
import type { RecordPage, RecordSource } from './source';

/** A history that could not be read: what stands in it is missing. */
export interface RecordFailure {
  readonly source: string;
  readonly name: Words;
  readonly error: BybitError;
}

/** A record with the history it stands in. */
export interface FoundRecord extends AccountRecord {
  /** Unique among all that was read. */
  readonly key: string;
}

export interface RecordReaderOptions {
  readonly sources: readonly RecordSource[];
  /** Asks the exchange; rejects with what its calls reject with. */
  ask<T>(question: Question<T>, signal?: AbortSignal): Promise<T>;
  /** BCP 47. */
  readonly locale: string;
}

/** Pages read of one history at the most, against cursors without end. */
const MOST_PAGES = 500;

class Shelf {
  readonly source: RecordSource;
  cursor: string | undefined;
  readonly seen = new Set<string>();
  pages = 0;
  isEnded = false;
  /** The oldest time read so far: below it more may come. */
  oldest = Number.POSITIVE_INFINITY;
  failure: BybitError | undefined;

  constructor(source: RecordSource) {
    this.source = source;
  }

  take({ records, next }: RecordPage): void {
    this.failure = undefined;
    this.pages += 1;
    for (const { time } of records) this.oldest = Math.min(this.oldest, time);
    this.isEnded = next === undefined || this.seen.has(next) || this.pages >= MOST_PAGES;
    if (next !== undefined) this.seen.add(next);
    this.cursor = next;
  }
}

/**
 * What happened on an account, newest first, out of many histories that are read page by page. Records appear once every
 * history has been read as far back as they are, so that nothing turns up later above what was shown.
 */
export class RecordReader {
  readonly #options: RecordReaderOptions;
  readonly #shelves: readonly Shelf[];
  readonly #records = new Map<string, FoundRecord>();
  #sorted: readonly FoundRecord[] | undefined;

  constructor(options: RecordReaderOptions) {
    this.#options = options;
    this.#shelves = options.sources.map((source) => new Shelf(source));
  }

  /** Complete down to its last row, but for the histories among {@link failures}. */
  get records(): readonly FoundRecord[] {
    const reached = this.#reached;
    this.#sorted ??= [...this.#records.values()].sort(newestFirst);
    return this.#sorted.filter(({ time }) => time >= reached);
  }

  get failures(): readonly RecordFailure[] {
    return this.#shelves.flatMap(({ source, failure }) =>
      failure === undefined ? [] : [{ source: source.id, name: source.name, error: failure }],
    );
  }

  /** Whether every history was read to its end. */
  get isComplete(): boolean {
    return this.#shelves.every(({ isEnded }) => isEnded);
  }

  /**
   * Reads on: the first page of what was not read yet, a failed one again, and of the others those that hold the rest
   * back. Never rejects for what the exchange or the network does: that is in {@link failures}.
   */
  async more(signal?: AbortSignal): Promise<void> {
    const reached = this.#reached;
    const due = this.#shelves.filter(
      (shelf) =>
        !shelf.isEnded && (shelf.pages === 0 || shelf.failure !== undefined || shelf.oldest >= reached),
    );
    await Promise.all(due.map((shelf) => this.#read(shelf, signal)));
    this.#sorted = undefined;
  }

  async #read(shelf: Shelf, signal: AbortSignal | undefined): Promise<void> {
    const { ask, locale } = this.#options;
    try {
      const page = await ask(
        (exchange, own) => shelf.source.read({ exchange, locale, signal: own }, shelf.cursor),
        signal,
      );
      for (const record of page.records) {
        const key = `${shelf.source.id}:${record.id}`;
        this.#records.set(key, { ...record, key });
      }
      shelf.take(page);
    } catch (error) {
      if (!(error instanceof BybitError)) throw error;
      shelf.failure = error;
    }
  }

  /** The moment down to which every history that can be read was read; -Infinity when all ended. */
  get #reached(): number {
    const open = this.#shelves.filter(({ isEnded, failure }) => !isEnded && failure === undefined);
    return Math.max(Number.NEGATIVE_INFINITY, ...open.map(({ oldest }) => oldest));
  }
}

function newestFirst(a: AccountRecord, b: AccountRecord): number {
  if (a.time !== b.time) return b.time - a.time;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
