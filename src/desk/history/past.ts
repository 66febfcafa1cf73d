import { type Decimal, decimal } from '../../bybit/decimal';
import type { Stretch } from './coverage';
import { standingOf } from './percentile';
import { rateAt, type Series } from './series';
import { sparkPath, type TimedRate } from './sparkline';
import { windowed } from './window';

/** What a row of the rate table says of a coin's past. */
export interface PastOfCoin {
  /** Percent of the time in which the flexible rate was higher than now, whole; undefined where too little is known. */
  readonly cheaperThan: Decimal | undefined;
  /** Path of the small line; undefined where nothing is known. */
  readonly path: string | undefined;
}

/** As many as can be told apart in a cell; one more for the end. */
const STEPS = 48;

/** A coin's past within a window, compared with its rate now. */
export function pastOfCoin(
  series: Series,
  now: Decimal | undefined,
  coverage: readonly Stretch[],
  window: Stretch,
): PastOfCoin {
  const standing = now === undefined ? undefined : standingOf(now, series, coverage, window);
  const most = Number.POSITIVE_INFINITY;
  const known = windowed(series, { coverage, window, most, latest: undefined });
  const path = sparkPath(sampled(known, window), window.from, window.to);
  return {
    cheaperThan: standing === undefined ? undefined : decimal(standing.cheaperThan),
    path: path === '' ? undefined : path,
  };
}

/** What held in the middle of each of so many equal times. */
function sampled(series: Series, { from, to }: Stretch): readonly TimedRate[] {
  const step = (to - from) / STEPS;
  return Array.from({ length: STEPS }, (_, index) => {
    const time = from + index * step;
    return [time, rateAt(series, time + step / 2) ?? null];
  });
}
