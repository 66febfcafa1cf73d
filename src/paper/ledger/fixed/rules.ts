import { TERMS, type Term } from '../../../bybit/common';
import { type Decimal, decimal, gte, lte, places, ZERO } from '../../../bybit/decimal';
import { OrderState } from '../../../bybit/fixed-orders';
import { RATE_PLACES } from '../../market/book';
import type { Coin } from '../../market/coin';
import { refuse, require_ } from '../refusal';
import { coinOf, type World } from '../world';
import type { Order } from './state';

/** Rates an order may name, annual fractions. The exchange's range is not published. */
const LEAST_RATE = decimal('0.0001');
const MOST_RATE = decimal('1');
/** Open orders an account may have on a side. The exchange's number is not published. */
const MOST_ORDERS = 20;
/** Quoted, but not among the terms that can be ordered (API.md §12). */
const NOT_ORDERED: Term = '60';

/** What an order of either side names. */
export interface OrderRequest {
  readonly coin: string;
  readonly amount: Decimal;
  readonly rate: Decimal;
  readonly term: string;
}

/** A coin that can be borrowed at fixed terms, or refusal (148014). */
export function fixedCoin(world: World, name: string): Coin {
  const coin = coinOf(world, name);
  require_(coin.fixed, 148014, name.slice(0, 40));
  return coin;
}

export function isTerm(text: string): text is Term {
  return (TERMS as readonly string[]).includes(text);
}

function orderTerm(text: string): Term {
  return isTerm(text) && text !== NOT_ORDERED ? text : refuse(148015, text.slice(0, 40));
}

/** Refuses what neither side may order; the coin and the term. The amount is judged before the rate. */
export function checkOrder(
  world: World,
  request: OrderRequest,
): { readonly coin: Coin; readonly term: Term } {
  const coin = fixedCoin(world, request.coin);
  const term = orderTerm(request.term);
  require_(gte(request.amount, ZERO), 148007);
  require_(places(request.amount) <= coin.fixedPlaces, 148003);
  require_(gte(request.amount, coin.fixedMinimum), 148002);
  require_(places(request.rate) <= RATE_PLACES, 148017);
  require_(gte(request.rate, LEAST_RATE) && lte(request.rate, MOST_RATE), 148016);
  return { coin, term };
}

export function isWaiting(order: Order): boolean {
  return order.state === OrderState.matching;
}

/** Refuses one more order where too many are open (148018). */
export function checkCount(orders: readonly Order[]): void {
  require_(orders.filter(isWaiting).length < MOST_ORDERS, 148018);
}
