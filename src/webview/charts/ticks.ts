import { type Decimal, decimal, mul } from '../../bybit/decimal';

/** A place on an axis: where it is drawn, and what is written there. */
export interface Tick {
  readonly at: number;
  readonly value: Decimal;
}

const STEPS = [1, 2, 5, 10] as const;
/** No rate or amount is drawn more finely or more coarsely. */
const FINEST = -30;
const COARSEST = 30;

/**
 * About `count` round places between two others, e.g. 0.02, 0.025, 0.03. Positions are floats, as pixels are; the values are
 * made of whole numbers and powers of ten, so that what is written is exact. None where there is no stretch to divide.
 */
export function ticksBetween(least: number, most: number, count: number): readonly Tick[] {
  const span = most - least;
  if (!Number.isFinite(span) || span <= 0 || count < 1) return [];
  const rough = span / count;
  const exponent = Math.min(Math.max(Math.floor(Math.log10(rough)), FINEST), COARSEST);
  const unit = 10 ** exponent;
  const step = STEPS.find((one) => one * unit >= rough) ?? 10;
  const scale = decimal(`1e${exponent}`);
  const first = Math.ceil(least / (step * unit) - 1e-9);
  const last = Math.floor(most / (step * unit) + 1e-9);
  if (!Number.isSafeInteger(first * step) || !Number.isSafeInteger(last * step)) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const value = mul(decimal((first + index) * step), scale);
    return { at: Number(value), value };
  });
}
