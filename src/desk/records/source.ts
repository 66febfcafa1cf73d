import type { Endpoint } from '../../bybit/endpoint';
import { BybitError } from '../../bybit/errors';
import type { Exchange } from '../../bybit/exchange';
import type { Page } from '../../bybit/pages';
import type { PageRequest } from '../../bybit/schema';
import type { Words } from '../../bybit/words';
import { isNotOffered } from '../parts/absence';
import { optionsOf } from '../question';
import type { AccountRecord } from './record';

/** A stretch of a history: what stands in it, and where the next one begins; undefined when there is none. */
export interface RecordPage {
  readonly records: readonly AccountRecord[];
  readonly next: string | undefined;
}

/** One history of the exchange. */
export interface RecordSource {
  readonly id: string;
  readonly name: Words;
  /** Reads the page at a cursor, or the first. Rejects as the calls do; a host without that system has an empty one. */
  read(reading: Reading, cursor: string | undefined): Promise<RecordPage>;
}

export interface Reading {
  readonly exchange: Exchange;
  /** BCP 47, for the numbers in sentences. */
  readonly locale: string;
  readonly signal: AbortSignal | undefined;
}

/** The largest page: the fewest calls. */
const LIMIT = '100';
const EMPTY: RecordPage = { records: [], next: undefined };

/** A history with cursors. An empty page ends it; a short one does not (API.md §5). */
export function pagedSource<Req extends PageRequest, Row>(
  id: string,
  name: Words,
  endpoint: Endpoint<Req, Page<Row>>,
  recordOf: (row: Row, locale: string) => AccountRecord,
): RecordSource {
  return {
    id,
    name,
    read: ({ exchange, locale, signal }, cursor) =>
      orEmpty(isNotOffered, async () => {
        const request = { limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) } as Req;
        const { result } = await exchange.call(endpoint, request, optionsOf(signal));
        const next =
          result.list.length === 0 || result.nextPageCursor === '' ? undefined : result.nextPageCursor;
        return { records: result.list.map((row) => recordOf(row, locale)), next };
      }),
  };
}

/** What `read` gives, or nothing where the error says that there is no such history. */
export async function orEmpty(
  isAbsence: (error: BybitError) => boolean,
  read: () => Promise<RecordPage>,
): Promise<RecordPage> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BybitError && isAbsence(error)) return EMPTY;
    throw error;
  }
}
