import { isDecimal, parseDecimal } from '../../bybit/decimal';
import { type CoinHistory, type Point, type Rates, SERIES, type SeriesName } from './series';

/**
 * The text of one coin's file: a heading, then a line for every moment at which something changed,
 * `SECONDS series=rate …` with the seconds of the epoch and the annual fraction, an empty rate where nothing was offered:
 *
 *     loan-desk-rates 1 "BTC"
 *     1790000000 flexible=0.0512 7=0.04 14=
 */
const MAGIC = 'loan-desk-rates 1 ';
/** With the name of a coin behind the version: the rest of a line whose beginning is a torn heading is none. */
const OTHER_VERSION = /^loan-desk-rates (?!1 )\d{1,3} "/;

/** The first line of a coin's file. The name is JSON text, so that any name fits on a line. */
export function headingOf(coin: string): string {
  return `${MAGIC}${JSON.stringify(coin)}\n`;
}

/** The coin of a heading; undefined when the line is none of this version. */
export function coinOfHeading(line: string): string | undefined {
  if (!line.startsWith(MAGIC)) return undefined;
  try {
    const name: unknown = JSON.parse(line.slice(MAGIC.length));
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a line is the heading of a file of another version. */
export function isOfOtherVersion(line: string): boolean {
  return OTHER_VERSION.test(line);
}

/** One line; `time` in epoch milliseconds is kept to the second. */
export function lineOf(time: number, changes: Rates): string {
  const rates = [...changes].map(([name, rate]) => `${name}=${rate ?? ''}`);
  return `${Math.floor(time / 1000)} ${rates.join(' ')}\n`;
}

const NAMES: ReadonlySet<string> = new Set(SERIES);

function isName(text: string): text is SeriesName {
  return NAMES.has(text);
}

/** A line of a file: when, and the rest of it. */
interface Line {
  readonly seconds: number;
  readonly pairs: string;
}

/**
 * Reads a coin's file. What is torn, damaged, out of order of time or of a series not known here is passed over: a rate
 * that is missing is better than a wrong one. `from` leaves out what ended before that moment (epoch milliseconds).
 */
export function readHistory(text: string, from = 0): CoinHistory {
  const series = new Map<SeriesName, Point[]>();
  const lines: Line[] = [];
  let isInOrder = true;
  // What follows the last line end was torn off.
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split(/\r?\n/)) {
    const match = /^(\d{9,11})((?: [^\s=]+=\S*)+)$/.exec(line);
    if (match === null) continue;
    const seconds = Number(match[1]);
    isInOrder &&= seconds >= (lines.at(-1)?.seconds ?? 0);
    lines.push({ seconds, pairs: match[2] ?? '' });
  }
  for (const { seconds, pairs } of isInOrder ? lines : mostInOrder(lines)) {
    for (const pair of pairs.trimStart().split(' ')) addPair(series, seconds * 1000, pair, from);
  }
  return series;
}

/**
 * The most lines that are in order of time, of as many the later ones. One damaged line, whether far ahead or far back,
 * costs itself and not those before or behind it.
 */
function mostInOrder(lines: readonly Line[]): readonly Line[] {
  interface Link extends Line {
    readonly before: Link | undefined;
  }
  /** For every length, the line that ends the sequence of that length which ends first. */
  const ends: Link[] = [];
  for (const line of lines) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.seconds ?? 0) <= line.seconds) low = middle + 1;
      else high = middle;
    }
    ends[low] = { ...line, before: ends[low - 1] };
  }
  const kept: Line[] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.before) kept.push(link);
  return kept.reverse();
}

function addPair(series: Map<SeriesName, Point[]>, time: number, pair: string, from: number): void {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals);
  const text = pair.slice(equals + 1);
  // What the desk wrote is canonical, which is seen much faster than any number is read.
  const rate = text === '' ? undefined : isDecimal(text) ? text : parseDecimal(text);
  if (!isName(name) || (text !== '' && rate === undefined)) return;
  const points = series.get(name) ?? [];
  series.set(name, points);
  const before = points.at(-1);
  if (before !== undefined && before.rate === rate) return;
  // The one point before `from` still holds at `from`.
  if (before !== undefined && time <= from) points.pop();
  points.push({ time, rate });
}

/** Whether all of a file is understood, so that writing what was read of it loses nothing. */
export function isWholeHistory(text: string): boolean {
  const [, ...lines] = text.split(/\r?\n/);
  let before = 0;
  // The last line ends, too, or is torn.
  return (
    lines.pop() === '' &&
    lines.every((line) => {
      const [seconds = '', ...pairs] = line.split(' ');
      const isLater = /^\d{9,11}$/.test(seconds) && Number(seconds) >= before;
      before = Number(seconds);
      return isLater && pairs.length > 0 && pairs.every(isPair);
    })
  );
}

function isPair(pair: string): boolean {
  const [name = '', rate = '', ...more] = pair.split('=');
  return (
    more.length === 0 &&
    pair.includes('=') &&
    isName(name) &&
    (rate === '' || parseDecimal(rate) !== undefined)
  );
}

/** The whole file of a coin again, after thinning. */
export function textOf(coin: string, history: CoinHistory): string {
  const byTime = new Map<number, Map<SeriesName, Point['rate']>>();
  for (const [name, points] of history) {
    for (const { time, rate } of points) {
      const line = byTime.get(time) ?? new Map<SeriesName, Point['rate']>();
      byTime.set(time, line.set(name, rate));
    }
  }
  const lines = [...byTime].sort(([a], [b]) => a - b).map(([time, changes]) => lineOf(time, changes));
  return headingOf(coin) + lines.join('');
}
