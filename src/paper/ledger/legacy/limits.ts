import { add, type Decimal, div, gt, lte, max, mul, round, sub, ZERO } from '../../../bybit/decimal';
import type { Coin } from '../../market/coin';
import { LEGACY_PLEDGE_PLACES, legacyLines, legacyPledgeLimit } from '../../market/legacy';
import { maximumFor } from '../../market/market';
import { require_ } from '../refusal';
import type { State } from '../state';
import { coinOf, priceOf, tierOfAccount, type World } from '../world';
import { linesOf, valuesOf } from './loan';
import type { LegacyLoan } from './state';

/** Decimals of collateral amounts in the account's limits. */
const LIMIT_PLACES = 18;

/** What a pair of coins allows, loan in the one, collateral in the other. */
export interface LegacyLimits {
  readonly minLoan: Decimal;
  readonly maxLoan: Decimal;
  readonly minPledge: Decimal;
  readonly maxPledge: Decimal;
}

/** Limits of a pair: collateral = loan / (price x initial LTV) (endpoints.json, getLegacyAccountLimits). */
export function legacyLimits(world: World, state: State, coin: Coin, collateral: Coin): LegacyLimits {
  const level = tierOfAccount(state);
  const minLoan = coin.flexibleMinimum;
  const maxLoan = maximumFor(coin, level);
  const lent = mul(priceOf(world, state, collateral), legacyLines(collateral, level).initial);
  const price = priceOf(world, state, coin);
  return {
    minLoan,
    maxLoan,
    minPledge: div(mul(minLoan, price), lent, LIMIT_PLACES, 'up'),
    maxPledge: div(mul(maxLoan, price), lent, LIMIT_PLACES, 'down'),
  };
}

/** What has to stay pledged: for the initial line, and at least the minimum of the pair. Both in the collateral coin. */
function floorsOf(
  world: World,
  state: State,
  loan: LegacyLoan,
): { readonly line: Decimal; readonly least: Decimal } {
  const collateral = coinOf(world, loan.collateral);
  const { debt } = valuesOf(world, state, loan);
  const lent = mul(priceOf(world, state, collateral), linesOf(world, state, loan).initial);
  return {
    line: div(debt, lent, LEGACY_PLEDGE_PLACES, 'up'),
    least: legacyLimits(world, state, coinOf(world, loan.coin), collateral).minPledge,
  };
}

/**
 * Largest amount of collateral that may leave a loan, at 8 decimals. Its LTV stays at or below the initial line: the
 * documentation's examples of one order, at most 0.00210611 BTC and an LTV of 0.6546 before, give 0.8.
 */
export function largestLegacyReduction(world: World, state: State, loan: LegacyLoan): Decimal {
  const { line, least } = floorsOf(world, state, loan);
  const stays = max(line, round(least, LEGACY_PLEDGE_PLACES, 'up'));
  return max(ZERO, sub(loan.pledged, stays));
}

/** Refuses a reduction that leaves too little for the initial line (177013) or less than the minimum (177016). */
export function checkReduction(world: World, state: State, loan: LegacyLoan, amount: Decimal): void {
  const { line, least } = floorsOf(world, state, loan);
  require_(lte(add(line, amount), loan.pledged), 177013);
  require_(lte(add(least, amount), loan.pledged), 177016);
}

/** Refuses what one account may not pledge any more of a coin, over all its loans (177015). */
export function checkAddition(world: World, state: State, loan: LegacyLoan, amount: Decimal): void {
  const pledged = state.legacy.loans.flatMap((one) =>
    one.collateral === loan.collateral ? [one.pledged] : [],
  );
  const limit = legacyPledgeLimit(coinOf(world, loan.collateral), tierOfAccount(state));
  require_(!gt(add(amount, ...pledged), limit), 177015);
}
