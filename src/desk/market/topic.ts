import type { Exchange } from '../../bybit/exchange';

/** What a reading goes by. */
export interface Reading<T> {
  /** What is known of it so far, of an earlier reading or told by one that did not come to its end. */
  readonly before: T | undefined;
  /** Aborted when nobody watches any more: a long reading gives up then, with any error. */
  readonly signal: AbortSignal;
  /** Local epoch milliseconds. */
  now(): number;
  /** Shows what is known so far while the rest is still read; it stays when the reading fails. */
  tell(value: T): void;
}

/** One thing that can be read of the public market, beside the snapshot: what it is called, and how it is read. */
export interface Topic<T> {
  /** Names the topic and all it depends on. */
  readonly key: string;
  /** Milliseconds after which polling reads it again. */
  readonly life: number;
  /** It takes many requests: nobody who polls waits for its end. */
  readonly isLong?: true;
  /** Rejects with a `BybitError`. */
  read(exchange: Exchange, reading: Reading<T>): Promise<T>;
}
