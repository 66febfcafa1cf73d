import type { Book, Thresholds } from '../book';
import type { PartName, Snapshot } from '../snapshot';

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

/** Rules of the exchange: they hold for hours, are read seldom, and age no figure that rests on them. */
const RULES: ReadonlySet<PartName> = new Set(['collateralRules', 'legacyRules']);

/**
 * When the figures of a pool were read, epoch milliseconds: the oldest of what they rest on. Rules count where nothing else
 * was read, or where the last try to read them failed.
 */
export function readAtOf({ grounds }: Pick<Pool, 'grounds'>, { parts }: Snapshot): number | undefined {
  const counting = grounds.filter((name) => !RULES.has(name) || parts[name].failure !== undefined);
  for (const names of [counting, grounds]) {
    const times = names.flatMap((name) => parts[name].readAt ?? []);
    if (times.length > 0) return Math.min(...times);
  }
  return undefined;
}
