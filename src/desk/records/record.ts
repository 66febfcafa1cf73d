import type { Decimal } from '../../bybit/decimal';
import type { System } from '../../bybit/endpoint';
import type { Words } from '../../bybit/words';

/** What a person filters by. An order waits for a lender or borrower; what it becomes is a borrowing or a supply. */
export const RECORD_KINDS = ['borrow', 'repay', 'collateral', 'order', 'renew', 'supply'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export type RecordState = 'done' | 'running' | 'failed';

/** Something that happened on the account, as a history of the exchange tells it. */
export interface AccountRecord {
  /** The exchange's number; unique in its history only. */
  readonly id: string;
  readonly system: System;
  readonly kind: RecordKind;
  /** Server time, epoch milliseconds. */
  readonly time: number;
  readonly coin: string;
  /** In the coin; undefined where the history leaves it out. */
  readonly amount: Decimal | undefined;
  /** E.g. "Repaid by selling collateral". */
  readonly what: Words;
  readonly state: RecordState;
  /** More of it, a sentence each. */
  readonly details: readonly Words[];
}
