import {
  add,
  type Decimal,
  decimal,
  div,
  gt,
  lt,
  lte,
  max,
  mul,
  ONE,
  round,
  sub,
  ZERO,
} from '../bybit/decimal';
import type { Book } from './book';
import { COLLATERAL_PLACES } from './limits';
import { countedValue, debtOf, pledgedOf, totals } from './risk';
import { valueAfterTiers, valueBeforeTiers } from './tiers';

const TWO = decimal('2');

/** Ways from an LTV down to a target, each with one coin (formulae.md, "Cure to a target"). Amounts are in the coin. */

/** USD that counted collateral lacks for the target; not above zero when the LTV is there already. */
function lackOfCollateral(book: Book, target: Decimal): Decimal {
  const { debt, collateral } = totals(book);
  return sub(div(debt, target, 40, 'up'), collateral);
}

/** USD of debt above the target. */
function excessDebt(book: Book, target: Decimal): Decimal {
  const { debt, collateral } = totals(book);
  return sub(debt, mul(target, collateral));
}

/**
 * The least amount of a coin that, pledged, brings the LTV to the target or under it: rounded up to what may be sent.
 * 0 when it is there already; undefined when no amount of this coin does (no price, no ladder, or one that ends).
 */
export function additionFor(book: Book, coin: string, target: Decimal): Decimal | undefined {
  const price = book.prices.get(coin);
  const bands = book.bands.get(coin);
  if (price === undefined || price === ZERO || bands === undefined || !gt(target, ZERO)) return undefined;
  const lack = lackOfCollateral(book, target);
  if (!gt(lack, ZERO)) return ZERO;
  const pledged = pledgedOf(book, coin);
  const counted = add(countedValue(book, coin, pledged), lack);
  const usd = valueBeforeTiers(counted, bands, 40);
  if (usd === undefined) return undefined;
  return round(sub(div(usd, price, 40, 'up'), pledged), COLLATERAL_PLACES, 'up');
}

/**
 * The least repayment in a coin, out of the wallet, that brings the LTV to the target or under it: rounded up to what may
 * be sent, and no more than is owed. 0 when it is there already; undefined when even the whole debt in the coin is too
 * little.
 */
export function repaymentFor(book: Book, coin: string, target: Decimal): Decimal | undefined {
  const price = book.prices.get(coin);
  const owed = debtOf(book, coin);
  if (price === undefined || price === ZERO || owed === ZERO) return undefined;
  const excess = excessDebt(book, target);
  if (!gt(excess, ZERO)) return ZERO;
  const exact = div(excess, price, 40, 'up');
  if (gt(exact, owed)) return undefined;
  const sent = round(exact, COLLATERAL_PLACES, 'up');
  return lt(owed, sent) ? owed : sent;
}

/**
 * The least repayment in `debtCoin` by selling pledged `soldCoin` that brings the LTV to the target or under it; `fee` is a
 * fraction of what is sold on top (not published: an assumption that the caller shows). It has no more digits than may be
 * sent, or is the whole debt as read. Searched, since what a sale takes out of the tiers depends on where in them it ends.
 * Undefined when selling all of it, or repaying all, does not do it.
 */
export function saleFor(
  book: Book,
  {
    debtCoin,
    soldCoin,
    fee,
  }: { readonly debtCoin: string; readonly soldCoin: string; readonly fee: Decimal },
  target: Decimal,
): Decimal | undefined {
  const debtPrice = book.prices.get(debtCoin) ?? ZERO;
  const soldPrice = book.prices.get(soldCoin) ?? ZERO;
  if (debtPrice === ZERO || soldPrice === ZERO) return undefined;
  const { debt, collateral } = totals(book);
  const pledged = pledgedOf(book, soldCoin);
  const others = sub(collateral, countedValue(book, soldCoin, pledged));
  // In USD, where nothing is divided: a debt that the coins are worth to the last digit is paid by selling them.
  const worth = mul(pledged, soldPrice);
  const cost = mul(debtPrice, add(ONE, fee));
  const bands = book.bands.get(soldCoin) ?? [];
  const isCured = (amount: Decimal) => {
    const left = max(ZERO, sub(worth, mul(amount, cost)));
    const counted = add(others, valueAfterTiers(left, bands));
    return lte(sub(debt, mul(amount, debtPrice)), mul(target, counted));
  };
  if (isCured(ZERO)) return ZERO;
  const owed = debtOf(book, debtCoin);
  const most = lt(worth, mul(owed, cost)) ? div(worth, cost, COLLATERAL_PLACES, 'down') : owed;
  // Selling helps as long as a dollar repaid takes less than a dollar of counted value away: with several bands it can
  // help, then hurt. From all of it downwards the first cured amount is found only if all of it cures.
  if (!isCured(most)) return undefined;
  let low = ZERO;
  let high = most;
  for (;;) {
    const middle = div(add(low, high), TWO, COLLATERAL_PLACES, 'up');
    if (!lt(middle, high)) return high;
    if (isCured(middle)) high = middle;
    else low = middle;
  }
}
