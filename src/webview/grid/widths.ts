import type { Column, Kind } from '../contract';

/** Pixels. */
const WIDTHS: Readonly<Record<Kind, number>> = {
  name: 176,
  text: 140,
  /** Sentences. */
  long: 280,
  short: 96,
  rate: 92,
  ratio: 108,
  amount: 132,
  usd: 120,
  /** With a figure in the coin under it. */
  cost: 128,
  count: 108,
  days: 112,
  times: 100,
  spark: 120,
};

/** Tracks of the rows and of the head; the last one takes what is left, so that rows reach the edge. */
export function templateColumns(columns: readonly Column[]): string {
  return `${columns.map(({ kind }) => `${WIDTHS[kind]}px`).join(' ')} minmax(0, 1fr)`;
}

/** Width of the column that stays when the others scroll. */
export function pinnedWidth([first]: readonly Column[]): string {
  return first === undefined ? '0' : `${WIDTHS[first.kind]}px`;
}
