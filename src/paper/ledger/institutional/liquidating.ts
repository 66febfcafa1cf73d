import { type Decimal, decimal, gt, lte, min, mul, sub, ZERO } from '../../../bybit/decimal';
import { held, move } from '../money';
import { sell } from '../selling';
import type { State } from '../state';
import { coinOf, type World } from '../world';
import { paidOrder, withRow } from './paying';
import type { InsOrder } from './state';
import { assetsOf, linesOfUnit, openOrders, owedOnOrder, standingOfUnit, withOrder } from './unit';

/** What a liquidation charges on what it sells (formulae.md). */
const FEE = decimal('0.02');

/** Takes what is owed on an order out of the Unified wallet: the coin itself, then others by ascending order of sale. */
function collect(
  world: World,
  state: State,
  order: InsOrder,
): { readonly state: State; readonly paid: Decimal } {
  const owed = owedOnOrder(order);
  const to = coinOf(world, order.coin);
  const own = min(owed, held(state.money, 'unified', to.name));
  let next: State = { ...state, money: move(state.money, 'unified', 'institutionalPool', to.name, own) };
  let left = sub(owed, own);
  for (const { coin: from } of assetsOf(world, next)) {
    if (!gt(left, ZERO)) break;
    const sale = { from, to, wanted: left, fee: FEE, source: 'unified', pool: 'institutionalPool' } as const;
    const sold = sell(world, next, sale);
    next = sold.state;
    left = sub(left, sold.paid);
  }
  return { state: next, paid: sub(owed, left) };
}

function atRest(world: World, state: State): boolean {
  const { debt, balance } = standingOfUnit(world, state);
  const stop = linesOfUnit(state)?.stop;
  return stop === undefined || lte(debt, mul(stop, balance));
}

/**
 * Pays orders off, oldest first, until the LTV has come down to the product's stop line. What the margin does not cover
 * the insurance pays.
 */
export function liquidateUnit(world: World, state: State): State {
  let next = state;
  for (const order of openOrders(state)) {
    if (atRest(world, next)) break;
    const { paid, state: collected } = collect(world, next, order);
    const missing = sub(owedOnOrder(order), paid);
    const money = move(collected.money, 'insurance', 'institutionalPool', order.coin, missing);
    const done = withOrder({ ...collected, money }, paidOrder(order, order.unpaid, order.interest));
    next = withRow(done, {
      coin: order.coin,
      quantity: order.unpaid,
      interest: order.interest,
      business: 2,
      status: 1,
    });
  }
  return next;
}
