import { add, gt, min, mul, round, ZERO } from '../../../bybit/decimal';
import { DAY } from '../../market/market';
import { held, move } from '../money';
import type { State } from '../state';
import type { Timed, World } from '../world';
import { paidOrder, withRow } from './paying';
import type { InsOrder } from './state';
import { INS_PLACES, openOrders, withOrder, withUnit } from './unit';

/** The order once the interest of a day is posted, on the unpaid principal and rounded up. */
export function withDay(order: InsOrder): InsOrder {
  return { ...order, interest: add(order.interest, round(mul(order.unpaid, order.rate), INS_PLACES, 'up')) };
}

/** Whether a midnight is that of the first of a month, UTC: then interest is settled. */
export function isSettlementDay(midnight: number): boolean {
  return new Date(midnight).getUTCDate() === 1;
}

/**
 * Takes the interest of the month out of the Unified wallet, as far as it goes. Repayments over the API are of principal
 * alone; when interest is paid the documentation does not say, so the paper exchange does it once a month.
 */
function settleInterest(state: State): State {
  let next = state;
  for (const order of openOrders(state)) {
    const paid = min(order.interest, held(next.money, 'unified', order.coin));
    if (!gt(paid, ZERO)) continue;
    const money = move(next.money, 'unified', 'institutionalPool', order.coin, paid);
    next = withOrder({ ...next, money }, paidOrder(order, ZERO, paid));
    next = withRow(next, { coin: order.coin, quantity: ZERO, interest: paid, business: 1, status: 1 });
  }
  return next;
}

function post(_world: World, state: State): State {
  const posted = withUnit(state, { orders: state.institutional.orders.map(withDay) });
  return isSettlementDay(state.time) ? settleInterest(posted) : posted;
}

/** Posts interest at each midnight, UTC. */
export const daily: Timed = {
  due: (state) => (openOrders(state).length === 0 ? undefined : (Math.floor(state.time / DAY) + 1) * DAY),
  run: post,
};
