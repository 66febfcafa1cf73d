import type { Term } from '../../bybit/common';
import {
  getFixedAvailableInventory,
  getFixedBorrowingMarket,
  getFixedLendingMarket,
} from '../../bybit/fixed-market';
import type { Params } from '../exchange/params';
import type { Call, Reply, Route } from '../exchange/route';
import { fixedInventory, type QuoteOrder, quotesOf } from '../ledger/fixed/quotes';
import { isTerm } from '../ledger/fixed/rules';
import { refuse } from '../ledger/refusal';
import { coinOf } from '../ledger/world';
import type { Side } from '../market/book';

const ORDERS: readonly QuoteOrder[] = ['apy', 'term', 'quantity'];

/** A term in days that is quoted, 60 among them (API.md §12); undefined when left out. */
export function termFilter(params: Params): Term | undefined {
  const text = params.optional('term');
  if (text === undefined) return undefined;
  return isTerm(text) ? text : refuse(148015, text.slice(0, 40));
}

function sortingOf(params: Params): { readonly by: QuoteOrder; readonly descending: boolean } {
  const text = params.text('orderBy');
  const by = ORDERS.find((one) => one === text) ?? refuse(10001, 'orderBy');
  const sort = params.optional('sort') ?? '0';
  return sort === '0' || sort === '1' ? { by, descending: sort === '1' } : refuse(10001, 'sort');
}

function quotes({ world, state, params }: Call, side: Side): Reply {
  const coin = coinOf(world, params.text('orderCurrency'));
  const sorting = sortingOf(params);
  const limit = params.limit();
  const list = quotesOf(world, state, { coin, side, term: termFilter(params) }, sorting)
    .slice(0, limit)
    .map((quote) => ({
      annualRate: quote.rate,
      orderCurrency: coin.name,
      qty: quote.amount,
      term: Number(quote.term),
    }));
  return { result: { list } };
}

/** The public market of fixed loans (API.md §13 point 14): each side is shown what the other one wants. */
export const fixedMarketRoutes: readonly Route[] = [
  { endpoint: getFixedBorrowingMarket, spotTrade: false, handle: (call) => quotes(call, 'supply') },
  { endpoint: getFixedLendingMarket, spotTrade: false, handle: (call) => quotes(call, 'borrow') },
  {
    endpoint: getFixedAvailableInventory,
    spotTrade: true,
    handle({ world, state, params }) {
      const coin = coinOf(world, params.text('currency'));
      const term = termFilter(params) ?? refuse(10001, 'term');
      const rate = params.amount('annualRate');
      return {
        retMsg: 'OK',
        result: {
          currency: coin.name,
          term,
          annualRate: rate,
          availableInventory: fixedInventory(world, state, { coin, term, rate }),
          updateTime: String(Math.floor(state.time / 1000)),
        },
      };
    },
  },
];
