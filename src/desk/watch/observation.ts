import type { Decimal } from '../../bybit/decimal';
import type { System } from '../../bybit/endpoint';
import type { Thresholds } from '../book';

/** A debt with a day on which it has to be paid. */
export interface DueDebt {
  readonly loanId: string;
  readonly system: System;
  readonly coin: string;
  /** What has to be paid, in the coin. */
  readonly amount: Decimal;
  /** Server time, epoch milliseconds (the API's `repaymentTime` / `dueTime`). */
  readonly dueAt: number;
  /** When it was taken, as `dueAt`; undefined where the exchange does not say. */
  readonly takenAt: number | undefined;
  readonly overdue: boolean;
  /** What happens at that time by itself. */
  readonly atDue: 'nothing' | 'autoRepay' | 'toFlexible';
}

/** An order on a fixed market, or one that ended lately. */
export interface WatchedOrder {
  readonly orderId: string;
  readonly side: 'borrow' | 'supply';
  readonly coin: string;
  readonly amount: Decimal;
  readonly state: 'matching' | 'filled' | 'partlyFilled' | 'cancelled' | 'failed';
}

/** Systems whose pools have an LTV and lines of their own beside that of the new loans. */
export const POOL_SYSTEMS = ['legacy', 'institutional'] as const;
export type PoolSystem = (typeof POOL_SYSTEMS)[number];

/** A legacy order, or the institutional risk unit. */
export interface WatchedPool {
  readonly id: string;
  /** What a person calls it: the coin pair of an order, the risk unit. */
  readonly name: string;
  /** Undefined while the exchange hides it: then nothing begins and nothing ends. */
  readonly ltv: Decimal | undefined;
  /** The exchange's own lines, fractions; none is known where its rules do not name the collateral. */
  readonly marginCall: Decimal | undefined;
  readonly liquidation: Decimal | undefined;
}

/** The pools of one system as far as they can be seen. */
export interface PoolSight {
  /** Undefined while the last reads allow no LTV of today, and before anything was read. */
  readonly pools: readonly WatchedPool[] | undefined;
  /** Whether there are such pools by the last good read. */
  readonly isOwed: boolean;
  /** When that was, local epoch milliseconds. */
  readonly readAt: number | undefined;
  /** Polls in a row that failed to see them. */
  readonly failedPolls: number;
}

/** What the watch looks at: facts out of one snapshot. A fact that could not be read is undefined, never "none". */
export interface Observation {
  /** Local epoch milliseconds. */
  readonly now: number;
  /** Server clock, epoch milliseconds: due dates are in it. */
  readonly serverNow: number;
  /** The pooled LTV as a fraction; `none` without a debt. */
  readonly ltv: Decimal | 'none' | undefined;
  readonly debtUsd: Decimal | undefined;
  readonly collateralUsd: Decimal | undefined;
  readonly thresholds: Thresholds;
  readonly dues: readonly DueDebt[] | undefined;
  /** Whether they are those of every system. */
  readonly areDuesWhole: boolean;
  readonly wallet: ReadonlyMap<string, Decimal> | undefined;
  readonly orders: readonly WatchedOrder[] | undefined;
  readonly pools: { readonly [System in PoolSystem]: PoolSight };
  /** `colRes` of the position (API.md §6): "1" near the platform's limit, "2" no more. */
  readonly collateralLimit: '0' | '1' | '2' | undefined;
  /** Repayments by liquidation found in the histories, newest first. */
  readonly liquidations:
    | readonly { readonly id: string; readonly coin: string; readonly amount: Decimal }[]
    | undefined;
  /** Local epoch milliseconds; undefined while the key is not known. */
  readonly keyEndsAt: number | 'never' | undefined;
  /** When the position was last read well, local epoch milliseconds; undefined when it never was. */
  readonly readAt: number | undefined;
  /** Polls in a row after which no LTV of today was known. */
  readonly failedPolls: number;
}
