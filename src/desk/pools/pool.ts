import type { Book, Thresholds } from '../book';
import type { PartName } from '../snapshot';

/** Whose LTV it is. */
export type PoolName = 'shared' | 'legacy' | 'institutional';

/**
 * Debts that share collateral and an LTV, with the lines of that LTV. The new loans of an account are one pool (its
 * settings give the lines), every legacy loan is one, and an institutional risk unit is one. All arithmetic on books
 * (`risk.ts`, `change.ts`) serves each of them.
 */
export interface Pool {
  readonly name: PoolName;
  readonly book: Book;
  /** Where a pool has no such line it is the liquidation line. */
  readonly thresholds: Thresholds;
  /** The parts of the snapshot it rests on. */
  readonly grounds: readonly PartName[];
}
