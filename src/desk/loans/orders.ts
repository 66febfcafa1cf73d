import { type Decimal, sub } from '../../bybit/decimal';
import type { FixedBorrowOrder } from '../../bybit/fixed-borrow';
import type { FixedSupplyOrder } from '../../bybit/fixed-supply';
import type { OperationKind } from '../operation';
import type { Snapshot } from '../snapshot';
import { atMaturity } from './fixed';
import type { AtMaturity } from './loan';

/** An order on the fixed market that waits for the other side. Amounts are in the coin. */
export interface WaitingOrder {
  readonly side: 'borrow' | 'supply';
  readonly id: string;
  readonly coin: string;
  readonly amount: Decimal;
  readonly filled: Decimal;
  /** What still waits. */
  readonly rest: Decimal;
  /** Annual fraction. */
  readonly annualRate: Decimal;
  /** Days. */
  readonly term: number;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Of a borrow order. */
  readonly atMaturity: AtMaturity | undefined;
  /** Whether it is filled at once in full or not at all. */
  readonly isAllOrNothing: boolean;
  readonly can: readonly OperationKind[];
}

/** Borrow orders that wait, newest first; undefined while they were not read. */
export function borrowOrders({ parts }: Snapshot): readonly WaitingOrder[] | undefined {
  if (parts.fixedOrders.absent) return [];
  return parts.fixedOrders.value?.map((row) => ({
    ...common(row),
    side: 'borrow',
    atMaturity: atMaturity(row.repayType),
    isAllOrNothing: row.strategyType === 'FULL',
    can: ['fixed.cancelBorrow'],
  }));
}

/** Supply orders that wait, newest first; undefined while they were not read. */
export function supplyOrders({ parts }: Snapshot): readonly WaitingOrder[] | undefined {
  if (parts.supplyOrders.absent) return [];
  return parts.supplyOrders.value?.map((row) => ({
    ...common(row),
    side: 'supply',
    atMaturity: undefined,
    isAllOrNothing: false,
    can: ['fixed.cancelSupply'],
  }));
}

function common(row: FixedBorrowOrder | FixedSupplyOrder) {
  return {
    id: row.orderId,
    coin: row.orderCurrency,
    amount: row.orderQty,
    filled: row.filledQty,
    rest: sub(row.orderQty, row.filledQty),
    annualRate: row.annualRate,
    term: row.term,
    since: row.orderTime,
  };
}
