import { add, type Decimal, div, gt, min, mul, sub, ZERO } from '../../../bybit/decimal';
import {
  type LegacyLines,
  type LegacyTerm,
  legacyFloatingRate,
  legacyLines,
  legacyPlaces,
} from '../../market/legacy';
import { DAY, HOUR, SECOND } from '../../market/market';
import { refuse } from '../refusal';
import type { State } from '../state';
import { coinOf, priceOf, tierOfAccount, type World } from '../world';
import type { LegacyLoan, LegacyState } from './state';

export function withLegacy(state: State, change: Partial<LegacyState>): State {
  return { ...state, legacy: { ...state.legacy, ...change } };
}

/** Last second of a term: start hour + term - 1 second (API.md §13 point 17). */
export function expiryOf(start: number, term: LegacyTerm): number {
  return Math.floor(start / HOUR) * HOUR + Number(term) * DAY - SECOND;
}

/** The running loan of an order, or refusal (177005). */
export function loanOf(state: State, order: string): LegacyLoan {
  return state.legacy.loans.find((loan) => loan.id === order) ?? refuse(177005);
}

/** The state with a running loan replaced. */
export function withLoan(state: State, loan: LegacyLoan): State {
  return withLegacy(state, { loans: state.legacy.loans.map((one) => (one.id === loan.id ? loan : one)) });
}

/** All that is owed on a loan, in its coin. */
export function owedOn(loan: LegacyLoan): Decimal {
  return add(loan.principal, loan.interest, loan.penalty);
}

/** Hourly fraction now: the one agreed, or the floating one. */
export function rateOf(world: World, state: State, loan: LegacyLoan): Decimal {
  if (loan.fixed !== undefined) return loan.fixed.rate;
  return floatingRate(world, state, loan.coin, state.time);
}

/** Hourly fraction of a flexible loan during the hour of a moment. */
export function floatingRate(world: World, state: State, coin: string, time: number): Decimal {
  return legacyFloatingRate(world.market, coinOf(world, coin), time, tierOfAccount(state));
}

export function linesOf(world: World, state: State, loan: LegacyLoan): LegacyLines {
  return legacyLines(coinOf(world, loan.collateral), tierOfAccount(state));
}

/** USD owed and USD pledged; legacy collateral counts in full. */
export function valuesOf(
  world: World,
  state: State,
  loan: LegacyLoan,
): { readonly debt: Decimal; readonly collateral: Decimal } {
  return {
    debt: mul(owedOn(loan), priceOf(world, state, coinOf(world, loan.coin))),
    collateral: mul(loan.pledged, priceOf(world, state, coinOf(world, loan.collateral))),
  };
}

/** The loan's LTV as the exchange shows it: 4 decimals. A running loan always has something pledged. */
export function legacyLtv(world: World, state: State, loan: LegacyLoan): Decimal {
  const { debt, collateral } = valuesOf(world, state, loan);
  return div(debt, collateral, 4, 'half');
}

export interface Paid {
  readonly loan: LegacyLoan;
  readonly done: boolean;
}

/** A loan with less owed: penalty first, then interest, then principal. `amount` is at most what is owed. */
export function withPayment(loan: LegacyLoan, amount: Decimal): Paid {
  if (gt(amount, owedOn(loan))) throw new RangeError('More is paid than is owed.');
  const penalty = min(loan.penalty, amount);
  const interest = min(loan.interest, sub(amount, penalty));
  const principal = sub(amount, add(penalty, interest));
  const paid: LegacyLoan = {
    ...loan,
    principal: sub(loan.principal, principal),
    interest: sub(loan.interest, interest),
    penalty: sub(loan.penalty, penalty),
    repaidInterest: add(loan.repaidInterest, interest),
    repaidPenalty: add(loan.repaidPenalty, penalty),
  };
  return { loan: paid, done: owedOn(paid) === ZERO };
}

/** Decimals of amounts of the coin lent. */
export function placesOf(world: World, loan: LegacyLoan): number {
  return legacyPlaces(coinOf(world, loan.coin));
}
