import { TERMS, type Term } from '../../bybit/common';
import type { Decimal } from '../../bybit/decimal';
import { RefusalError } from '../../bybit/errors';
import type { Exchange } from '../../bybit/exchange';
import {
  type FixedQuote,
  getFixedAvailableInventory,
  getFixedBorrowingMarket,
  getFixedLendingMarket,
  type QuoteRequest,
} from '../../bybit/fixed-market';
import { type OrderBook, orderBookOf, type Side } from '../fixed/order-book';
import { optionsOf, type Question } from '../question';

/** The most rows of one call; there is no second page, so the best are asked for. */
const MOST_ROWS = 100;

/** The coin or its term is not traded, or the exchange does not take its name: nobody waits there. */
const NO_MARKET: ReadonlySet<number> = new Set([10001, 148014, 148015]);

/** Whether the exchange says that there is no fixed market of what was asked for. */
export function isNoMarket(error: unknown): boolean {
  return error instanceof RefusalError && NO_MARKET.has(error.retCode);
}

/**
 * The order books of a coin, by term, on one side. Where one answer cannot hold all of it, every term is asked for alone, so
 * that more is seen. Terms that are known to have no order are left out.
 */
export function orderBooks(coin: string, side: Side): Question<ReadonlyMap<Term, OrderBook>> {
  return async (exchange, signal) => {
    const list = await quotes(exchange, side, { orderCurrency: coin }, signal);
    const books: OrderBook[] = [];
    for (const term of TERMS) {
      const own = isFull(list)
        ? await quotesOf(exchange, side, { orderCurrency: coin, term }, signal)
        : undefined;
      books.push(bookOf(own ?? list, coin, term, side));
    }
    return mapOf(books);
  };
}

/** Undefined where the exchange refuses the question: it shows 60 days, and may not take them (API.md §12). */
async function quotesOf(...question: Parameters<typeof quotes>): Promise<readonly FixedQuote[] | undefined> {
  return await quotes(...question).catch((error: unknown) => {
    if (error instanceof RefusalError) return undefined;
    throw error;
  });
}

/** An answer that is full may have left out worse orders, of any term that it was asked for. */
function isFull(list: readonly FixedQuote[]): boolean {
  return list.length >= MOST_ROWS;
}

function bookOf(list: readonly FixedQuote[], coin: string, term: Term, side: Side): OrderBook {
  return orderBookOf(list, { coin, term, side }, isFull(list));
}

function mapOf(books: readonly OrderBook[]): ReadonlyMap<Term, OrderBook> {
  const told = books.filter(({ levels, isCut }) => levels.length > 0 || isCut === true);
  return new Map(told.map((book) => [book.term, book]));
}

/**
 * One order book, asked for its term alone, so that more of it is seen; where the exchange does not take that question, what
 * one answer for all terms shows of it.
 */
export function orderBook(coin: string, term: Term, side: Side): Question<OrderBook> {
  return async (exchange, signal) => {
    const own = await quotesOf(exchange, side, { orderCurrency: coin, term }, signal);
    return bookOf(own ?? (await quotes(exchange, side, { orderCurrency: coin }, signal)), coin, term, side);
  };
}

async function quotes(
  exchange: Exchange,
  side: Side,
  wanted: Pick<QuoteRequest, 'orderCurrency' | 'term'>,
  signal: AbortSignal | undefined,
): Promise<readonly FixedQuote[]> {
  const [market, sort] =
    side === 'offers' ? [getFixedBorrowingMarket, 0 as const] : [getFixedLendingMarket, 1 as const];
  const request = { ...wanted, orderBy: 'apy', sort, limit: MOST_ROWS } as const;
  return (await exchange.call(market, request, optionsOf(signal))).result.list;
}

/** What may be borrowed of a coin at a term and rate now, by the market's offers and the account's rest; in the coin. */
export function fixedInventory(coin: string, term: Term, annualRate: Decimal): Question<Decimal> {
  return async (exchange, signal) => {
    const request = { currency: coin, term, annualRate };
    return (await exchange.call(getFixedAvailableInventory, request, optionsOf(signal))).result
      .availableInventory;
  };
}
