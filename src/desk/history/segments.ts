import type { Decimal } from '../../bybit/decimal';
import type { Stretch } from './coverage';
import type { Point, Series } from './series';

/** A rate that was known to hold from `from` (inclusive) to `to` (exclusive), epoch milliseconds. */
export interface Segment extends Stretch {
  readonly rate: Decimal;
}

/** Where a series is known: its rates within the stretches in which rates were read. Rates that nobody offered are none. */
export function segmentsOf(series: Series, coverage: readonly Stretch[]): readonly Segment[] {
  return series.flatMap(({ time, rate }, index) => {
    const held = { from: time, to: series[index + 1]?.time ?? Number.POSITIVE_INFINITY };
    return rate === undefined ? [] : within(held, coverage).map((stretch) => ({ ...stretch, rate }));
  });
}

/** The parts of a stretch that lie within others; `others` in order of time and apart. */
export function within({ from, to }: Stretch, others: readonly Stretch[]): readonly Stretch[] {
  return others
    .map((other) => ({ from: Math.max(from, other.from), to: Math.min(to, other.to) }))
    .filter((part) => part.from < part.to);
}

/** The parts of a stretch that lie outside others; `others` in order of time and apart. */
export function outside({ from, to }: Stretch, others: readonly Stretch[]): readonly Stretch[] {
  const edges = [from, ...others.flatMap((other) => [other.from, other.to]), to];
  const gaps: Stretch[] = [];
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const gap = { from: Math.max(edges[index] ?? from, from), to: Math.min(edges[index + 1] ?? to, to) };
    if (gap.from < gap.to) gaps.push(gap);
  }
  return gaps;
}

/** Stretches in order of time, those that meet or overlap joined. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = [...stretches].sort((a, b) => a.from - b.from);
  const result: Stretch[] = [];
  for (const stretch of sorted) {
    const last = result.at(-1);
    if (last === undefined || last.to < stretch.from) result.push(stretch);
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
  }
  return result;
}

/**
 * The series that says what the segments say: where one ends and no other begins, the rate is unknown from there on, save
 * at `openEnd`, up to which was read: there it holds until the next reading.
 */
export function seriesOf(segments: readonly Segment[], openEnd: number | undefined): Series {
  const points: Point[] = [];
  const add = (time: number, rate: Decimal | undefined) => {
    if (points.at(-1)?.time === time) points.pop();
    if (points.length === 0 ? rate !== undefined : points.at(-1)?.rate !== rate) points.push({ time, rate });
  };
  for (const { from, to, rate } of [...segments].sort((a, b) => a.from - b.from)) {
    add(from, rate);
    if (to !== openEnd) add(to, undefined);
  }
  return points;
}
