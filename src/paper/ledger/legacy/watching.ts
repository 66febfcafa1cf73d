import { gte, mul } from '../../../bybit/decimal';
import { DAY } from '../../market/market';
import { nextLook } from '../pace';
import type { State } from '../state';
import type { Timed, World } from '../world';
import { linesOf, valuesOf, withLegacy } from './loan';
import { sellOut } from './selling';
import type { LegacyLoan } from './state';

/** How long an overdue loan may stay unpaid before its collateral is sold (API.md §6). */
export const GRACE = 2 * DAY;

/** Sells the collateral of loans whose term and grace are over. */
export const overdueSale: Timed = {
  due(state) {
    const ends = state.legacy.loans.flatMap(({ fixed }) =>
      fixed === undefined ? [] : [fixed.expires + GRACE],
    );
    return ends.length === 0 ? undefined : Math.min(...ends);
  },
  run: (world, state) =>
    sellEach(world, state, (loan) => loan.fixed !== undefined && loan.fixed.expires + GRACE <= state.time),
};

function sellEach(world: World, state: State, ripe: (loan: LegacyLoan) => boolean): State {
  return state.legacy.loans.filter(ripe).reduce((next, loan) => sellOut(world, next, loan), state);
}

/** Sells the collateral of loans whose LTV has reached their coin's liquidation line. */
export function lookAtLegacy(world: World, state: State): State {
  const ripe = new Set<string>();
  let next = Number.POSITIVE_INFINITY;
  for (const loan of state.legacy.loans) {
    const { debt, collateral } = valuesOf(world, state, loan);
    const edge = mul(linesOf(world, state, loan).liquidation, collateral);
    if (gte(debt, edge)) ripe.add(loan.id);
    else
      next = Math.min(
        next,
        nextLook(state.time, (share) => gte(debt, mul(edge, share))),
      );
  }
  const left = sellEach(world, state, (loan) => ripe.has(loan.id));
  return next === Number.POSITIVE_INFINITY ? left : withLegacy(left, { next });
}

export const legacyWatch: Timed = {
  due: (state) => (state.legacy.loans.length === 0 ? undefined : state.legacy.next),
  run: lookAtLegacy,
};
