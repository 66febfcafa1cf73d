import { type Decimal, decimal, lte, max, mul, sub, ZERO } from '../../bybit/decimal';
import type { CoinAmount } from './guards';
import { held } from './money';
import { require_ } from './refusal';
import { sell } from './selling';
import type { State } from './state';
import { coinOf, priceOf, type World } from './world';

/** Largest repayment out of collateral at a time, USD (API.md §11, 148047). */
const CONVERSION_LIMIT = decimal('300000');

/** A repayment out of collateral: an amount of the debt's coin, and the pledged coins to sell for it, in this order. */
export interface Conversion extends CoinAmount {
  readonly collateral: readonly string[];
}

/** Refuses a repayment out of collateral that names the wrong coins, is too large, or is not covered. */
export function checkConversion(world: World, state: State, request: Conversion): void {
  require_(request.collateral.length > 0, 10001, 'collateralCoin');
  require_(new Set(request.collateral).size === request.collateral.length, 148039);
  for (const name of request.collateral) {
    require_(held(state.money, 'pledged', name) !== ZERO, 148040, name.slice(0, 40));
  }
  const coin = coinOf(world, request.coin);
  require_(lte(mul(request.amount, priceOf(world, state, coin)), CONVERSION_LIMIT), 148047);
  require_(convert(world, state, request) !== undefined, 148012);
}

/** Sells collateral, coin by coin as named, until the amount is paid; undefined when it does not suffice. */
export function convert(world: World, state: State, request: Conversion): State | undefined {
  const to = coinOf(world, request.coin);
  let left: Decimal = request.amount;
  let next = state;
  for (const name of request.collateral) {
    const from = coinOf(world, name);
    const fee = max(from.conversionFee, to.conversionFee);
    const { paid, state: sold } = sell(world, next, { from, to, wanted: left, fee });
    next = sold;
    left = sub(left, paid);
    if (left === ZERO) return next;
  }
  return undefined;
}
