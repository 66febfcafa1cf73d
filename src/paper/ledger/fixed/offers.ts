import { add, type Decimal, gt, gte, lte, sub, ZERO } from '../../../bybit/decimal';
import { better, type Offer, type Shelf, type Side } from '../../market/book';
import type { State } from '../state';
import type { World } from '../world';
import { withFixed } from './contracts';
import { isWaiting } from './rules';
import type { Order } from './state';
import { restOf } from './waiting';

/** What of an offer of a simulated lender or borrower is left beside what the account took of it. */
export function leftOf(state: State, offer: Offer): Decimal {
  const taken = state.fixed.taken.get(offer.id);
  return taken === undefined ? offer.amount : sub(offer.amount, taken.amount);
}

/** Offers of simulated lenders or borrowers with something left, best rate first. */
export function offersOf(world: World, state: State, shelf: Shelf): readonly Offer[] {
  return world.book.offers(shelf, state.time).filter((offer) => gt(leftOf(state, offer), ZERO));
}

/** The state with some of an offer taken. */
export function withTaken(state: State, offer: Offer, amount: Decimal): State {
  const before = state.fixed.taken.get(offer.id)?.amount ?? ZERO;
  const taken = new Map(state.fixed.taken);
  taken.set(offer.id, { amount: add(before, amount), until: offer.end });
  return withFixed(state, { taken });
}

/** The state without what was taken of offers that have ended. */
export function withoutEnded(state: State): State {
  const taken = new Map([...state.fixed.taken].filter(([, { until }]) => until > state.time));
  return taken.size === state.fixed.taken.size ? state : withFixed(state, { taken });
}

/** The account's own orders that wait on a side, best rate first, then the older. */
export function ownOrders<Row extends Order>(
  orders: readonly Row[],
  { coin, term, side }: Shelf,
): readonly Row[] {
  return orders
    .filter((order) => isWaiting(order) && order.coin === coin.name && order.term === term)
    .sort((a, b) => better(side, a, b) || a.id - b.id);
}

/** Whether an offer's rate on a side suits somebody with a limit on the other. */
export function suits(side: Side, offered: Decimal, limit: Decimal): boolean {
  return side === 'supply' ? lte(offered, limit) : gte(offered, limit);
}

/** A rate and what can be had at it. */
export interface Level {
  readonly rate: Decimal;
  readonly amount: Decimal;
}

/** A side of the book as everybody sees it: all open orders, the account's too, added up by rate, best first. */
export function levelsOf(world: World, state: State, shelf: Shelf): readonly Level[] {
  const { borrowOrders, supplyOrders } = state.fixed;
  const orders: readonly Order[] = shelf.side === 'supply' ? supplyOrders : borrowOrders;
  const sums = new Map<Decimal, Decimal>();
  const count = (rate: Decimal, amount: Decimal): void => {
    sums.set(rate, add(sums.get(rate) ?? ZERO, amount));
  };
  for (const offer of offersOf(world, state, shelf)) count(offer.rate, leftOf(state, offer));
  for (const order of ownOrders(orders, shelf)) count(order.rate, restOf(order));
  return [...sums].map(([rate, amount]) => ({ rate, amount })).sort((a, b) => better(shelf.side, a, b));
}
