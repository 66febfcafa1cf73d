import * as v from 'valibot';
import type { Term } from './common';
import { endpoint } from './endpoint';
import { type OrdersRequest, orderFields } from './fixed-orders';
import { amount, id, milliseconds, nothing, type PageRequest, page, whole } from './schema';

/** Where the money of a supply order comes from (API.md §10). */
export const SupplySource = { funding: '0', earn: '1', both: '2' } as const;

/** Places a supply order; its money leaves the source at once. docs/v5/new-crypto-loan/fixed/supply. */
export const createFixedSupplyOrder = endpoint<{
  readonly orderCurrency: string;
  readonly orderAmount: string;
  /** Annual fraction, the lowest the lender accepts. */
  readonly annualRate: string;
  readonly term: Term;
  /** The Funding wallet when left out. */
  readonly availableSource?: (typeof SupplySource)[keyof typeof SupplySource];
}>()({
  id: 'createFixedSupplyOrder',
  system: 'fixed',
  method: 'POST',
  path: '/v5/crypto-loan-fixed/supply',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ orderId: id }),
});

/** Ends the open part of a supply order; its money goes back. docs/v5/new-crypto-loan/fixed/cancel-supply. */
export const cancelFixedSupplyOrder = endpoint<{
  readonly orderId: string;
  /** Where to: "0" Funding, which is taken when left out; "1" Earn, for money that came from there. */
  readonly refundedAccount?: '0' | '1';
}>()({
  id: 'cancelFixedSupplyOrder',
  system: 'fixed',
  method: 'POST',
  path: '/v5/crypto-loan-fixed/supply-order-cancel',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: nothing,
});

const supplyOrder = v.looseObject(orderFields);
export type FixedSupplyOrder = v.InferOutput<typeof supplyOrder>;

/** Supply orders, newest first. docs/v5/new-crypto-loan/fixed/supply-order. */
export const getFixedSupplyOrders = endpoint<OrdersRequest>()({
  id: 'getFixedSupplyOrders',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/supply-order-info',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(supplyOrder),
});

/** `status` of a supply contract (API.md §10). */
export const SupplyStatus = { supplying: 1, redeemed: 2 } as const;

const supplyContract = v.pipe(
  v.looseObject({
    supplyId: id,
    orderId: id,
    supplyCurrency: v.string(),
    supplyAmount: amount,
    supplyTime: milliseconds,
    /** Planned end. */
    redemptionTime: milliseconds,
    /** As {@link redemptionTime} while it runs. */
    actualRedemptionTime: milliseconds,
    /** Days. */
    term: whole,
    /** Annual fraction. */
    annualRate: amount,
    /** The table says `interestPaid`, the example `interest` (API.md §12). */
    interest: v.optional(amount),
    interestPaid: v.optional(amount),
    /** Extra, from a late borrower. */
    penaltyInterest: amount,
    status: whole,
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const { interest, interestPaid, ...row } = dataset.value;
    const earned = interest ?? interestPaid;
    if (earned !== undefined) return { ...row, interest: earned };
    addIssue({ message: 'no interest' });
    return NEVER;
  }),
);
/** `interest` is the whole term's, after the platform's share. */
export type FixedSupplyContract = v.InferOutput<typeof supplyContract>;

/** Contracts of the lender, newest first. docs/v5/new-crypto-loan/fixed/supply-contract. */
export const getFixedSupplyContracts = endpoint<
  PageRequest & {
    readonly orderId?: string;
    readonly supplyId?: string;
    readonly supplyCurrency?: string;
    readonly term?: Term;
  }
>()({
  id: 'getFixedSupplyContracts',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/supply-contract-info',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(supplyContract),
});
