import type { Term } from '../../../bybit/common';
import type { Decimal } from '../../../bybit/decimal';
import type { ContractStatus, RepayType } from '../../../bybit/fixed-borrow';
import type { OrderState } from '../../../bybit/fixed-orders';
import type { SupplyStatus } from '../../../bybit/fixed-supply';

type ValueOf<Codes> = Codes[keyof Codes];
export type OrderStateCode = ValueOf<typeof OrderState>;
export type RepayTypeCode = ValueOf<typeof RepayType>;
export type Strategy = 'PARTIAL' | 'FULL';

/** What borrow and supply orders share. Amounts are in the coin. */
export interface Order {
  readonly id: number;
  readonly time: number;
  readonly coin: string;
  readonly term: Term;
  /** Annual fraction. */
  readonly rate: Decimal;
  readonly amount: Decimal;
  readonly filled: Decimal;
  readonly state: OrderStateCode;
  /** The matching at which it is looked at next, server time; nothing can fill it before. */
  readonly wake: number;
}

export interface BorrowOrder extends Order {
  readonly repayType: RepayTypeCode;
  readonly strategy: Strategy;
  /** Collateral still reserved for the open part, by coin; each fill takes its share of it into the account's pool. */
  readonly collateral: ReadonlyMap<string, Decimal>;
}

export interface SupplyOrder extends Order {
  /** How much of what is still reserved came from Earn; the rest came from the Funding wallet. */
  readonly earn: Decimal;
}

/** A fixed loan of the account. */
export interface Contract {
  readonly id: number;
  /** Its number of 19 digits, as renewals name it. */
  readonly number: string;
  /** The borrow order it came from. */
  readonly orderId: number;
  readonly time: number;
  readonly coin: string;
  readonly term: Term;
  readonly rate: Decimal;
  readonly repayType: RepayTypeCode;
  readonly amount: Decimal;
  /** Interest of the whole term, taken out of the payout. */
  readonly interest: Decimal;
  readonly due: number;
  /** What is still owed, apart. */
  readonly principal: Decimal;
  readonly penalty: Decimal;
  /** Hours of penalty that were posted. */
  readonly hoursLate: number;
  readonly status: ValueOf<typeof ContractStatus>;
  /** How much of the principal repaid was borrowed again. */
  readonly renewed: Decimal;
}

/** Money the account has lent for a term. */
export interface SupplyContract {
  readonly id: number;
  readonly orderId: number;
  readonly time: number;
  readonly coin: string;
  readonly term: Term;
  /** What the borrower pays. */
  readonly rate: Decimal;
  readonly amount: Decimal;
  /** Of the whole term, after the platform's share. */
  readonly interest: Decimal;
  readonly due: number;
  /** How many hours late the borrower will pay. */
  readonly hoursLate: number;
  readonly status: ValueOf<typeof SupplyStatus>;
}

/** What one repayment took off one contract. */
export interface RepayDetail {
  readonly loan: number;
  readonly amount: Decimal;
}

export interface FixedRepayRow {
  readonly id: number;
  readonly time: number;
  readonly coin: string;
  readonly type: number;
  readonly status: number;
  readonly details: readonly RepayDetail[];
}

export interface RenewRow {
  readonly id: number;
  readonly time: number;
  readonly coin: string;
  readonly amount: Decimal;
  readonly repayType: RepayTypeCode;
  /** The contract that was renewed, and its number. */
  readonly loan: number;
  readonly number: string;
  /** Number and maturity of the new one. */
  readonly renewedAs: string;
  readonly due: number;
}

/** A repayment that was accepted and has not taken effect yet; from the wallet its money waits in transit. */
export type FixedPending = {
  readonly id: number;
  readonly due: number;
  readonly coin: string;
  readonly details: readonly RepayDetail[];
} & ({ readonly kind: 'repay' } | { readonly kind: 'convert'; readonly collateral: readonly string[] });

/** What the account took of a simulated lender's or borrower's offer, remembered until the offer ends. */
export interface Taken {
  readonly amount: Decimal;
  readonly until: number;
}

export interface FixedState {
  /** All lists: oldest first. */
  readonly borrowOrders: readonly BorrowOrder[];
  readonly supplyOrders: readonly SupplyOrder[];
  readonly contracts: readonly Contract[];
  readonly supplies: readonly SupplyContract[];
  readonly repayments: readonly FixedRepayRow[];
  readonly renewals: readonly RenewRow[];
  readonly pending: readonly FixedPending[];
  /** By offer. */
  readonly taken: ReadonlyMap<string, Taken>;
}

export const NO_FIXED: FixedState = {
  borrowOrders: [],
  supplyOrders: [],
  contracts: [],
  supplies: [],
  repayments: [],
  renewals: [],
  pending: [],
  taken: new Map(),
};
