import { add, type Decimal, decimal, div, gt, gte, lte, mul, round, sub, ZERO } from '../../bybit/decimal';
import type { Coin } from '../market/coin';
import { afterLadder, beforeLadder } from '../market/ladders';
import { held, purse } from './money';
import type { State } from './state';
import { coinOf, debtsOf, priceOf, type World } from './world';

/** The account's LTV lines (API.md §6); `delayed` and `liquidation` are acted on in `risk.ts`. */
export const LINES = {
  initial: decimal('0.8'),
  marginCall: decimal('0.85'),
  delayed: decimal('0.93'),
  liquidation: decimal('0.95'),
} as const;

/** Decimals of collateral amounts, repayments and posted interest. */
export const PLACES = 8;

/** Debt and collateral in USD, exact; collateral after the ladders. */
export interface Standing {
  readonly debt: Decimal;
  readonly collateral: Decimal;
}

export function debtUsd(world: World, state: State): Decimal {
  return add(
    ...debtsOf(world, state).map((debt) => mul(debt.amount, priceOf(world, state, coinOf(world, debt.coin)))),
  );
}

/** USD value after the ladder of an amount of a coin. */
export function collateralUsd(world: World, state: State, coin: Coin, amount: Decimal): Decimal {
  return afterLadder(coin.ladder, mul(amount, priceOf(world, state, coin)));
}

export function standing(world: World, state: State): Standing {
  const pledged = [...purse(state.money, 'pledged')];
  return {
    debt: debtUsd(world, state),
    collateral: add(
      ...pledged.map(([coin, amount]) => collateralUsd(world, state, coinOf(world, coin), amount)),
    ),
  };
}

/** Whether the LTV is above a line; without division, so that the edge is exact. */
export function above({ debt, collateral }: Standing, line: Decimal): boolean {
  return gt(debt, mul(line, collateral));
}

/** Whether the LTV has reached a line. False without a debt. */
export function reached({ debt, collateral }: Standing, line: Decimal): boolean {
  return gt(debt, ZERO) && gte(debt, mul(line, collateral));
}

/** The LTV as the exchange shows it: 6 decimals, rounded up; "0" without a debt. */
export function ltv({ debt, collateral }: Standing): Decimal {
  if (debt === ZERO) return ZERO;
  return collateral === ZERO ? decimal('9999') : div(debt, collateral, 6, 'up');
}

/**
 * Largest amount of a pledged coin that may leave: the LTV stays at or below the margin-call line (API.md §13 point 6).
 * "0" when nothing may leave.
 */
export function largestReduction(world: World, state: State, coin: Coin): Decimal {
  const pledged = held(state.money, 'pledged', coin.name);
  const { debt, collateral } = standing(world, state);
  const others = sub(collateral, collateralUsd(world, state, coin, pledged));
  const needed = sub(div(debt, LINES.marginCall, 40, 'up'), others);
  if (lte(needed, ZERO)) return pledged;
  const gross = beforeLadder(coin.ladder, needed);
  if (gross === undefined) return ZERO;
  const stays = div(gross, priceOf(world, state, coin), PLACES, 'up');
  const free = sub(pledged, stays);
  return gt(free, ZERO) ? round(free, PLACES, 'down') : ZERO;
}

/** The standing once `extra` amounts by coin are pledged on top. */
export function standingWith(world: World, state: State, extra: ReadonlyMap<string, Decimal>): Standing {
  const now = standing(world, state);
  let collateral = now.collateral;
  for (const [name, amount] of extra) {
    const coin = coinOf(world, name);
    const pledged = held(state.money, 'pledged', name);
    const before = collateralUsd(world, state, coin, pledged);
    const after = collateralUsd(world, state, coin, add(pledged, amount));
    collateral = add(collateral, sub(after, before));
  }
  return { debt: now.debt, collateral };
}
