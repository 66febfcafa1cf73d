import type { Term } from '../../bybit/terms';

/** Flows that a row of a table starts. */
export const DEEDS = ['borrow', 'borrowFixed', 'supply', 'addRateAlert'] as const;

/** What a row starts, with its coin and its term filled in; the person answers the rest. */
export interface RowDeed {
  readonly kind: (typeof DEEDS)[number];
  readonly coin: string;
  readonly term?: Term;
}
