import type { Environment } from '../account';
import { type CsvColumn, csv } from '../csv';
import { utcIso } from '../utc';
import { lasting, type Stretch } from './coverage';
import { type Segment, segmentsOf } from './segments';
import type { CoinHistory, SeriesName } from './series';

/** One line of an exported history: a rate, and from when to when it was known to hold. */
export interface HistoryRow extends Segment {
  readonly environment: Environment;
  readonly coin: string;
  readonly series: SeriesName;
}

/** What is known of a coin, a row for every stretch of one rate. */
export function rowsOf(
  environment: Environment,
  coin: string,
  history: CoinHistory,
  coverage: readonly Stretch[],
): readonly HistoryRow[] {
  return [...history].flatMap(([series, points]) =>
    segmentsOf(points, lasting(coverage)).map((segment) => ({ ...segment, environment, coin, series })),
  );
}

/** To the second, UTC: files of rates know no more. */
const moment = (ms: number): string => utcIso(ms).replace(/\.\d{3}Z$/, 'Z');

/** Columns of a table and fields of a JSON line alike; times are UTC, rates annual fractions. */
const COLUMNS: readonly CsvColumn<HistoryRow>[] = [
  { name: 'from', kind: 'text', of: ({ from }) => moment(from) },
  { name: 'to', kind: 'text', of: ({ to }) => moment(to) },
  { name: 'coin', kind: 'text', of: ({ coin }) => coin },
  { name: 'series', kind: 'text', of: ({ series }) => series },
  { name: 'annualRate', kind: 'number', of: ({ rate }) => rate },
  { name: 'environment', kind: 'text', of: ({ environment }) => environment },
];
export const FIELDS: readonly string[] = COLUMNS.map(({ name }) => name);

/** The line of names that a table begins with. */
export function csvHead(): string {
  return csv(COLUMNS, []);
}

/** The lines of a table, without its head. */
export function csvLines(rows: readonly HistoryRow[]): string {
  return csv(COLUMNS, rows).slice(csvHead().length);
}

/** An object a line. */
export function jsonLines(rows: readonly HistoryRow[]): string {
  return rows
    .map((row) => `${JSON.stringify(Object.fromEntries(COLUMNS.map(({ name, of }) => [name, of(row)])))}\n`)
    .join('');
}
