import { compare, type Decimal, lt, lte } from '../../bybit/decimal';
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
  const { held, known } = heldByRate(series, coverage, { from, to });
  for (const [past, ms] of held) {
    if (lt(rate, past)) higher += ms;
    else if (lt(past, rate)) lower += ms;
  }
  if (isTooLittle(known, { from, to })) return undefined;
  return {
    cheaperThan: Math.floor((higher * 100) / known),
    dearerThan: Math.floor((lower * 100) / known),
    knownMs: known,
  };
}

/** From each rate on, up to the next: in what share of the known time the rate was higher, 0 to 100, rounded down. */
export interface Steps {
  /** Rising. */
  readonly rates: readonly Decimal[];
  /** One a rate. */
  readonly shares: readonly number[];
}

/**
 * The shares of {@link standingOf} for every rate there can be, a step a share: a hundred at most, however long the series is.
 * Below the first step a rate is cheaper than all. Undefined where too little is known.
 */
export function stepsOf(series: Series, coverage: readonly Stretch[], window: Stretch): Steps | undefined {
  const { held, known } = heldByRate(series, coverage, window);
  if (isTooLittle(known, window)) return undefined;
  const rates: Decimal[] = [];
  const shares: number[] = [];
  let higher = known;
  for (const rate of [...held.keys()].sort(compare)) {
    higher -= held.get(rate) ?? 0;
    const share = Math.floor((higher * 100) / known);
    if (share === (shares.at(-1) ?? ALL)) continue;
    rates.push(rate);
    shares.push(share);
  }
  return { rates: ownTexts(rates), shares };
}

/** The share that a rate has by the steps of its past. */
export function cheaperThan(rate: Decimal, { rates, shares }: Steps): number {
  let low = 0;
  let high = rates.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const step = rates[middle];
    if (step !== undefined && lte(step, rate)) low = middle + 1;
    else high = middle;
  }
  return shares[low - 1] ?? ALL;
}

const ALL = 100;

/** A part of a file's text keeps all of that text in memory, and steps are kept for long. */
function ownTexts(rates: readonly Decimal[]): readonly Decimal[] {
  return rates.length === 0 ? rates : (rates.join(' ').split(' ') as Decimal[]);
}

/** How long each rate held within a stretch, as far as rates were read, and how long that is in all. */
function heldByRate(
  series: Series,
  coverage: readonly Stretch[],
  { from, to }: Stretch,
): { readonly held: ReadonlyMap<Decimal, number>; readonly known: number } {
  const held = new Map<Decimal, number>();
  let known = 0;
  series.forEach((point, index) => {
    if (point.rate === undefined) return;
    const end = series[index + 1]?.time ?? to;
    const ms = overlap({ from: Math.max(point.time, from), to: Math.min(end, to) }, coverage);
    known += ms;
    held.set(point.rate, (held.get(point.rate) ?? 0) + ms);
  });
  return { held, known };
}

function isTooLittle(known: number, { from, to }: Stretch): boolean {
  return known === 0 || known * 10 < to - from;
}

/** Milliseconds of a stretch that lie within others. */
function overlap({ from, to }: Stretch, others: readonly Stretch[]): number {
  let sum = 0;
  for (const other of others) {
    sum += Math.max(0, Math.min(to, other.to) - Math.max(from, other.from));
  }
  return sum;
}
