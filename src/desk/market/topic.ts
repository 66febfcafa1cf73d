import type { Exchange } from '../../bybit/exchange';

/** One thing that can be read of the public market, beside the snapshot: what it is called, and how it is read. */
export interface Topic<T> {
  /** Names the topic and all it depends on. */
  readonly key: string;
  /** Milliseconds after which polling reads it again. */
  readonly life: number;
  /** Rejects with a `BybitError`. */
  read(exchange: Exchange): Promise<T>;
}
