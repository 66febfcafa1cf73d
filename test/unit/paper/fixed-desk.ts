import assert from 'node:assert/strict';
import type { Decimal } from '../../../src/bybit/decimal';
import {
  cancelFixedBorrowOrder,
  createFixedBorrowOrder,
  getFixedBorrowContracts,
  getFixedBorrowOrders,
  getFixedRenewOrders,
  renewFixedLoan,
} from '../../../src/bybit/fixed-borrow';
import {
  getFixedAvailableInventory,
  getFixedBorrowingMarket,
  getFixedLendingMarket,
} from '../../../src/bybit/fixed-market';
import {
  getFixedRepaymentHistory,
  repayFixedLoan,
  repayFixedWithCollateral,
} from '../../../src/bybit/fixed-repay';
import {
  cancelFixedSupplyOrder,
  createFixedSupplyOrder,
  getFixedSupplyContracts,
  getFixedSupplyOrders,
} from '../../../src/bybit/fixed-supply';
import type { Bench } from './bench';
import type { Envelope } from './signed';

export const FIXED = {
  borrowingMarket: getFixedBorrowingMarket.path,
  lendingMarket: getFixedLendingMarket.path,
  inventory: getFixedAvailableInventory.path,
  borrow: createFixedBorrowOrder.path,
  cancelBorrow: cancelFixedBorrowOrder.path,
  borrowOrders: getFixedBorrowOrders.path,
  contracts: getFixedBorrowContracts.path,
  renew: renewFixedLoan.path,
  renewals: getFixedRenewOrders.path,
  repay: repayFixedLoan.path,
  convert: repayFixedWithCollateral.path,
  repayments: getFixedRepaymentHistory.path,
  supply: createFixedSupplyOrder.path,
  cancelSupply: cancelFixedSupplyOrder.path,
  supplyOrders: getFixedSupplyOrders.path,
  supplies: getFixedSupplyContracts.path,
} as const;

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export interface QuoteRow {
  readonly annualRate: Decimal;
  readonly orderCurrency: string;
  readonly qty: Decimal;
  readonly term: number;
}
export interface OrderRow {
  readonly annualRate: Decimal;
  readonly filledQty: Decimal;
  readonly orderId: number;
  readonly orderQty: Decimal;
  readonly state: number;
}
export interface ContractRow {
  readonly annualRate: Decimal;
  readonly borrowTime: string;
  readonly interestPaid: Decimal;
  readonly loanId: string;
  readonly orderId: string;
  readonly repayType: string;
  readonly repaymentTime: string;
  readonly residualPenaltyInterest: Decimal;
  readonly residualPrincipal: Decimal;
  readonly status: number;
}
export interface SupplyRow {
  readonly actualRedemptionTime: string;
  readonly annualRate: Decimal;
  readonly interest: Decimal;
  readonly penaltyInterest: Decimal;
  readonly redemptionTime: string;
  readonly status: number;
  readonly supplyAmount: Decimal;
  readonly supplyId: string;
  readonly supplyTime: string;
}
export interface RepayRow {
  readonly details: readonly { readonly loanId: string; readonly repayAmount: Decimal }[];
  readonly repayAmount: Decimal;
  readonly repayId: string;
  readonly repayStatus: number;
  readonly repayType: number;
}

/** Rows of an answer that must have succeeded. */
export function rowsOf<Row>(answer: Envelope): readonly Row[] {
  assert.equal(answer.retCode, 0, answer.retMsg);
  return answer.result['list'] as readonly Row[];
}

/** The order id of an answer that must have succeeded. */
export function orderIdOf(answer: Envelope): string {
  assert.equal(answer.retCode, 0, answer.retMsg);
  return String(answer.result['orderId']);
}

/** What borrowers see of a coin and term: open supply, cheapest first. */
export async function offered(desk: Bench, coin: string, term = '7'): Promise<readonly QuoteRow[]> {
  const query = `orderCurrency=${coin}&term=${term}&orderBy=apy&limit=100`;
  return rowsOf(await desk.get(FIXED.borrowingMarket, query));
}

/** What lenders see: open borrow orders, best first. */
export async function wanted(desk: Bench, coin: string, term = '7'): Promise<readonly QuoteRow[]> {
  const query = `orderCurrency=${coin}&term=${term}&orderBy=apy&sort=1&limit=100`;
  return rowsOf(await desk.get(FIXED.lendingMarket, query));
}

export async function contractsOf(desk: Bench, query = 'limit=100'): Promise<readonly ContractRow[]> {
  return rowsOf(await desk.get(FIXED.contracts, query));
}

export async function repaymentsOf(desk: Bench): Promise<readonly RepayRow[]> {
  return rowsOf(await desk.get(FIXED.repayments, 'limit=100'));
}

/** The first row, which must be there. */
export function first<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  assert.ok(row !== undefined, 'there is no row');
  return row;
}
