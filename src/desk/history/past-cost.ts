import { add, type Decimal, decimal, div, mul, ZERO } from '../../bybit/decimal';
import { lasting, type Stretch } from './coverage';
import { segmentsOf, within } from './segments';
import type { Series } from './series';

/** What a rate would have cost in a stretch of the past, as far as it was recorded. */
export interface PastCost {
  /** Milliseconds of the stretch for which the rate is known. */
  readonly knownMs: number;
  /** Annual fraction, by time, nearest at 18 decimals. */
  readonly averageRate: Decimal;
  /** Interest without compounding over the known time only, rounded up at 18 decimals. In the coin. */
  readonly cost: Decimal;
}

const YEAR_MS = decimal(String(365 * 86_400_000));
const PLACES = 18;

/** What owing an amount would have cost within a window; undefined where nothing of it is known. Nothing is guessed. */
export function pastCost(
  amount: Decimal,
  series: Series,
  coverage: readonly Stretch[],
  window: Stretch,
): PastCost | undefined {
  const known = segmentsOf(series, lasting(coverage)).flatMap((segment) =>
    within(segment, [window]).map(({ from, to }) => ({
      ms: decimal(Math.round(to - from)),
      rate: segment.rate,
    })),
  );
  const time = add(...known.map(({ ms }) => ms), ZERO);
  if (time === ZERO) return undefined;
  const weighted = add(...known.map(({ ms, rate }) => mul(ms, rate)));
  return {
    knownMs: Number(time),
    averageRate: div(weighted, time, PLACES),
    cost: div(mul(amount, weighted), YEAR_MS, PLACES, 'up'),
  };
}
