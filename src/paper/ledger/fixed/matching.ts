import { add, type Decimal, gt, min, mul, ZERO } from '../../../bybit/decimal';
import { OrderState } from '../../../bybit/fixed-orders';
import { better, FORESIGHT, type Shelf } from '../../market/book';
import { above, LINES, standingWith } from '../collateral';
import type { State } from '../state';
import { coinOf, priceOf, type World } from '../world';
import { endBorrowOrder } from './borrowing';
import { withFixed, withRow } from './contracts';
import { fillBorrow, fillSupply, shareOf } from './filling';
import { matchingFrom, nextMatching } from './moments';
import { leftOf, offersOf, ownOrders, suits, withoutEnded, withTaken } from './offers';
import { isWaiting } from './rules';
import type { BorrowOrder, Order, SupplyOrder } from './state';
import { restOf } from './waiting';

/** When orders are matched next: at the first matching that can fill one. */
export function nextMatch(state: State): number | undefined {
  const { borrowOrders, supplyOrders } = state.fixed;
  const wakes = [...borrowOrders, ...supplyOrders].filter(isWaiting).map((order) => order.wake);
  return wakes.length === 0 ? undefined : Math.min(...wakes);
}

/**
 * Matches the account's orders that can be filled now: same coin and term, a borrower's rate at or above the lender's,
 * best rate first (API.md §13 point 11). The borrower pays the rate of his own order whatever the lender asked for, and
 * the lender gets his share of that (formulae.md).
 */
export function matchOrders(world: World, state: State): State {
  const ripe = (order: Order): boolean => isWaiting(order) && order.wake <= state.time;
  let next = withoutEnded(state);
  const borrows = next.fixed.borrowOrders.filter(ripe).sort((a, b) => better('borrow', a, b) || a.id - b.id);
  for (const { id } of borrows) next = matchBorrow(world, next, id);
  const supplies = next.fixed.supplyOrders.filter(ripe).sort((a, b) => better('supply', a, b) || a.id - b.id);
  for (const { id } of supplies) next = matchSupply(world, next, id);
  return next;
}

/** Somebody on the other side, and what to do when they are dealt with. */
interface Partner {
  readonly rate: Decimal;
  readonly amount: Decimal;
  deal(state: State, amount: Decimal): State;
}

function lendersFor(world: World, state: State, order: BorrowOrder): readonly Partner[] {
  const shelf: Shelf = { coin: coinOf(world, order.coin), term: order.term, side: 'supply' };
  const others = offersOf(world, state, shelf).map((offer) => ({
    rate: offer.rate,
    amount: leftOf(state, offer),
    deal: (next: State, amount: Decimal) => withTaken(next, offer, amount),
  }));
  const own = ownOrders(state.fixed.supplyOrders, shelf).map((supply) => ({
    rate: supply.rate,
    amount: restOf(supply),
    deal: (next: State, amount: Decimal) => fillSupply(next, supply, amount, order.rate),
  }));
  return [...others, ...own]
    .filter(({ rate }) => suits('supply', rate, order.rate))
    .sort((a, b) => better('supply', a, b));
}

function matchBorrow(world: World, state: State, id: number): State {
  const order = state.fixed.borrowOrders.find((one) => one.id === id);
  if (order === undefined) return state;
  // Nothing is lent while collateral is being sold.
  if (state.risk.stage === 'liquidating') return withWake(state, order, nextMatching(state.time));
  const lenders = lendersFor(world, state, order);
  const offered = min(restOf(order), add(ZERO, ...lenders.map((lender) => lender.amount)));
  const enough = order.strategy === 'FULL' ? offered === restOf(order) : gt(offered, ZERO);
  if (!enough) return sleep(world, state, order);
  if (state.habits.settleFails || isTooRisky(world, state, order, offered)) {
    return endBorrowOrder(state, order, OrderState.failed);
  }
  let next = state;
  for (const lender of lenders) {
    const now = next.fixed.borrowOrders.find((one) => one.id === id) ?? order;
    const amount = min(restOf(now), lender.amount);
    if (gt(amount, ZERO)) next = lender.deal(fillBorrow(next, now, amount), amount);
  }
  return sleep(world, next, order);
}

/** Prices may have moved since the order was accepted; one that would call for margin at once fails instead. */
function isTooRisky(world: World, state: State, order: BorrowOrder, amount: Decimal): boolean {
  const after = standingWith(world, state, shareOf(order, amount));
  const loan = mul(amount, priceOf(world, state, coinOf(world, order.coin)));
  return above({ ...after, debt: add(after.debt, loan) }, LINES.marginCall);
}

function matchSupply(world: World, state: State, id: number): State {
  let next = state;
  const of = (): SupplyOrder | undefined => next.fixed.supplyOrders.find((one) => one.id === id);
  const order = of();
  if (order === undefined || !isWaiting(order)) return state;
  const shelf: Shelf = { coin: coinOf(world, order.coin), term: order.term, side: 'borrow' };
  for (const offer of offersOf(world, state, shelf)) {
    const now = of() ?? order;
    const amount = min(restOf(now), leftOf(state, offer));
    if (!gt(amount, ZERO) || !suits('borrow', offer.rate, order.rate)) continue;
    next = withTaken(fillSupply(next, now, amount, offer.rate), offer, amount);
  }
  return sleep(world, next, order);
}

/** Lets an order rest until somebody new turns up who suits it. One that is filled is not looked at again. */
function sleep(world: World, state: State, order: BorrowOrder | SupplyOrder): State {
  const side = 'strategy' in order ? 'supply' : 'borrow';
  const shelf: Shelf = { coin: coinOf(world, order.coin), term: order.term, side };
  const start = world.book.arrival(shelf, order.rate, state.time) ?? state.time + FORESIGHT;
  return withWake(state, order, matchingFrom(start));
}

function withWake(state: State, order: BorrowOrder | SupplyOrder, wake: number): State {
  return 'strategy' in order
    ? withFixed(state, { borrowOrders: withRow(state.fixed.borrowOrders, order.id, { wake }) })
    : withFixed(state, { supplyOrders: withRow(state.fixed.supplyOrders, order.id, { wake }) });
}
