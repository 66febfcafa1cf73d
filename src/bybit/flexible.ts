import * as v from 'valibot';
import { endpoint } from './endpoint';
import {
  amount,
  id,
  milliseconds,
  nothing,
  type PageRequest,
  page,
  secondsOrMilliseconds,
  whole,
} from './schema';

/** What may be lent of a coin now: the smaller of the platform's pool and the user's rest. */
export const getFlexibleAvailableInventory = endpoint<{ readonly currency: string }>()({
  id: 'getFlexibleAvailableInventory',
  system: 'flexible',
  method: 'GET',
  path: '/v5/crypto-loan-flexible/available-inventory',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: v.looseObject({
    currency: v.string(),
    availableInventory: amount,
    updateTime: secondsOrMilliseconds,
  }),
});

/** Borrows flexibly; pledges `collateralList` (up to 100 coins) in the same step. docs/v5/new-crypto-loan/flexible/borrow. */
export const borrowFlexible = endpoint<{
  readonly loanCurrency: string;
  readonly loanAmount: string;
  readonly collateralList?: readonly { readonly currency: string; readonly amount: string }[];
}>()({
  id: 'borrowFlexible',
  system: 'flexible',
  method: 'POST',
  path: '/v5/crypto-loan-flexible/borrow',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ orderId: id }),
});

/** Repays from the Funding wallet, interest first. The parameter is `amount` (API.md §12). */
export const repayFlexible = endpoint<{ readonly loanCurrency: string; readonly amount: string }>()({
  id: 'repayFlexible',
  system: 'flexible',
  method: 'POST',
  path: '/v5/crypto-loan-flexible/repay',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ repayId: id }),
});

/** Repays by selling collateral; `amount` is in the coin of the debt; no id comes back (repayType 7 in the history). */
export const repayFlexibleWithCollateral = endpoint<{
  readonly loanCurrency: string;
  readonly amount: string;
  /** One coin, or several joined by commas. */
  readonly collateralCoin: string;
}>()({
  id: 'repayFlexibleWithCollateral',
  system: 'flexible',
  method: 'POST',
  path: '/v5/crypto-loan-flexible/repay-collateral',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: nothing,
});

const flexibleLoan = v.looseObject({
  loanCurrency: v.string(),
  /** Hourly fraction. */
  hourlyInterestRate: amount,
  totalDebt: amount,
  /** Principal and interest apart; since 2025-10-16. */
  unpaidAmount: v.optional(amount),
  unpaidInterest: v.optional(amount),
});
export type FlexibleLoan = v.InferOutput<typeof flexibleLoan>;

/** Running flexible debts, one row a coin. docs/v5/new-crypto-loan/flexible/unpaid-loan. */
export const getFlexibleLoans = endpoint<{ readonly loanCurrency?: string }>()({
  id: 'getFlexibleLoans',
  system: 'flexible',
  method: 'GET',
  path: '/v5/crypto-loan-flexible/ongoing-coin',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: v.looseObject({ list: v.array(flexibleLoan) }),
});

const flexibleBorrowing = v.looseObject({
  orderId: id,
  borrowTime: milliseconds,
  initialLoanAmount: amount,
  loanCurrency: v.string(),
  status: whole,
});
export type FlexibleBorrowing = v.InferOutput<typeof flexibleBorrowing>;

/** Borrow orders, newest first. docs/v5/new-crypto-loan/flexible/loan-orders. */
export const getFlexibleBorrowHistory = endpoint<
  PageRequest & { readonly orderId?: string; readonly loanCurrency?: string }
>()({
  id: 'getFlexibleBorrowHistory',
  system: 'flexible',
  method: 'GET',
  path: '/v5/crypto-loan-flexible/borrow-history',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(flexibleBorrowing),
});

/** Causes of a flexible repayment (API.md §10). */
export const FlexibleRepayType = {
  user: 1,
  liquidation: 2,
  delisting: 5,
  delayedLiquidation: 6,
  collateral: 7,
} as const;

const flexibleRepayment = v.looseObject({
  repayId: id,
  repayTime: milliseconds,
  repayAmount: amount,
  loanCurrency: v.string(),
  repayStatus: whole,
  repayType: whole,
});
export type FlexibleRepayment = v.InferOutput<typeof flexibleRepayment>;

/** Repayments, newest first. docs/v5/new-crypto-loan/flexible/repay-orders. */
export const getFlexibleRepaymentHistory = endpoint<
  PageRequest & { readonly repayId?: string; readonly loanCurrency?: string }
>()({
  id: 'getFlexibleRepaymentHistory',
  system: 'flexible',
  method: 'GET',
  path: '/v5/crypto-loan-flexible/repayment-history',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(flexibleRepayment),
});
