import type { Endpoint } from './endpoint';
import { UnreadableError } from './errors';
import type { Exchange } from './exchange';
import type { PageRequest } from './schema';
import { words } from './words';

/** One answer of a paged list. */
export interface Page<Row> {
  readonly list: readonly Row[];
  readonly nextPageCursor?: string | undefined;
}

/** Pages read of one history at the most, against a cursor that never ends. */
const MOST_PAGES = 200;

/**
 * The rows of a list, newest first, over all its pages, each once: what moves on while pages are read comes again on the
 * next one. A short page does not end it: an empty page or cursor, a cursor seen before, or a page without anything new
 * does (API.md §5). Rejects as the calls do, and with {@link UnreadableError} rather than leave rows out of a list
 * without end.
 */
export async function* rowsOf<Req extends PageRequest, Row>(
  exchange: Exchange,
  endpoint: Endpoint<Req, Page<Row>>,
  request: Req,
  signal?: AbortSignal,
): AsyncGenerator<Row> {
  const seen = new Set<string>();
  const known = new Set<string>();
  let cursor = request.cursor;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const asked = cursor === undefined ? request : { ...request, cursor };
    const { result } = await exchange.call(endpoint, asked, signal === undefined ? {} : { signal });
    const before = known.size;
    for (const row of result.list) {
      // Rows have ids: what is the same to the letter is the same.
      const text = JSON.stringify(row);
      if (known.has(text)) continue;
      known.add(text);
      yield row;
    }
    cursor = result.nextPageCursor;
    if (known.size === before || cursor === undefined || seen.has(cursor)) return;
    seen.add(cursor);
  }
  throw new UnreadableError({
    endpoint: endpoint.id,
    effect: 'none',
    field: 'result.nextPageCursor',
    words: words('The list has more than {0} pages and was not read to its end.', String(MOST_PAGES)),
  });
}
