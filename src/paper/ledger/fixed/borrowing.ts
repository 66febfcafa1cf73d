import { add, type Decimal, gt, lte, mul, ZERO } from '../../../bybit/decimal';
import { RepayType } from '../../../bybit/fixed-borrow';
import { OrderState } from '../../../bybit/fixed-orders';
import type { Coin } from '../../market/coin';
import { above, LINES, standingWith } from '../collateral';
import { type CoinAmount, checkPledges, guardIdle, roomOf } from '../guards';
import { nextId } from '../ids';
import { movePurse } from '../money';
import { require_ } from '../refusal';
import type { State } from '../state';
import { priceOf, type World } from '../world';
import { withFixed, withRow } from './contracts';
import { nextMatching } from './moments';
import { checkCount, checkOrder, isWaiting, type OrderRequest } from './rules';
import type { BorrowOrder, RepayTypeCode, Strategy } from './state';
import { reservedWith, waitingOf, waitingUsd } from './waiting';

export interface BorrowRequest extends OrderRequest {
  readonly repayType: RepayTypeCode;
  readonly strategy: Strategy;
  readonly collateral: readonly CoinAmount[];
}

/** Refuses more of a coin than the account (148010) or the platform (148020) has room for, open orders counted in. */
export function checkRoom(world: World, state: State, coin: Coin, amount: Decimal): void {
  const asked = add(waitingOf(state, coin.name), amount);
  const room = roomOf(world, state, coin);
  require_(lte(asked, room.personal), 148010);
  require_(lte(asked, room.platform), 148020);
}

/**
 * Refuses a loan that would take the LTV above the initial line (148009), were it and every open borrow order filled;
 * their reserved collateral counts in.
 */
export function checkStanding(
  world: World,
  state: State,
  { coin, amount, pledges }: { coin: Coin; amount: Decimal; pledges: ReadonlyMap<string, Decimal> },
): void {
  const after = standingWith(world, state, reservedWith(state, pledges));
  const loan = mul(amount, priceOf(world, state, coin));
  const debt = add(after.debt, waitingUsd(world, state), loan);
  require_(!above({ ...after, debt }, LINES.initial), 148009);
}

/** Accepts a borrow order: its collateral leaves the Funding wallet at once, the loan comes with the matching. */
export function createBorrowOrder(
  world: World,
  state: State,
  request: BorrowRequest,
): { readonly state: State; readonly id: number } {
  const { coin, term } = checkOrder(world, request);
  require_(request.repayType !== RepayType.toFlexible || coin.flexible, 148001);
  checkRoom(world, state, coin, request.amount);
  checkCount(state.fixed.borrowOrders);
  guardIdle(world, state);
  const pledges = checkPledges(world, state, request.collateral);
  checkStanding(world, state, { coin, amount: request.amount, pledges });

  const { id, state: counted } = nextId(state, 'fixed borrow order');
  const order: BorrowOrder = {
    id,
    time: state.time,
    coin: coin.name,
    term,
    rate: request.rate,
    amount: request.amount,
    filled: ZERO,
    state: OrderState.matching,
    wake: nextMatching(state.time),
    repayType: request.repayType,
    strategy: request.strategy,
    collateral: pledges,
  };
  const money = movePurse(counted.money, pledges, 'wallet', 'reserved');
  const borrowOrders = [...counted.fixed.borrowOrders, order];
  return { id, state: withFixed({ ...counted, money }, { borrowOrders }) };
}

/** Ends what is open of a borrow order; its reserved collateral goes back to the Funding wallet. */
export function cancelBorrowOrder(state: State, id: string): State {
  const order = state.fixed.borrowOrders.find((one) => String(one.id) === id);
  require_(order !== undefined, 148023);
  require_(isWaiting(order), 148024);
  return endBorrowOrder(state, order, OrderState.cancelled);
}

/** Ends an order before it is filled; one that was filled in part becomes "partly filled", whatever ended it. */
export function endBorrowOrder(
  state: State,
  order: BorrowOrder,
  end: typeof OrderState.cancelled | typeof OrderState.failed,
): State {
  const money = movePurse(state.money, order.collateral, 'reserved', 'wallet');
  const borrowOrders = withRow(state.fixed.borrowOrders, order.id, {
    state: gt(order.filled, ZERO) ? OrderState.partlyFilled : end,
    collateral: new Map(),
  });
  return withFixed({ ...state, money }, { borrowOrders });
}
