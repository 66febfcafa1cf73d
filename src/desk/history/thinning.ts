import { lt } from '../../bybit/decimal';
import type { CoinHistory, Point, Series } from './series';

const DAY_MS = 86_400_000;

/** How old points may be at which density: the newest keep every change, older ones a few a day, the oldest a few a week. */
export const AGES: readonly { readonly olderThan: number; readonly bucket: number }[] = [
  { olderThan: 730 * DAY_MS, bucket: 7 * DAY_MS },
  { olderThan: 90 * DAY_MS, bucket: DAY_MS },
];

/**
 * A coin's history with its old points thinned as of `now` (epoch milliseconds). `squeeze` makes points old so many times
 * sooner, for when space is short.
 */
export function thinned(history: CoinHistory, now: number, squeeze = 1): CoinHistory {
  return new Map([...history].map(([name, series]) => [name, thinnedSeries(series, now, squeeze)]));
}

/**
 * Of each bucket of old points the lowest, the highest and the last stay: what a chart and its extremes need. Where nothing was
 * offered for a while, the first such time stays whole, lest it reads as one in which the rate before it could be had.
 */
export function thinnedSeries(series: Series, now: number, squeeze = 1): Series {
  const kept: Point[] = [];
  let bucket: Point[] = [];
  let key = '';
  const flush = () => {
    kept.push(...extremes(bucket));
    bucket = [];
  };
  for (const point of series) {
    const age = AGES.find(({ olderThan }) => (now - point.time) * squeeze > olderThan);
    const own = age === undefined ? '' : `${age.bucket}/${Math.floor(point.time / age.bucket)}`;
    if (own === '' || own !== key) flush();
    key = own;
    if (own === '') kept.push(point);
    else bucket.push(point);
  }
  flush();
  // Leaving points out can bring two alike together.
  return kept.filter((point, index) => index === 0 || kept[index - 1]?.rate !== point.rate);
}

function extremes(points: readonly Point[]): Point[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  let low: Point | undefined;
  let high: Point | undefined;
  for (const point of points) {
    if (point.rate === undefined) continue;
    if (low?.rate === undefined || lt(point.rate, low.rate)) low = point;
    if (high?.rate === undefined || lt(high.rate, point.rate)) high = point;
  }
  const gap = points.findIndex(({ rate }) => rate === undefined);
  const around = gap < 0 ? [] : points.slice(Math.max(0, gap - 1), gap + 2);
  const kept = new Set([low, high, last, ...around]);
  return points.filter((point) => kept.has(point));
}
