import { add, type Decimal, decimal, mul, round } from '../../../bybit/decimal';
import { HOUR } from '../../market/market';
import type { State } from '../state';
import type { World } from '../world';
import { floatingRate, placesOf, withLegacy } from './loan';
import type { LegacyLoan } from './state';

/** Multiple of the hourly rate after the term (API.md §6). */
const OVERDUE = decimal('3');

/** When interest is posted next: at the next full hour while a loan runs. */
export function nextLegacyPosting(state: State): number | undefined {
  return state.legacy.loans.length === 0 ? undefined : (Math.floor(state.time / HOUR) + 1) * HOUR;
}

/**
 * The loan once the interest of the hour that ends at `time` is posted: on the principal alone, rounded up at the
 * coin's precision, three times as much for an hour that began after the term (API.md §6, §13 point 17).
 */
export function withPosting(world: World, state: State, loan: LegacyLoan, time: number): LegacyLoan {
  const began = time - HOUR;
  const rate = loan.fixed?.rate ?? floatingRate(world, state, loan.coin, began);
  const posted = (hourly: Decimal): Decimal =>
    round(mul(loan.principal, hourly), placesOf(world, loan), 'up');
  if (loan.fixed !== undefined && began > loan.fixed.expires) {
    return { ...loan, penalty: add(loan.penalty, posted(mul(rate, OVERDUE))) };
  }
  return { ...loan, interest: add(loan.interest, posted(rate)) };
}

export function postLegacyInterest(world: World, state: State): State {
  return withLegacy(state, {
    loans: state.legacy.loans.map((loan) => withPosting(world, state, loan, state.time)),
  });
}
