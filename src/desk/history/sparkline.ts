import { type Decimal, isDecimal, lt, max, min } from '../../bybit/decimal';

/** A rate from a moment (epoch milliseconds) on; null where none was known or offered. */
export type TimedRate = readonly [time: number, rate: Decimal | null];

/** Size of the drawing, in units of its own; it is stretched to the cell. */
export const SPARK_WIDTH = 100;
export const SPARK_HEIGHT = 20;
const EDGE = 2;

/**
 * The path (of SVG) of a small line in steps, from `from` to `until` (epoch milliseconds); empty where nothing is known. Places
 * are floats, rounded to hundredths; what a reader is told comes from the rates.
 */
export function sparkPath(points: readonly TimedRate[], from: number, until: number): string {
  const known = points.flatMap(([, rate]) => (rate === null ? [] : [Number(rate)]));
  if (known.length === 0 || until <= from) return '';
  const low = Math.min(...known);
  const high = Math.max(...known);
  const x = (time: number) => place(((Math.max(time, from) - from) / (until - from)) * SPARK_WIDTH);
  const y = (rate: Decimal) => {
    const share = high === low ? 0.5 : (Number(rate) - low) / (high - low);
    return place(SPARK_HEIGHT - EDGE - share * (SPARK_HEIGHT - 2 * EDGE));
  };
  let path = '';
  points.forEach(([time, rate], index) => {
    if (rate === null || time >= until) return;
    const before = points[index - 1]?.[1] ?? null;
    if (before === null) path += `M${x(time)} ${y(rate)}`;
    else if (before !== rate) path += `V${y(rate)}`;
    // What goes on at the same height is one stroke.
    const next = points[index + 1];
    if (next?.[1] !== rate || next[0] >= until) path += `H${x(Math.min(next?.[0] ?? until, until))}`;
  });
  return path;
}

function place(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A small line with what it says in numbers: the lowest and the highest rate, and the one of now where there is one. */
export interface Spark {
  readonly path: string;
  readonly low: Decimal;
  readonly high: Decimal;
  readonly now: Decimal | undefined;
}

/** As it stands in a cell. A rate of now that is beyond the others is the lowest or highest itself. */
export function sparkText({ path, low, high, now }: Spark): string {
  const [least, most] = now === undefined ? [low, high] : [min(low, now), max(high, now)];
  return [path, least, most, now ?? ''].join(';');
}

/** Moves and straight lines, nothing else. */
const PATH = /^[MHV\d. -]{1,900}$/;

/** The small line of a cell; undefined for any other text. */
export function readSpark(text: string): Spark | undefined {
  const [path = '', low = '', high = '', now, ...more] = text.split(';');
  if (!PATH.test(path) || !isDecimal(low) || !isDecimal(high) || more.length > 0) return undefined;
  if (now === '') return { path, low, high, now: undefined };
  return now !== undefined && isDecimal(now) ? { path, low, high, now } : undefined;
}

/** Lowest, highest and latest rate of a line; undefined where none is known. */
export function extremesOf(
  points: readonly TimedRate[],
): { readonly low: Decimal; readonly high: Decimal; readonly last: Decimal | null } | undefined {
  let low: Decimal | undefined;
  let high: Decimal | undefined;
  for (const [, rate] of points) {
    if (rate === null) continue;
    if (low === undefined || lt(rate, low)) low = rate;
    if (high === undefined || lt(high, rate)) high = rate;
  }
  return low === undefined || high === undefined
    ? undefined
    : { low, high, last: points.at(-1)?.[1] ?? null };
}
