import type { Decimal } from '../../../bybit/decimal';
import type { LegacyTerm } from '../../market/legacy';
import type { DirectionCode } from '../adjusting';

/** What a loan with a term was agreed with. */
export interface LegacyTerms {
  readonly term: LegacyTerm;
  /** Epoch milliseconds: start hour + term - 1 second (API.md §13 point 17). */
  readonly expires: number;
  /** Hourly fraction. */
  readonly rate: Decimal;
}

/** One legacy loan: one coin lent against one coin pledged, with an LTV of its own. */
export interface LegacyLoan {
  /** 19 digits. */
  readonly id: string;
  readonly time: number;
  /** Left out for a flexible loan, whose rate floats. */
  readonly fixed?: LegacyTerms;
  readonly coin: string;
  readonly initialLoan: Decimal;
  readonly principal: Decimal;
  readonly interest: Decimal;
  /** Interest of the hours after the term. */
  readonly penalty: Decimal;
  readonly repaidInterest: Decimal;
  readonly repaidPenalty: Decimal;
  readonly collateral: string;
  readonly initialPledge: Decimal;
  readonly pledged: Decimal;
}

/** Causes of a repayment and of a loan's end (API.md §10). */
export type LegacyCause = 1 | 2;

export interface LegacyEnded {
  readonly id: string;
  /** When it ended. */
  readonly time: number;
  readonly loan: LegacyLoan;
  /** Hourly fraction at the end. */
  readonly rate: Decimal;
  readonly cause: LegacyCause;
}

export interface LegacyRepayRow {
  readonly id: string;
  readonly time: number;
  readonly order: string;
  readonly coin: string;
  readonly collateral: string;
  readonly term?: LegacyTerm;
  readonly amount: Decimal;
  /** Collateral given back by it. */
  readonly returned: Decimal;
  readonly cause: LegacyCause;
  readonly status: number;
}

export interface LegacyAdjustRow {
  readonly id: string;
  readonly time: number;
  readonly order: string;
  readonly coin: string;
  readonly amount: Decimal;
  readonly direction: DirectionCode;
  readonly before: Decimal;
  readonly after: Decimal;
}

/** An operation that was accepted and has not taken effect yet; its money waits in transit. */
export type LegacyPending = {
  readonly id: string;
  readonly accepted: number;
  readonly due: number;
  readonly order: string;
  readonly coin: string;
  readonly amount: Decimal;
} & (
  | { readonly kind: 'repay' }
  | { readonly kind: 'adjust'; readonly direction: DirectionCode; readonly before: Decimal }
);

/** Everything oldest first. */
export interface LegacyState {
  readonly loans: readonly LegacyLoan[];
  readonly ended: readonly LegacyEnded[];
  readonly repayments: readonly LegacyRepayRow[];
  readonly adjustments: readonly LegacyAdjustRow[];
  readonly pending: readonly LegacyPending[];
  /** When the LTVs are looked at next; 0 for at once. Only counts while a loan runs. */
  readonly next: number;
}

export const NO_LEGACY: LegacyState = {
  loans: [],
  ended: [],
  repayments: [],
  adjustments: [],
  pending: [],
  next: 0,
};
