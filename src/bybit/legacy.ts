import * as v from 'valibot';
import type { Term } from './common';
import { endpoint } from './endpoint';
import {
  amount,
  amountOrNone,
  id,
  milliseconds,
  millisecondsOrNone,
  type PageRequest,
  page,
  whole,
  wholeOrNone,
} from './schema';

/**
 * Withdrawn on 2025-11-17 and offered nowhere; kept because client libraries still carry it. One of `loanAmount` and
 * `collateralAmount` is needed.
 */
export const borrowLegacyLoan = endpoint<{
  readonly loanCurrency: string;
  readonly loanAmount?: string | null;
  /** Flexible when left out. */
  readonly loanTerm?: Term | null;
  readonly collateralCurrency: string;
  readonly collateralAmount?: string | null;
}>()({
  id: 'borrowLegacyLoan',
  system: 'legacy',
  method: 'POST',
  path: '/v5/crypto-loan/borrow',
  auth: true,
  mutates: true,
  perSecond: null,
  schema: v.looseObject({ orderId: id }),
});

/** Repays a loan from the Funding wallet, interest first; the last repayment brings the collateral back. */
export const repayLegacyLoan = endpoint<{ readonly orderId: string; readonly amount: string }>()({
  id: 'repayLegacyLoan',
  system: 'legacy',
  method: 'POST',
  path: '/v5/crypto-loan/repay',
  auth: true,
  mutates: true,
  perSecond: null,
  schema: v.looseObject({ repayId: id }),
});

const unpaidLoan = v.looseObject({
  orderId: id,
  loanCurrency: v.string(),
  collateralCurrency: v.string(),
  collateralAmount: amount,
  /** The unpaid principal, in spite of its name: interest stands apart. */
  totalDebt: amount,
  residualInterest: amount,
  residualPenaltyInterest: amount,
  /** Hourly fraction; live for flexible loans, locked for fixed ones. */
  hourlyInterestRate: amount,
  /** Fraction with four decimals. */
  currentLTV: amountOrNone,
  /** Days; none for flexible loans. */
  loanTerm: wholeOrNone,
  expirationTime: millisecondsOrNone,
});
export type LegacyLoan = v.InferOutput<typeof unpaidLoan>;

/** Running loans. docs/v5/crypto-loan/unpaid-loan-order. */
export const getLegacyUnpaidLoans = endpoint<
  PageRequest & {
    readonly orderId?: string;
    readonly loanCurrency?: string;
    readonly collateralCurrency?: string;
    /** "1" fixed, which needs `loanTerm`; "2" flexible. */
    readonly loanTermType?: '1' | '2';
    readonly loanTerm?: Term;
  }
>()({
  id: 'getLegacyUnpaidLoans',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/ongoing-orders',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: page(unpaidLoan),
});

/** Causes of a legacy repayment; text on the wire (API.md §10). */
export const LegacyRepayType = { user: 1, liquidation: 2 } as const;

const repayment = v.looseObject({
  repayId: id,
  repayTime: milliseconds,
  orderId: id,
  loanCurrency: v.string(),
  repayAmount: amount,
  collateralCurrency: v.string(),
  /** Given back; 0 unless it was the last repayment. */
  collateralReturn: amount,
  loanTerm: wholeOrNone,
  repayStatus: whole,
  repayType: whole,
});
export type LegacyRepayment = v.InferOutput<typeof repayment>;

/** Repayments of the last six months. docs/v5/crypto-loan/repay-transaction. */
export const getLegacyRepaymentHistory = endpoint<
  PageRequest & { readonly orderId?: string; readonly repayId?: string; readonly loanCurrency?: string }
>()({
  id: 'getLegacyRepaymentHistory',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/repayment-history',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: page(repayment),
});

/** How a completed loan ended (API.md §10). */
export const LegacyEnd = { user: 1, liquidation: 2 } as const;

const completedLoan = v.looseObject({
  orderId: id,
  loanCurrency: v.string(),
  initialLoanAmount: amount,
  collateralCurrency: v.string(),
  initialCollateralAmount: amount,
  borrowTime: milliseconds,
  expirationTime: millisecondsOrNone,
  loanTerm: wholeOrNone,
  hourlyInterestRate: amountOrNone,
  repaidInterest: amount,
  repaidPenaltyInterest: amount,
  status: whole,
});
export type LegacyCompletedLoan = v.InferOutput<typeof completedLoan>;

/** Loans repaid in the last six months; the new system uses the same name for borrow orders (API.md §12). */
export const getLegacyCompletedLoans = endpoint<
  PageRequest & {
    readonly orderId?: string;
    readonly loanCurrency?: string;
    readonly collateralCurrency?: string;
  }
>()({
  id: 'getLegacyCompletedLoans',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/borrow-history',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: page(completedLoan),
});
