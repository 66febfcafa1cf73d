import type { Endpoint } from '../../bybit/endpoint';
import type { Exchange } from '../../bybit/exchange';
import { type Page, rowsOf } from '../../bybit/pages';
import type { PageRequest } from '../../bybit/schema';

/** The largest page: the fewest calls. */
const LARGEST_PAGE = '100';

/** All rows of a paged list, in its order. */
export async function allRows<Req extends PageRequest, Row>(
  exchange: Exchange,
  endpoint: Endpoint<Req, Page<Row>>,
  request: Req,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of rowsOf(exchange, endpoint, { ...request, limit: LARGEST_PAGE })) rows.push(row);
  return rows;
}
