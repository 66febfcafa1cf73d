import { add, compare, type Decimal, div, lt, lte, mul, ONE, sub, ZERO } from '../bybit/decimal';
import type { Band } from './book';
import { valueAfterTiers } from './tiers';

/** Debt and collateral in USD as functions of one unknown t >= 0: a price, or a factor on many prices. */
export interface Course {
  readonly debt: { readonly fixed: Decimal; readonly perUnit: Decimal };
  /** Value after the tiers of the collateral that does not move with t. */
  readonly collateral: Decimal;
  /** Collateral whose value before the tiers is `perUnit × t`. */
  readonly moving: readonly { readonly perUnit: Decimal; readonly bands: readonly Band[] }[];
}

/** Where the LTV is under a line: between `from` and `to`; none where it is so down to 0, or without end. */
export interface SafeRange {
  readonly from: Decimal | undefined;
  readonly to: Decimal | undefined;
}

/** `debt - line × collateral` at t: below zero the LTV is under the line. Exact. */
export function gapAt({ debt, collateral, moving }: Course, line: Decimal, t: Decimal): Decimal {
  const counted = moving.map(({ perUnit, bands }) => valueAfterTiers(mul(perUnit, t), bands));
  return sub(add(debt.fixed, mul(debt.perUnit, t)), mul(line, add(collateral, ...counted)));
}

const EDGE_PLACES = 40;

/**
 * 0 and every t at which some coin's value meets an edge of its bands, ascending, each once. Rounded up, so that behind
 * the last edge the gap is a straight line to the last digit.
 */
export function edgesOf({ moving }: Course): Decimal[] {
  const edges = new Set<Decimal>([ZERO]);
  for (const { perUnit, bands } of moving) {
    if (perUnit === ZERO) continue;
    for (const { from, to } of bands) {
      edges.add(div(from, perUnit, EDGE_PLACES, 'up'));
      if (to !== undefined) edges.add(div(to, perUnit, EDGE_PLACES, 'up'));
    }
  }
  return [...edges].sort(compare);
}

/** Where a straight gap through two points is zero, rounded at `places`. */
export function zeroBetween(
  a: { readonly t: Decimal; readonly gap: Decimal },
  b: { readonly t: Decimal; readonly gap: Decimal },
  places: number,
  rounding: 'up' | 'down',
): Decimal {
  // One quotient, so that it is rounded once: (a.t × b.gap - b.t × a.gap) / (b.gap - a.gap).
  return div(sub(mul(a.t, b.gap), mul(b.t, a.gap)), sub(b.gap, a.gap), places, rounding);
}

/**
 * The range of t in which the LTV is under the line, exact tier by tier: between two edges the gap is a straight line.
 * Tiers are concave, so there is at most one such range; of several (a ladder that is not) it is the one around `now`,
 * or the lowest. Undefined when the LTV is under the line nowhere. `from` is rounded up and `to` down at `places`,
 * both into the range.
 */
export function safeRange(course: Course, line: Decimal, now: Decimal, places = 18): SafeRange | undefined {
  const ranges = safeRanges(course, line, places);
  return ranges.find((range) => isWithin(range, now)) ?? ranges[0];
}

function isWithin({ from, to }: SafeRange, t: Decimal): boolean {
  return (from === undefined || lte(from, t)) && (to === undefined || lte(t, to));
}

function safeRanges(course: Course, line: Decimal, places: number): SafeRange[] {
  const points = edgesOf(course).map((t) => ({ t, gap: gapAt(course, line, t) }));
  const ranges: SafeRange[] = [];
  let from: Decimal | undefined;
  let open = false;
  points.forEach((start, index) => {
    const next = points[index + 1];
    // Behind the last edge the line goes on: any point there shows where to.
    const t = add(start.t, ONE);
    const end = next ?? { t, gap: gapAt(course, line, t) };
    const safe = lt(start.gap, ZERO);
    if (safe && !open) {
      open = true;
      from = start.t === ZERO ? undefined : start.t;
    }
    const changes = next === undefined ? turns(start.gap, end.gap) : safe !== lt(end.gap, ZERO);
    if (!changes) return;
    if (safe) ranges.push({ from, to: zeroBetween(start, end, places, 'down') });
    else from = positive(zeroBetween(start, end, places, 'up'));
    open = !safe;
  });
  if (open) ranges.push({ from, to: undefined });
  return ranges;
}

/** A line at 0 is none: nothing is below it. */
function positive(t: Decimal): Decimal | undefined {
  return lt(ZERO, t) ? t : undefined;
}

/** Whether a straight gap that goes from `a` to `b` will change its sign if it goes on for ever. */
function turns(a: Decimal, b: Decimal): boolean {
  return lt(a, ZERO) ? lt(a, b) : lt(b, a);
}
