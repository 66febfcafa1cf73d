import * as v from 'valibot';
import type { Term } from './common';
import { endpoint } from './endpoint';
import { type OrdersRequest, orderFields } from './fixed-orders';
import { amount, id, milliseconds, nothing, type PageRequest, page, whole } from './schema';

/**
 * What happens at maturity (API.md §10). 0 is found on old loans only. `autoRepay`, its older name with two spellings of
 * its values, is never sent (API.md §12).
 */
export const RepayType = { none: 0, autoRepay: 1, toFlexible: 2 } as const;

/** Collateral pledged with a request; always a list, though two documented examples show one object (API.md §12). */
export type CollateralList = readonly { readonly currency: string; readonly amount: string }[];

/**
 * Places a borrow order. Contracts appear when it is matched; the interest of the whole term is taken then and not given
 * back. docs/v5/new-crypto-loan/fixed/borrow.
 */
export const createFixedBorrowOrder = endpoint<{
  readonly orderCurrency: string;
  readonly orderAmount: string;
  /** Annual fraction, the highest the borrower accepts. */
  readonly annualRate: string;
  readonly term: Term;
  /** 1 when left out. */
  readonly repayType?: '1' | '2';
  /** Only sent when the order may not be filled in parts. */
  readonly strategyType?: 'FULL';
  readonly collateralList?: CollateralList;
}>()({
  id: 'createFixedBorrowOrder',
  system: 'fixed',
  method: 'POST',
  path: '/v5/crypto-loan-fixed/borrow',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ orderId: id }),
});

/** Ends the open part of a borrow order; what was filled stays. docs/v5/new-crypto-loan/fixed/cancel-borrow. */
export const cancelFixedBorrowOrder = endpoint<{ readonly orderId: string }>()({
  id: 'cancelFixedBorrowOrder',
  system: 'fixed',
  method: 'POST',
  path: '/v5/crypto-loan-fixed/borrow-order-cancel',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: nothing,
});

/**
 * Borrows again what was repaid on a contract; the order's id is of a series of its own, text in the documentation's
 * table and a number in its example. Others read it as a new loan that replaces the old one (API.md §12), so ask first.
 */
export const renewFixedLoan = endpoint<{
  readonly loanId: string;
  readonly collateralList?: CollateralList;
}>()({
  id: 'renewFixedLoan',
  system: 'fixed',
  method: 'POST',
  path: '/v5/crypto-loan-fixed/renew',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ orderId: id }),
});

const borrowOrder = v.looseObject({
  ...orderFields,
  repayType: whole,
  /** "PARTIAL" or "FULL"; since 2026-08-07. */
  strategyType: v.optional(v.string()),
});
export type FixedBorrowOrder = v.InferOutput<typeof borrowOrder>;

/** Borrow orders, newest first. docs/v5/new-crypto-loan/fixed/borrow-order. */
export const getFixedBorrowOrders = endpoint<OrdersRequest>()({
  id: 'getFixedBorrowOrders',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/borrow-order-info',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(borrowOrder),
});

/** `status` of a borrow contract (API.md §10). */
export const ContractStatus = { unrepaid: 1, repaid: 2, overdue: 3 } as const;

const borrowContract = v.looseObject({
  loanId: id,
  orderId: id,
  borrowCurrency: v.string(),
  borrowTime: milliseconds,
  /** Maturity. */
  repaymentTime: milliseconds,
  /** Days. */
  term: whole,
  /** Annual fraction. */
  annualRate: amount,
  /** The whole term's, from the start. */
  interestPaid: amount,
  residualPrincipal: amount,
  residualPenaltyInterest: amount,
  status: whole,
  repayType: whole,
});
export type FixedBorrowContract = v.InferOutput<typeof borrowContract>;

/** Contracts of the borrower, newest first. The filter is `orderCurrency` (API.md §12). */
export const getFixedBorrowContracts = endpoint<
  PageRequest & {
    readonly orderId?: string;
    readonly loanId?: string;
    readonly orderCurrency?: string;
    readonly term?: Term;
  }
>()({
  id: 'getFixedBorrowContracts',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/borrow-contract-info',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(borrowContract),
});

const renewal = v.looseObject({
  orderId: id,
  borrowCurrency: v.string(),
  amount,
  /** Holds the values of {@link RepayType} in spite of its name. */
  autoRepay: whole,
  /** The contract that was renewed. */
  loanId: id,
  contractNo: id,
  renewLoanNo: id,
  time: milliseconds,
  dueTime: milliseconds,
});
export type FixedRenewal = v.InferOutput<typeof renewal>;

/** Renewals. docs/v5/new-crypto-loan/fixed/renew-order. */
export const getFixedRenewOrders = endpoint<
  PageRequest & { readonly orderId?: string; readonly orderCurrency?: string }
>()({
  id: 'getFixedRenewOrders',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/renew-info',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(renewal),
});
