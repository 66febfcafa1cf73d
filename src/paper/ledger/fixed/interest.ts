import { add, type Decimal, decimal, div, mul } from '../../../bybit/decimal';
import { HOUR } from '../../market/market';
import type { SupplyContract } from './state';

/** Decimals of interest; it is rounded up there (API.md §6, computed from the documentation's contracts). */
const INTEREST_PLACES = 18;
const DAYS_A_YEAR = decimal('365');
const HOURS_A_YEAR = decimal('8760');
/** What a lender gets of the borrower's interest (API.md §6). */
const LENDER_SHARE = decimal('0.85');
const PENALTY_FACTOR = decimal('3');

/** How long an overdue loan may stay unpaid before collateral is sold, hours (API.md §6). */
export const GRACE_HOURS = 24;

interface Lent {
  readonly amount: Decimal;
  /** Annual fraction. */
  readonly rate: Decimal;
  /** Days. */
  readonly term: string;
}

/** Interest of the whole term, in the coin. */
export function termInterest({ amount, rate, term }: Lent): Decimal {
  return div(mul(amount, rate, decimal(term)), DAYS_A_YEAR, INTEREST_PLACES, 'up');
}

/** What of it goes to the lender; the platform keeps the rest. */
export function lenderInterest({ amount, rate, term }: Lent): Decimal {
  return div(mul(amount, rate, decimal(term), LENDER_SHARE), DAYS_A_YEAR, INTEREST_PLACES, 'up');
}

/** Penalty for one hour on an overdue principal: three times the hourly rate. */
export function hourlyPenalty(principal: Decimal, rate: Decimal): Decimal {
  return div(mul(principal, rate, PENALTY_FACTOR), HOURS_A_YEAR, INTEREST_PLACES, 'up');
}

/** What a late borrower's penalty has brought the lender by a moment. */
export function penaltyEarned({ amount, rate, due, hoursLate }: SupplyContract, time: number): Decimal {
  const hours = Math.min(hoursLate, Math.max(0, Math.floor((time - due) / HOUR)));
  const whole = mul(amount, rate, PENALTY_FACTOR, decimal(hours), LENDER_SHARE);
  return div(whole, HOURS_A_YEAR, INTEREST_PLACES, 'up');
}

/** What a supply contract pays at its end by a moment: principal, interest, penalty. */
export function redemptionOf(contract: SupplyContract, time: number): Decimal {
  return add(contract.amount, contract.interest, penaltyEarned(contract, time));
}
