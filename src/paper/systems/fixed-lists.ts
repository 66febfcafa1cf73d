import { type HistoryRow, pageOf, visibleRows } from '../exchange/paging';
import type { Params } from '../exchange/params';
import type { Reply } from '../exchange/route';
import type { Order } from '../ledger/fixed/state';
import { refuse } from '../ledger/refusal';
import type { State } from '../ledger/state';
import { termFilter } from './fixed-market';

interface ListRequest<Row> {
  readonly state: State;
  readonly params: Params;
  readonly rows: readonly Row[];
  /** The parameter with the id of a row, and the one with its coin. */
  readonly idName: string;
  readonly coinName: string;
  readonly wanted?: (row: Row) => boolean;
  readonly show: (row: Row) => Record<string, unknown>;
}

/** One page of a list of the fixed system, newest first (API.md §5). */
export function listReply<Row extends HistoryRow & { readonly coin: string }>({
  state,
  params,
  rows,
  idName,
  coinName,
  wanted = () => true,
  show,
}: ListRequest<Row>): Reply {
  const coin = params.optional(coinName);
  const until = state.time - state.habits.historyLagMs;
  const matching = visibleRows(rows, params.optional(idName), until).filter(
    (row) => (coin === undefined || row.coin === coin) && wanted(row),
  );
  const page = pageOf(matching, params.page());
  return { result: { list: page.rows.map(show), nextPageCursor: page.nextPageCursor } };
}

/** Whether a row has the term asked for. */
export function hasTerm(params: Params): (row: { readonly term: string }) => boolean {
  const term = termFilter(params);
  return (row) => term === undefined || row.term === term;
}

/** Whether an order has the state asked for; 5 is no filter (API.md §10). */
export function hasState(params: Params): (order: Order) => boolean {
  const state = params.optional('state');
  if (state !== undefined && !/^[1-4]$/.test(state)) refuse(10001, 'state');
  return (order) => state === undefined || String(order.state) === state;
}

/** Whether a row belongs to the order asked for. */
export function hasOrder(params: Params): (row: { readonly orderId: number }) => boolean {
  const id = params.optional('orderId');
  return (row) => id === undefined || String(row.orderId) === id;
}

/** What both kinds of orders show; the id is a number here (API.md §6). */
export function orderRow(order: Order): Record<string, unknown> {
  return {
    annualRate: order.rate,
    filledQty: order.filled,
    orderCurrency: order.coin,
    orderId: order.id,
    orderQty: order.amount,
    orderTime: String(order.time),
    state: order.state,
    term: Number(order.term),
  };
}
