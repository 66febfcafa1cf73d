import { add, type Decimal, div, gt, lte, min, mul, ONE, round, sub, ZERO } from '../../bybit/decimal';
import type { Coin } from '../market/coin';
import { PLACES } from './collateral';
import { held, move, type Place } from './money';
import type { State } from './state';
import { priceOf, type World } from './world';

export interface Sale {
  readonly from: Coin;
  readonly to: Coin;
  /** To be paid, in `to`. */
  readonly wanted: Decimal;
  /** Fraction, on top, in the coin sold. */
  readonly fee: Decimal;
  /** Where `from` is taken; the shared collateral when left out. */
  readonly source?: Place;
  /** Most that may be taken; all of the source when left out. */
  readonly available?: Decimal;
  /** Where `to` goes; the pool of the new loans when left out. */
  readonly pool?: Place;
}

/**
 * Sells `from` at the price of the moment to pay up to `wanted` of `to` into a pool. Amounts sold are rounded up,
 * amounts paid down, both at 8 decimals. A coin sold for itself is one for one.
 */
export function sell(
  world: World,
  state: State,
  sale: Sale,
): { readonly state: State; readonly paid: Decimal } {
  const { from, to, wanted, fee, source = 'pledged', pool = 'pool' } = sale;
  const available = sale.available ?? held(state.money, source, from.name);
  const fromPrice = priceOf(world, state, from);
  const toPrice = priceOf(world, state, to);
  const withFee = add(ONE, fee);
  const needed = div(mul(wanted, toPrice, withFee), fromPrice, PLACES, 'up');
  const enough = lte(needed, available);
  const sold = enough ? needed : available;
  const paid = enough
    ? wanted
    : min(wanted, div(div(mul(available, fromPrice), withFee, 40, 'down'), toPrice, PLACES, 'down'));
  if (!gt(paid, ZERO)) return { state, paid: ZERO };
  const charged = min(sold, round(div(mul(sold, fee), withFee, 40, 'up'), PLACES, 'up'));
  let money = move(state.money, source, 'fees', from.name, charged);
  money = move(money, source, 'market', from.name, sub(sold, charged));
  money = move(money, 'market', pool, to.name, paid);
  return { state: { ...state, money }, paid };
}
