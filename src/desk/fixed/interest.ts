import { type Decimal, decimal, div, gt, mul, ONE, sub, ZERO } from '../../bybit/decimal';

/** Arithmetic of fixed terms (formulae.md). Rates are annual fractions, terms days, amounts in the coin. */

const DAYS_A_YEAR = decimal('365');
/** Interest is rounded up here (API.md §6, computed from the documented contracts). */
const INTEREST_PLACES = 18;
const RATIO_PLACES = 18;
/** The platform's part of a lender's interest (API.md §6, computed from the documented sample). */
const PLATFORM_SHARE = decimal('0.15');

export interface FixedLoan {
  readonly amount: Decimal;
  readonly annualRate: Decimal;
  readonly days: Decimal;
}

/** Interest of the whole term, taken from the payout and not given back: P r days / 365, rounded up at 18 decimals. */
export function termInterest({ amount, annualRate, days }: FixedLoan): Decimal {
  return div(mul(amount, annualRate, days), DAYS_A_YEAR, INTEREST_PLACES, 'up');
}

/** What reaches the Funding wallet: the amount less its interest. */
export function payoutOf(loan: FixedLoan): Decimal {
  return sub(loan.amount, termInterest(loan));
}

/**
 * What a loan really costs a year, as a fraction of the money received, when it is kept `held` days: I / (P - I) x 365 /
 * held, rounded up at 18 decimals. Undefined when it is kept no time or nothing is received.
 */
export function trueYearlyCost(loan: FixedLoan, held: Decimal = loan.days): Decimal | undefined {
  const payout = payoutOf(loan);
  if (!gt(payout, ZERO) || !gt(held, ZERO)) return undefined;
  return div(mul(termInterest(loan), DAYS_A_YEAR), mul(payout, held), RATIO_PLACES, 'up');
}

/**
 * How many days a fixed loan must be kept to cost less than a flexible one at today's rate: days x r / a, rounded up at
 * 18 decimals. More than the term means never; undefined when the flexible one costs nothing.
 */
export function breakEvenDays(
  { annualRate, days }: Omit<FixedLoan, 'amount'>,
  flexibleRate: Decimal,
): Decimal | undefined {
  return gt(flexibleRate, ZERO) ? div(mul(days, annualRate), flexibleRate, RATIO_PLACES, 'up') : undefined;
}

/** Whether a fixed loan kept for its whole term costs less than a flexible one at today's rate. */
export function beatsFlexible(annualRate: Decimal, flexibleRate: Decimal): boolean {
  return gt(flexibleRate, annualRate);
}

/** What a lender gets on top of the money at the end of a term: P r days / 365 x (1 - share), rounded up at 18 decimals. */
export function lenderInterest(
  { amount, annualRate, days }: FixedLoan,
  share: Decimal = PLATFORM_SHARE,
): Decimal {
  return div(mul(amount, annualRate, days, sub(ONE, share)), DAYS_A_YEAR, INTEREST_PLACES, 'up');
}

/** What a lender earns a year of a borrower's rate. */
export function lenderRate(annualRate: Decimal, share: Decimal = PLATFORM_SHARE): Decimal {
  return mul(annualRate, sub(ONE, share));
}
