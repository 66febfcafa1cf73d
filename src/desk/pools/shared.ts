import type { Book, Thresholds } from '../book';
import type { PartName } from '../snapshot';
import type { Pool } from './pool';

/** Parts that the figures of the shared pool rest on. */
const GROUNDS: readonly PartName[] = ['position', 'flexibleLoans', 'wallet', 'prices', 'collateralRules'];

/** The flexible and fixed loans of an account as a pool. `thresholds` are those of the settings. */
export function sharedPool(book: Book, thresholds: Thresholds): Pool {
  return { name: 'shared', book, thresholds, grounds: GROUNDS };
}
