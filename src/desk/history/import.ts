import * as v from 'valibot';
import { type Decimal, gt, lt, parseDecimal, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { Environment } from '../account';
import type { Stretch } from './coverage';
import { csvRecords } from './csv-records';
import type { Foreign } from './fold';
import { FIELDS, type HistoryRow } from './rows';
import { joined, type Segment } from './segments';
import { SERIES, type SeriesName } from './series';

/** A line that was not taken, and why. */
export interface Refused {
  readonly line: number;
  readonly why: Words;
}

/** What a file of rates holds. */
export interface Imported {
  readonly coins: ReadonlyMap<string, Foreign>;
  /** When its rates were known. */
  readonly covered: readonly Stretch[];
  readonly taken: number;
  readonly refused: number;
  /** The first of those refused. */
  readonly reasons: readonly Refused[];
}

/** Rates were first lent for money over this API later than this. */
const EARLIEST = Date.UTC(2018, 0, 1);
/** A hundred times the loan a year is no rate but a mistake of units. */
const HIGHEST = parseDecimal('100') ?? ZERO;
/** Clocks of two machines differ. */
const SLACK_MS = 60_000;
/** Lines after which others have their turn: a file may have millions. */
const A_BREATH = 5_000;
const MOST_REASONS = 20;
const LONGEST_NAME = 400;

type Cells = readonly (string | undefined)[];
type Line = { readonly line: number; readonly cells: Cells | undefined };

/**
 * Reads an exported history, as a table or as JSON lines, and checks it line by line. What names another
 * environment is refused: simulated rates never become real ones. `now` in epoch milliseconds: nothing can be known of later.
 */
export async function readImport(text: string, now: number, environment: Environment): Promise<Imported> {
  const byCoin = new Map<string, Map<SeriesName, Segment[]>>();
  const covered: Stretch[] = [];
  const reasons: Refused[] = [];
  let taken = 0;
  let refused = 0;
  let count = 0;
  for (const { line, cells } of linesOf(text)) {
    count += 1;
    if (count % A_BREATH === 0) await new Promise((resolve) => setImmediate(resolve));
    const row = cells === undefined ? words('It cannot be read.') : rowOf(cells, now, environment);
    if ('text' in row) {
      refused += 1;
      if (reasons.length < MOST_REASONS) reasons.push({ line, why: row });
      continue;
    }
    taken += 1;
    covered.push({ from: row.from, to: row.to });
    const series = byCoin.get(row.coin) ?? new Map<SeriesName, Segment[]>();
    byCoin.set(row.coin, series);
    const segments = series.get(row.series) ?? [];
    series.set(row.series, segments);
    segments.push({ from: row.from, to: row.to, rate: row.rate });
  }
  const coins = new Map([...byCoin].map(([coin, series]) => [coin, apart(series)] as const));
  return { coins, covered: joined(covered), taken, refused, reasons };
}

function linesOf(text: string): Iterable<Line> {
  return /^\uFEFF?\s*\{/.test(text) ? jsonOf(text) : tableOf(text);
}

const jsonRow = v.object({
  from: v.string(),
  to: v.string(),
  coin: v.string(),
  series: v.string(),
  annualRate: v.string(),
  environment: v.optional(v.string()),
});

function* jsonOf(text: string): Generator<Line> {
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    if (line.trim() === '') continue;
    const { success, output } = v.safeParse(jsonRow, parsed(line));
    yield {
      line: number,
      cells: success
        ? [output.from, output.to, output.coin, output.series, output.annualRate, output.environment]
        : undefined,
    };
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Columns may stand in any order, and there may be others. */
function* tableOf(text: string): Generator<Line> {
  let places: readonly number[] | undefined;
  for (const { line, cells } of csvRecords(text)) {
    if (places === undefined) {
      places = FIELDS.map((field) => cells.indexOf(field));
      continue;
    }
    if (cells.length === 1 && cells[0] === '') continue;
    yield { line, cells: places.map((place) => cells[place]?.replace(/^'(?=[=+\-@\t\r])/, '')) };
  }
}

function rowOf(
  [from, to, coin, series, annualRate, origin]: Cells,
  now: number,
  environment: Environment,
): HistoryRow | Words {
  if (origin !== undefined && origin !== '' && origin !== environment) {
    return words('It is a rate of another environment: {0}.', origin.slice(0, 40));
  }
  const start = momentOf(from);
  const end = momentOf(to);
  if (start === undefined || end === undefined) {
    return words('from and to must be times with their zone, for example 2026-01-31T12:00:00Z.');
  }
  if (start >= end) return words('from must be before to.');
  if (start < EARLIEST || end > now + SLACK_MS) return words('The times must lie between 2018 and now.');
  if (coin === undefined || coin === '' || coin.length > LONGEST_NAME) {
    return words('coin must be a name of 1 to {0} characters.', String(LONGEST_NAME));
  }
  const name = SERIES.find((one) => one === series);
  if (name === undefined) return words('series must be one of {0}.', SERIES.join(', '));
  const rate = rateOf(annualRate);
  if (rate === undefined) {
    return words('annualRate must be a fraction from 0 to 100; 5 % a year is 0.05.');
  }
  return { environment, from: start, to: end, coin, series: name, rate };
}

function rateOf(text: string | undefined): Decimal | undefined {
  const rate = parseDecimal(text ?? '');
  return rate === undefined || lt(rate, ZERO) || gt(rate, HIGHEST) ? undefined : rate;
}

/** ISO 8601 with seconds and a zone, to the second; undefined for everything else. */
function momentOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text))
    return undefined;
  const time = Date.parse(text);
  return Number.isFinite(time) ? Math.floor(time / 1000) * 1000 : undefined;
}

/** In order of time; of two that overlap the earlier one stands, for as long as it lasts. */
function apart(series: ReadonlyMap<SeriesName, readonly Segment[]>): Foreign {
  return new Map(
    [...series].map(([name, segments]) => {
      const clean: Segment[] = [];
      for (const segment of [...segments].sort((a, b) => a.from - b.from)) {
        const from = Math.max(segment.from, clean.at(-1)?.to ?? 0);
        if (from < segment.to) clean.push({ ...segment, from });
      }
      return [name, clean];
    }),
  );
}
