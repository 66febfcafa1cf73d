import { add, type Decimal, decimal, div, gt, lte, min, mul, sub, ZERO } from '../../bybit/decimal';
import type { CoinClass } from './coins';

/** One band of a ladder: the part of the USD value between `min` and `max` counts with `ratio`. */
export interface Band {
  readonly min: Decimal;
  readonly max: Decimal;
  readonly ratio: Decimal;
}
/** Bands ascending without gaps; ratios fall, so the value after them is concave. */
export type Ladder = readonly Band[];

const NO_BOUND = '99999999999';

function ladder(...steps: readonly (readonly [max: string, ratio: string])[]): Ladder {
  return steps.map(([max, ratio], index) => ({
    min: decimal(steps[index - 1]?.[0] ?? '0'),
    max: decimal(max),
    ratio: decimal(ratio),
  }));
}

/** Ladders by class of coin; the API publishes them with the coins that share one (API.md §6). */
export const LADDERS: Readonly<Record<CoinClass, Ladder>> = {
  S: ladder(['1000000', '0.95'], ['5000000', '0.9'], ['20000000', '0.8'], [NO_BOUND, '0.6']),
  A: ladder(['500000', '0.95'], ['2000000', '0.9'], ['10000000', '0.8'], [NO_BOUND, '0.5']),
  B: ladder(['200000', '0.85'], ['500000', '0.8'], ['1000000', '0.7'], [NO_BOUND, '0.4']),
  C: ladder(['10000', '0.8'], ['20000', '0.7'], ['30000', '0.5'], [NO_BOUND, '0.4']),
  D: ladder(['5000', '0.65'], ['15000', '0.5'], ['30000', '0.35'], [NO_BOUND, '0.2']),
  M: ladder(['10000', '0.6'], ['50000', '0.45'], ['100000', '0.3'], [NO_BOUND, '0.1']),
};

/** USD value after the ladder; what lies above the last band counts nothing. */
export function afterLadder(bands: Ladder, usd: Decimal): Decimal {
  let value = ZERO;
  for (const band of bands) {
    if (lte(usd, band.min)) break;
    value = add(value, mul(sub(min(usd, band.max), band.min), band.ratio));
  }
  return value;
}

/**
 * The least USD value that counts as `value` after the ladder, rounded up at 30 decimals; undefined when the ladder
 * never gives that much.
 */
export function beforeLadder(bands: Ladder, value: Decimal): Decimal | undefined {
  let left = value;
  if (!gt(left, ZERO)) return ZERO;
  for (const band of bands) {
    const whole = mul(sub(band.max, band.min), band.ratio);
    if (lte(left, whole)) return add(band.min, div(left, band.ratio, 30, 'up'));
    left = sub(left, whole);
  }
  return undefined;
}
