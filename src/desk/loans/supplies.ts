import { add, type Decimal } from '../../bybit/decimal';
import { SupplyStatus } from '../../bybit/fixed-supply';
import type { Snapshot } from '../snapshot';

/** Money lent for a term that has not come back. Amounts are in the coin, times in epoch milliseconds. */
export interface Supply {
  readonly id: string;
  readonly orderId: string;
  readonly coin: string;
  readonly amount: Decimal;
  /** Annual fraction the borrower pays. */
  readonly annualRate: Decimal;
  /** Of the whole term, after the platform's share; paid at the end. */
  readonly interest: Decimal;
  /** On top, from a borrower who is late. */
  readonly penalty: Decimal;
  /** What comes back: amount, interest and penalty. */
  readonly returns: Decimal;
  readonly start: number;
  /** Days. */
  readonly term: number;
  readonly due: number;
  /** Late when the borrower has not paid in time. */
  readonly status: 'supplying' | 'late';
}

/** Running supplies, the next to come back first; undefined while they were not read. */
export function suppliesOf({ parts }: Snapshot, now: number): readonly Supply[] | undefined {
  if (parts.supplyContracts.absent) return [];
  return parts.supplyContracts.value
    ?.filter(({ status }) => status !== SupplyStatus.redeemed)
    .map(
      (row): Supply => ({
        id: row.supplyId,
        orderId: row.orderId,
        coin: row.supplyCurrency,
        amount: row.supplyAmount,
        annualRate: row.annualRate,
        interest: row.interest,
        penalty: row.penaltyInterest,
        returns: add(row.supplyAmount, row.interest, row.penaltyInterest),
        start: row.supplyTime,
        term: row.term,
        due: row.redemptionTime,
        status: row.redemptionTime < now ? 'late' : 'supplying',
      }),
    )
    .sort((a, b) => a.due - b.due);
}
