import { TERMS, type Term } from '../../../bybit/common';
import { add, compare, type Decimal, min, round, ZERO } from '../../../bybit/decimal';
import type { Shelf, Side } from '../../market/book';
import type { Coin } from '../../market/coin';
import { roomOf } from '../guards';
import type { State } from '../state';
import type { World } from '../world';
import { levelsOf, offersOf, ownOrders, suits } from './offers';

/** One line of the public market: what is offered or asked for at a rate. */
export interface Quote {
  readonly term: Term;
  readonly rate: Decimal;
  readonly amount: Decimal;
}

export type QuoteOrder = 'apy' | 'term' | 'quantity';

const BY: Readonly<Record<QuoteOrder, (a: Quote, b: Quote) => number>> = {
  apy: (a, b) => compare(a.rate, b.rate),
  term: (a, b) => Number(a.term) - Number(b.term),
  quantity: (a, b) => compare(a.amount, b.amount),
};

/** Open orders of a side added up by term and rate; equal ones by term, then by rate, ascending. */
export function quotesOf(
  world: World,
  state: State,
  market: { readonly coin: Coin; readonly side: Side; readonly term: Term | undefined },
  sorting: { readonly by: QuoteOrder; readonly descending: boolean },
): readonly Quote[] {
  const terms = market.term === undefined ? TERMS : [market.term];
  const quotes = terms.flatMap((term) =>
    levelsOf(world, state, { coin: market.coin, term, side: market.side })
      .map((level) => ({ term, ...level }))
      .sort(BY.apy),
  );
  const sign = sorting.descending ? -1 : 1;
  return quotes.sort((a, b) => sign * BY[sorting.by](a, b));
}

/** Lowest rate at which a coin is supplied for a term; undefined when nobody does (API.md §13 point 14). */
export function lowestSupply(world: World, state: State, coin: Coin, term: Term): Decimal | undefined {
  const shelf: Shelf = { coin, term, side: 'supply' };
  const rates = [...offersOf(world, state, shelf), ...ownOrders(state.fixed.supplyOrders, shelf)].map(
    (one) => one.rate,
  );
  const [first, ...rest] = rates;
  return first === undefined ? undefined : min(first, ...rest);
}

/**
 * What can be borrowed at a term and rate now: open supply at or below the rate, at most what the account may still
 * borrow, rounded down to what an order may have.
 */
export function fixedInventory(
  world: World,
  state: State,
  { coin, term, rate }: { readonly coin: Coin; readonly term: Term; readonly rate: Decimal },
): Decimal {
  const levels = levelsOf(world, state, { coin, term, side: 'supply' });
  const open = add(
    ZERO,
    ...levels.filter((level) => suits('supply', level.rate, rate)).map((level) => level.amount),
  );
  const room = roomOf(world, state, coin);
  return round(min(open, room.personal, room.platform), coin.fixedPlaces, 'down');
}
