import { add, type Decimal, div, gt, lt, min, mul, sub, ZERO } from '../bybit/decimal';
import type { Band } from './book';

/**
 * What a value of one coin counts as collateral after its bands: each band's ratio on what lies in it, marginally
 * (API.md §6). USD in, USD out, exact. What lies above the last band's upper edge counts nothing.
 */
export function valueAfterTiers(usd: Decimal, bands: readonly Band[]): Decimal {
  let total = ZERO;
  for (const { from, to, ratio } of bands) {
    const top = to === undefined ? usd : min(usd, to);
    if (gt(top, from)) total = add(total, mul(sub(top, from), ratio));
  }
  return total;
}

/**
 * The least USD value that counts `counted` after the bands, rounded up at `places`; undefined when no value counts so
 * much. The inverse of {@link valueAfterTiers}.
 */
export function valueBeforeTiers(counted: Decimal, bands: readonly Band[], places = 18): Decimal | undefined {
  if (!gt(counted, ZERO)) return ZERO;
  let rest = counted;
  for (const { from, to, ratio } of bands) {
    if (!gt(ratio, ZERO)) continue;
    const whole = to === undefined ? undefined : mul(sub(to, from), ratio);
    if (whole === undefined || !lt(whole, rest)) return add(from, div(rest, ratio, places, 'up'));
    rest = sub(rest, whole);
  }
  return undefined;
}

/** The band in which the last dollar of a value lies, counted from 1; undefined for nothing, or without bands. */
export function tierOf(
  usd: Decimal,
  bands: readonly Band[],
): { readonly tier: number; readonly ratio: Decimal } | undefined {
  if (!gt(usd, ZERO)) return undefined;
  const index = bands.findLastIndex(({ from }) => gt(usd, from));
  const band = bands[index];
  if (band === undefined) return undefined;
  // Above the last upper edge nothing counts.
  const isAbove = band.to !== undefined && gt(usd, band.to);
  return { tier: index + 1, ratio: isAbove ? ZERO : band.ratio };
}
