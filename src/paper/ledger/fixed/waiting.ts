import { add, type Decimal, mul, sub, ZERO } from '../../../bybit/decimal';
import type { State } from '../state';
import { coinOf, priceOf, type World } from '../world';
import { isWaiting } from './rules';
import type { BorrowOrder, Order } from './state';

export function restOf(order: Order): Decimal {
  return sub(order.amount, order.filled);
}

export function waitingBorrows(state: State): readonly BorrowOrder[] {
  return state.fixed.borrowOrders.filter(isWaiting);
}

/** What open borrow orders of a coin still ask for. */
export function waitingOf(state: State, coin: string): Decimal {
  const orders = waitingBorrows(state).filter((order) => order.coin === coin);
  return add(ZERO, ...orders.map(restOf));
}

/** What open borrow orders will owe, USD. */
export function waitingUsd(world: World, state: State): Decimal {
  return add(
    ZERO,
    ...waitingBorrows(state).map((order) =>
      mul(restOf(order), priceOf(world, state, coinOf(world, order.coin))),
    ),
  );
}

/** Collateral reserved for open borrow orders, with `more` on top, by coin. */
export function reservedWith(state: State, more: ReadonlyMap<string, Decimal>): ReadonlyMap<string, Decimal> {
  const sums = new Map(more);
  for (const order of waitingBorrows(state)) {
    for (const [coin, amount] of order.collateral) sums.set(coin, add(sums.get(coin) ?? ZERO, amount));
  }
  return sums;
}
