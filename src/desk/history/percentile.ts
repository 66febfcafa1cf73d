import { type Decimal, lt } from '../../bybit/decimal';
import type { Stretch } from './coverage';
import type { Series } from './series';

/** How a rate stands among those of a stretch of time. */
export interface Standing {
  /** Share of the known time in which the rate was higher than now, 0 to 100, rounded down: "cheaper than 80 %". */
  readonly cheaperThan: number;
  /** Share in which it was lower than now, rounded down. */
  readonly dearerThan: number;
  /** Milliseconds of the stretch for which a rate is known. */
  readonly knownMs: number;
}

/**
 * How `rate` compares with what held from `from` to `to` (epoch milliseconds), by time and only where rates were read.
 * Undefined where less than a tenth of the stretch is known: that would be a guess.
 */
export function standingOf(
  rate: Decimal,
  series: Series,
  coverage: readonly Stretch[],
  { from, to }: Stretch,
): Standing | undefined {
  let higher = 0;
  let lower = 0;
  let known = 0;
  series.forEach((point, index) => {
    if (point.rate === undefined) return;
    const end = series[index + 1]?.time ?? to;
    const held = overlap({ from: Math.max(point.time, from), to: Math.min(end, to) }, coverage);
    known += held;
    if (lt(rate, point.rate)) higher += held;
    else if (lt(point.rate, rate)) lower += held;
  });
  if (known === 0 || known * 10 < to - from) return undefined;
  return {
    cheaperThan: Math.floor((higher * 100) / known),
    dearerThan: Math.floor((lower * 100) / known),
    knownMs: known,
  };
}

/** Milliseconds of a stretch that lie within others. */
export function overlap({ from, to }: Stretch, others: readonly Stretch[]): number {
  let sum = 0;
  for (const other of others) {
    sum += Math.max(0, Math.min(to, other.to) - Math.max(from, other.from));
  }
  return sum;
}
