import type { Decimal } from '../../bybit/decimal';
import { TERMS, type Term } from '../../bybit/terms';
import type { RateRow } from '../rates';

/** What is recorded of a coin: its flexible rate, and the best rate of each fixed term. */
export type SeriesName = 'flexible' | Term;
export const SERIES: readonly SeriesName[] = ['flexible', ...TERMS];

/** Annual fraction from `time` (epoch milliseconds) until the next point; undefined where nothing was offered. */
export interface Point {
  readonly time: number;
  readonly rate: Decimal | undefined;
}

/** Points in order of time, each different from the one before. */
export type Series = readonly Point[];
export type CoinHistory = ReadonlyMap<SeriesName, Series>;

/** The rates of a coin at one moment. */
export type Rates = ReadonlyMap<SeriesName, Decimal | undefined>;

/** What a row of the rate table says, as recorded. */
export function ratesOf(row: RateRow): Rates {
  return new Map<SeriesName, Decimal | undefined>([
    ['flexible', row.flexible],
    ...TERMS.map((term): [SeriesName, Decimal | undefined] => [term, row.terms[term]]),
  ]);
}

/** The rate that held at a moment; undefined before the first point too. */
export function rateAt(series: Series, time: number): Decimal | undefined {
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((series[middle]?.time ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return series[low - 1]?.rate;
}
