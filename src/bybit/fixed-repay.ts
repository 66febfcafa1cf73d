import * as v from 'valibot';
import { endpoint } from './endpoint';
import { amount, id, milliseconds, nothing, type PageRequest, page, whole } from './schema';

/**
 * Repays from the Funding wallet, always in full: one contract, or all of a coin. Exactly one of the two is sent, where
 * an example sends both (API.md §12). The prepaid interest is not given back.
 */
export const repayFixedLoan = endpoint<
  | { readonly loanId: string; readonly loanCurrency?: never }
  | { readonly loanCurrency: string; readonly loanId?: never }
>()({
  id: 'repayFixedLoan',
  system: 'fixed',
  method: 'POST',
  path: '/v5/crypto-loan-fixed/fully-repay',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ repayId: id }),
});

/**
 * Repays by selling collateral, also in part; no id comes back (repayType 7 in the history). Without `loanId` the
 * contracts of the coin are paid nearest maturity first, then the higher rate; in each, interest before principal. The
 * path is its own: one client library posts to the flexible one (API.md §12).
 */
export const repayFixedWithCollateral = endpoint<{
  readonly loanId?: string;
  readonly loanCurrency: string;
  /** In the coin of the debt (API.md §12). */
  readonly amount: string;
  /** One coin, or several joined by commas. */
  readonly collateralCoin: string;
}>()({
  id: 'repayFixedWithCollateral',
  system: 'fixed',
  method: 'POST',
  path: '/v5/crypto-loan-fixed/repay-collateral',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: nothing,
});

/** Causes of a fixed repayment (API.md §10). */
export const FixedRepayType = {
  user: 1,
  liquidation: 2,
  maturity: 3,
  overdue: 4,
  delisting: 5,
  delayedLiquidation: 6,
  collateral: 7,
  toFlexible: 8,
} as const;

const repayment = v.looseObject({
  repayId: id,
  repayTime: milliseconds,
  loanCurrency: v.string(),
  /** Text, where the table promises a number (API.md §12); both are read. */
  repayAmount: amount,
  repayStatus: whole,
  repayType: whole,
  /** One row a contract touched. */
  details: v.array(v.looseObject({ loanCurrency: v.string(), loanId: id, repayAmount: amount })),
});
export type FixedRepayment = v.InferOutput<typeof repayment>;

/** Repayments, newest first. docs/v5/new-crypto-loan/fixed/repay-history. */
export const getFixedRepaymentHistory = endpoint<
  PageRequest & { readonly repayId?: string; readonly loanCurrency?: string }
>()({
  id: 'getFixedRepaymentHistory',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/repayment-history',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(repayment),
});
