import { type Decimal, gt, lt, parseDecimal, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { Environment } from '../account';
import type { Stretch } from './coverage';
import type { Foreign } from './fold';
import { type Cells, linesOf, type Pieces } from './import-lines';
import type { HistoryRow } from './rows';
import { joined, type Segment } from './segments';
import { SERIES, type SeriesName } from './series';

/** A line that was not taken, and why. */
export interface Refused {
  readonly line: number;
  readonly why: Words;
}

/** What a file of rates holds. */
export interface Imported {
  /** How many lines were taken of each coin. */
  readonly coins: ReadonlyMap<string, number>;
  /** What is known of them, coin by coin, read out of the file again. Rejects when the file has become another. */
  readonly foreign: () => AsyncGenerator<readonly [coin: string, what: Foreign]>;
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
/** Lines kept at once, save of a single coin: a file may have many times more. */
const MOST_HELD = 2_000_000;
/** Stretches kept before those that meet are joined. */
const MOST_STRETCHES = 10_000;
const MOST_REASONS = 20;
const LONGEST_NAME = 400;

/**
 * Reads an exported history, as a table or as JSON lines, and checks it line by line. What names another
 * environment is refused: simulated rates never become real ones. `now` in epoch milliseconds: nothing can be known of later.
 * The file may be of any size: it is read again for what is known of its coins, of which at most `mostHeld` lines are kept.
 */
export async function readImport(
  pieces: Pieces,
  now: number,
  environment: Environment,
  mostHeld = MOST_HELD,
): Promise<Imported> {
  const coins = new Map<string, number>();
  let covered: readonly Stretch[] = [];
  let fresh: Stretch[] = [];
  const reasons: Refused[] = [];
  let taken = 0;
  let refused = 0;
  for await (const lines of linesOf(pieces)) {
    for (const { line, cells } of lines) {
      const row = checked(cells, now, environment);
      if ('text' in row) {
        refused += 1;
        if (reasons.length < MOST_REASONS) reasons.push({ line, why: row });
        continue;
      }
      taken += 1;
      const count = coins.get(row.coin);
      coins.set(count === undefined ? detached(row.coin) : row.coin, (count ?? 0) + 1);
      fresh.push({ from: row.from, to: row.to });
    }
    if (fresh.length < Math.max(MOST_STRETCHES, covered.length)) continue;
    covered = joined([...covered, ...fresh]);
    fresh = [];
  }
  const rows = () => rowsIn(pieces, now, environment);
  return {
    coins,
    foreign: () => foreignOf(rows, coins, mostHeld),
    covered: joined([...covered, ...fresh]),
    taken,
    refused,
    reasons,
  };
}

async function* rowsIn(
  pieces: Pieces,
  now: number,
  environment: Environment,
): AsyncGenerator<readonly HistoryRow[]> {
  for await (const lines of linesOf(pieces)) {
    yield lines
      .map(({ cells }) => checked(cells, now, environment))
      .filter((row): row is HistoryRow => !('text' in row));
  }
}

/**
 * Hands out each coin with its last line, so that of a file that is in order of coins, as our own are, one is kept at a time.
 * Of another the coins that find no room wait until the file is read once more.
 */
async function* foreignOf(
  rows: () => AsyncIterable<readonly HistoryRow[]>,
  coins: ReadonlyMap<string, number>,
  mostHeld: number,
): AsyncGenerator<readonly [coin: string, what: Foreign]> {
  const left = new Map(coins);
  while (left.size > 0) {
    const pass = new Pass(left, mostHeld);
    for await (const some of rows()) {
      for (const row of some) {
        const whole = pass.take(row);
        if (whole === undefined) continue;
        left.delete(row.coin);
        yield [row.coin, whole];
      }
    }
    if (pass.waiting < left.size) throw new Error('The file was changed while it was read.');
  }
}

/** What is collected of the coins that find room while the file is read once. */
class Pass {
  /** How many lines there are of each coin that was not handed out. */
  readonly #left: ReadonlyMap<string, number>;
  readonly #held = new Map<string, { readonly series: Map<SeriesName, Segment[]>; missing: number }>();
  readonly #later = new Set<string>();
  #room: number;

  constructor(left: ReadonlyMap<string, number>, room: number) {
    this.#left = left;
    this.#room = room;
  }

  /** Coins that found no room. */
  get waiting(): number {
    return this.#later.size;
  }

  /** Takes in a line; what is known of its coin if that was the last of it. */
  take({ coin, series, from, to, rate }: HistoryRow): Foreign | undefined {
    const count = this.#left.get(coin);
    if (count === undefined || this.#later.has(coin)) return undefined;
    const own = this.#held.get(coin) ?? { series: new Map<SeriesName, Segment[]>(), missing: count };
    if (own.missing === count) {
      if (this.#held.size > 0 && count > this.#room) {
        this.#later.add(detached(coin));
        return undefined;
      }
      this.#held.set(coin, own);
      this.#room -= count;
    }
    const segments = own.series.get(series) ?? [];
    own.series.set(series, segments);
    segments.push({ from, to, rate });
    own.missing -= 1;
    if (own.missing > 0) return undefined;
    this.#held.delete(coin);
    this.#room += count;
    return apart(own.series);
  }
}

/** The same text on its own: one cut out of a piece of a file keeps the whole piece. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function checked(cells: Cells | undefined, now: number, environment: Environment): HistoryRow | Words {
  return cells === undefined ? words('It cannot be read.') : rowOf(cells, now, environment);
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
