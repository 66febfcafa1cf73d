import { type Decimal, decimal } from '../../bybit/decimal';
import type { Stretch } from './coverage';
import { cheaperThan, type Steps, stepsOf } from './percentile';
import { rateAt, type Series } from './series';
import { extremesOf, type Spark, sparkPath, type TimedRate } from './sparkline';
import { windowed } from './window';

/** What a row of the rate table says of a coin's past, whatever its rate is now. */
export interface PastOfCoin {
  /** What a flexible rate is judged by; undefined where too little is known. */
  readonly steps: Steps | undefined;
  /** The small line; undefined where nothing is known. */
  readonly line: Omit<Spark, 'now'> | undefined;
}

/** As many as can be told apart in a cell; one more for the end. */
const STEPS = 48;

/** A coin's past within a window. */
export function pastOfCoin(series: Series, coverage: readonly Stretch[], window: Stretch): PastOfCoin {
  const most = Number.POSITIVE_INFINITY;
  const known = windowed(series, { coverage, window, most, latest: undefined });
  const path = sparkPath(sampled(known, window), window.from, window.to);
  const extremes = extremesOf(known.map(({ time, rate }) => [time, rate ?? null]));
  const { low, high } = extremes ?? {};
  const isLine = path !== '' && low !== undefined && high !== undefined;
  return { steps: stepsOf(series, coverage, window), line: isLine ? { path, low, high } : undefined };
}

/** Percent of the known time in which the flexible rate was higher than `rate`, whole; undefined where that is not known. */
export function shareCheaper(past: PastOfCoin | undefined, rate: Decimal | undefined): Decimal | undefined {
  if (past?.steps === undefined || rate === undefined) return undefined;
  return decimal(cheaperThan(rate, past.steps));
}

/** What held in the middle of each of so many equal times. */
function sampled(series: Series, { from, to }: Stretch): readonly TimedRate[] {
  const step = (to - from) / STEPS;
  return Array.from({ length: STEPS }, (_, index) => {
    const time = from + index * step;
    return [time, rateAt(series, time + step / 2) ?? null];
  });
}
