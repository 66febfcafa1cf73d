import { add, gt, min, sub, ZERO } from '../../../bybit/decimal';
import { OrderState } from '../../../bybit/fixed-orders';
import { nextId } from '../ids';
import { held, move } from '../money';
import { require_ } from '../refusal';
import type { State } from '../state';
import type { World } from '../world';
import { withFixed, withRow } from './contracts';
import { nextMatching } from './moments';
import { checkCount, checkOrder, isWaiting, type OrderRequest } from './rules';
import type { SupplyOrder } from './state';
import { restOf } from './waiting';

export interface SupplyRequest extends OrderRequest {
  /** Which of the two may be drawn on; the Funding wallet is emptied first. */
  readonly sources: { readonly funding: boolean; readonly earn: boolean };
}

/** Accepts a supply order: its money leaves the Funding wallet or Earn at once (148022 when they hold too little). */
export function createSupplyOrder(
  world: World,
  state: State,
  request: SupplyRequest,
): { readonly state: State; readonly id: number } {
  const { coin, term } = checkOrder(world, request);
  checkCount(state.fixed.supplyOrders);
  const { sources, amount } = request;
  const funding = sources.funding ? min(amount, held(state.money, 'wallet', coin.name)) : ZERO;
  const earn = sources.earn ? min(sub(amount, funding), held(state.money, 'earn', coin.name)) : ZERO;
  require_(add(funding, earn) === amount, 148022);

  const { id, state: counted } = nextId(state, 'fixed supply order');
  const order: SupplyOrder = {
    id,
    time: state.time,
    coin: coin.name,
    term,
    rate: request.rate,
    amount,
    filled: ZERO,
    state: OrderState.matching,
    wake: nextMatching(state.time),
    earn,
  };
  const money = move(
    move(counted.money, 'wallet', 'reserved', coin.name, funding),
    'earn',
    'reserved',
    coin.name,
    earn,
  );
  // The account's own borrow orders may take the new offer too, so they look again.
  const borrowOrders = counted.fixed.borrowOrders.map((one) =>
    isWaiting(one) && one.coin === order.coin && one.term === term ? { ...one, wake: order.wake } : one,
  );
  const supplyOrders = [...counted.fixed.supplyOrders, order];
  return { id, state: withFixed({ ...counted, money }, { supplyOrders, borrowOrders }) };
}

/**
 * Ends what is open of a supply order. Its money goes back to the Funding wallet; what came from Earn returns there when
 * asked for.
 */
export function cancelSupplyOrder(state: State, id: string, toEarn: boolean): State {
  const order = state.fixed.supplyOrders.find((one) => String(one.id) === id);
  require_(order !== undefined, 148030);
  require_(isWaiting(order), 148025);
  const rest = restOf(order);
  const earn = toEarn ? order.earn : ZERO;
  const money = move(
    move(state.money, 'reserved', 'earn', order.coin, earn),
    'reserved',
    'wallet',
    order.coin,
    sub(rest, earn),
  );
  const supplyOrders = withRow(state.fixed.supplyOrders, order.id, {
    state: gt(order.filled, ZERO) ? OrderState.partlyFilled : OrderState.cancelled,
    earn: ZERO,
  });
  return withFixed({ ...state, money }, { supplyOrders });
}
