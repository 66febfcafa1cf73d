import type { LoanableCoin, Term } from '../bybit/common';
import { TERMS } from '../bybit/common';
import { type Decimal, lt } from '../bybit/decimal';

/** What borrowing a coin costs at one tier. Rates are annual fractions, amounts are in the coin. */
export interface RateRow {
  readonly coin: string;
  readonly flexible: Decimal | undefined;
  readonly terms: Readonly<Record<Term, Decimal | undefined>>;
  /** The cheapest fixed term; the shorter one of two alike. */
  readonly best: { readonly term: Term; readonly rate: Decimal } | undefined;
  /** Least flexible loan. */
  readonly minimum: Decimal | undefined;
  readonly maximum: Decimal | undefined;
  readonly fixedMinimum: Decimal | undefined;
  readonly flexibleBorrowable: boolean;
  readonly fixedBorrowable: boolean;
  /** Decimals of a flexible amount. */
  readonly accuracy: number;
  /** Decimals of a fixed amount. */
  readonly fixedAccuracy: number;
}

/** One row a coin, in the order given. */
export function rateRows(coins: readonly LoanableCoin[]): readonly RateRow[] {
  return coins.map(rateRow);
}

/** What borrowing one coin costs. */
export function rateRow(coin: LoanableCoin): RateRow {
  const terms: Record<Term, Decimal | undefined> = {
    '7': coin.annualizedInterestRate7D,
    '14': coin.annualizedInterestRate14D,
    '30': coin.annualizedInterestRate30D,
    '60': coin.annualizedInterestRate60D,
    '90': coin.annualizedInterestRate90D,
    '180': coin.annualizedInterestRate180D,
  };
  return {
    coin: coin.currency,
    flexible: coin.flexibleAnnualizedInterestRate,
    terms,
    best: bestTerm(terms),
    minimum: coin.minFlexibleBorrowingAmount,
    maximum: coin.maxBorrowingAmount,
    fixedMinimum: coin.minFixedBorrowingAmount,
    flexibleBorrowable: coin.flexibleBorrowable,
    fixedBorrowable: coin.fixedBorrowable,
    accuracy: coin.flexibleBorrowingAccuracy,
    fixedAccuracy: coin.fixedBorrowingAccuracy,
  };
}

function bestTerm(terms: RateRow['terms']): RateRow['best'] {
  let best: RateRow['best'];
  for (const term of TERMS) {
    const rate = terms[term];
    if (rate !== undefined && (best === undefined || lt(rate, best.rate))) best = { term, rate };
  }
  return best;
}
