import type { CallOptions, Exchange } from '../bybit/exchange';

/**
 * Something that is asked when a person looks at it, beside the snapshot that is kept up to date: quotes of one coin, a
 * limit of one loan. Changes nothing. Rejects as the calls do (`BybitError`).
 */
export type Question<T> = (exchange: Exchange, signal: AbortSignal | undefined) => Promise<T>;

/** The options of a question's calls. */
export function optionsOf(signal: AbortSignal | undefined): CallOptions {
  return signal === undefined ? {} : { signal };
}
