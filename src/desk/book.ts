import type { Decimal } from '../bybit/decimal';
import type { System } from '../bybit/endpoint';
import type { Prices } from './snapshot';

/** A quantity of a coin. */
export interface CoinAmount {
  readonly coin: string;
  readonly amount: Decimal;
}

/** What is owed in one coin in one system: the new systems' debts share one LTV. */
export interface Debt extends CoinAmount {
  readonly system: System;
  /** Interest within `amount`; undefined when the exchange does not say. */
  readonly interest: Decimal | undefined;
  /** Hourly fraction; undefined where interest does not run by the hour (prepaid fixed terms). */
  readonly hourlyRate: Decimal | undefined;
}

/** One marginal band of USD value: what lies between `from` and `to` (none: no upper edge) counts with `ratio`. */
export interface Band {
  readonly from: Decimal;
  readonly to: Decimal | undefined;
  readonly ratio: Decimal;
}

/**
 * The pooled position as arithmetic sees it: everything the LTV depends on, and the wallet that operations draw on.
 * A what-if is a function from book to book.
 */
export interface Book {
  readonly debts: readonly Debt[];
  readonly collateral: readonly CoinAmount[];
  readonly wallet: ReadonlyMap<string, Decimal>;
  readonly prices: Prices;
  /** Bands by coin; a coin without an entry counts nothing as collateral. */
  readonly bands: ReadonlyMap<string, readonly Band[]>;
}

/** LTV lines as fractions (API.md §6; the new system publishes none, so they are settings). */
export interface Thresholds {
  readonly initial: Decimal;
  readonly marginCall: Decimal;
  readonly delayedLiquidation: Decimal;
  readonly liquidation: Decimal;
}
