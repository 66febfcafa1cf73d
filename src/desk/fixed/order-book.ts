import type { Term } from '../../bybit/common';
import { add, compare, type Decimal, div, gt, min, mul, sub, ZERO } from '../../bybit/decimal';
import type { FixedQuote } from '../../bybit/fixed-market';

/** Which side of the market the orders are on: those of lenders, which a borrower takes, or those of borrowers. */
export type Side = 'offers' | 'demand';

/** All that waits at one rate. */
export interface Level {
  /** Annual fraction. */
  readonly annualRate: Decimal;
  /** In the coin. */
  readonly amount: Decimal;
}

/** What waits on one side for one coin and term, the best first: the lowest offer, the highest demand. */
export interface OrderBook {
  readonly coin: string;
  readonly term: Term;
  readonly side: Side;
  readonly levels: readonly Level[];
  /** The exchange may hold more than it told, behind the last level. */
  readonly isCut?: true;
}

/** The quotes of a coin and term as an order book; those of other coins and terms are left out. `isCut` as in the book. */
export function orderBookOf(
  quotes: readonly FixedQuote[],
  { coin, term, side }: Pick<OrderBook, 'coin' | 'term' | 'side'>,
  isCut = false,
): OrderBook {
  const amounts = new Map<Decimal, Decimal>();
  for (const { orderCurrency, term: days, annualRate, qty } of quotes) {
    if (orderCurrency !== coin || String(days) !== term || !gt(qty, ZERO)) continue;
    amounts.set(annualRate, add(amounts.get(annualRate) ?? ZERO, qty));
  }
  const sign = side === 'offers' ? 1 : -1;
  const levels = [...amounts]
    .map(([annualRate, amount]) => ({ annualRate, amount }))
    .sort((a, b) => sign * compare(a.annualRate, b.annualRate));
  return { coin, term, side, levels, ...(isCut && { isCut }) };
}

/** What of an order would be filled at once. Amounts are in the coin. */
export interface Fill {
  readonly filled: Decimal;
  /** What would wait. */
  readonly rest: Decimal;
  /** What is taken at each rate, the best first. */
  readonly levels: readonly Level[];
  /** Rate by amount, at 18 decimals, nearest; undefined when nothing is filled. */
  readonly averageRate: Decimal | undefined;
  /** The worst rate that is touched. */
  readonly clearingRate: Decimal | undefined;
}

const RATE_PLACES = 18;

/** What an order fills of a book at once, at its own rate or better; at any rate when it names none. */
export function fillAtOnce(
  book: Pick<OrderBook, 'side' | 'levels'>,
  amount: Decimal,
  limitRate?: Decimal,
): Fill {
  const levels: Level[] = [];
  let rest = amount;
  for (const level of book.levels) {
    if (!gt(rest, ZERO) || !reaches(book.side, level.annualRate, limitRate)) break;
    const taken = min(rest, level.amount);
    levels.push({ annualRate: level.annualRate, amount: taken });
    rest = sub(rest, taken);
  }
  const filled = sub(amount, rest);
  const weighted = add(...levels.map((level) => mul(level.annualRate, level.amount)));
  return {
    filled,
    rest,
    levels,
    averageRate: gt(filled, ZERO) ? div(weighted, filled, RATE_PLACES) : undefined,
    clearingRate: levels.at(-1)?.annualRate,
  };
}

function reaches(side: Side, rate: Decimal, limit: Decimal | undefined): boolean {
  if (limit === undefined) return true;
  return side === 'offers' ? !gt(rate, limit) : !gt(limit, rate);
}
