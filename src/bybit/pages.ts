import type { Endpoint } from './endpoint';
import type { Exchange } from './exchange';
import type { PageRequest } from './schema';

/** One answer of a paged list. */
export interface Page<Row> {
  readonly list: readonly Row[];
  readonly nextPageCursor?: string | undefined;
}

/** Pages read of one history at the most, against a cursor that never ends. */
const MOST_PAGES = 200;

/**
 * The rows of a history, newest first, over all its pages. A short page does not end it: an empty page, an empty cursor
 * or one seen before does (API.md §5). Rejects as the calls do.
 */
export async function* rowsOf<Req extends PageRequest, Row>(
  exchange: Exchange,
  endpoint: Endpoint<Req, Page<Row>>,
  request: Req,
  signal?: AbortSignal,
): AsyncGenerator<Row> {
  const seen = new Set<string>();
  let cursor = request.cursor;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const asked = cursor === undefined ? request : { ...request, cursor };
    const { result } = await exchange.call(endpoint, asked, signal === undefined ? {} : { signal });
    yield* result.list;
    cursor = result.nextPageCursor;
    if (result.list.length === 0 || cursor === undefined || seen.has(cursor)) return;
    seen.add(cursor);
  }
}
