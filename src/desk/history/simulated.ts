import { TERMS, type Term } from '../../bybit/common';
import type { Decimal } from '../../bybit/decimal';
import { GAP_MS, type Stretch } from './coverage';
import type { Foreign } from './fold';
import { outside, type Segment } from './segments';
import type { SeriesName } from './series';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far back a simulated market is shown. */
const PAST_MS = 90 * DAY_MS;
/** The latest days are computed by the hour, older ones more widely. */
const FINE_MS = 7 * DAY_MS;
const COARSE_STEP_MS = 6 * HOUR_MS;

/** A market whose past can be computed; the paper exchange's is one. Times in local epoch milliseconds. */
export interface ComputedPast {
  readonly coins: readonly string[];
  rates(
    coin: string,
    times: readonly number[],
    vipLevel: string,
  ): readonly {
    readonly time: number;
    readonly flexible: Decimal | undefined;
    readonly terms: Readonly<Record<Term, Decimal | undefined>>;
  }[];
}

/** The stretch before `now` (epoch milliseconds) that a simulated market's history should cover. */
export function pastStretch(now: number): Stretch {
  return { from: Math.floor((now - PAST_MS) / HOUR_MS) * HOUR_MS, to: now };
}

/** Where that history is missing by more than readings usually lie apart. */
export function missingPast(coverage: readonly Stretch[], now: number): readonly Stretch[] {
  return outside(pastStretch(now), coverage).filter(({ from, to }) => to - from > GAP_MS);
}

/** The moments of a stretch at which the past is computed, and its end. */
export function momentsOf({ from, to }: Stretch, now: number): readonly number[] {
  const times: number[] = [];
  for (let time = from; time < to; time += now - time > FINE_MS ? COARSE_STEP_MS : HOUR_MS) times.push(time);
  return times;
}

/** Coin by coin, what held from each moment to the next in the stretches, for the fold of a store. */
export function* computed(
  past: ComputedPast,
  stretches: readonly Stretch[],
  now: number,
  vipLevel: string,
): Generator<readonly [coin: string, what: Foreign]> {
  const moments = stretches.map((stretch) => ({ stretch, times: momentsOf(stretch, now) }));
  for (const coin of past.coins) {
    const series = new Map<SeriesName, Segment[]>();
    for (const { stretch, times } of moments) {
      past.rates(coin, times, vipLevel).forEach(({ time, flexible, terms }, index) => {
        const held = { from: time, to: times[index + 1] ?? stretch.to };
        push(series, 'flexible', held, flexible);
        for (const term of TERMS) push(series, term, held, terms[term]);
      });
    }
    yield [coin, series];
  }
}

function push(
  series: Map<SeriesName, Segment[]>,
  name: SeriesName,
  held: Stretch,
  rate: Decimal | undefined,
): void {
  if (rate === undefined) return;
  const segments = series.get(name) ?? [];
  series.set(name, segments);
  const last = segments.at(-1);
  if (last !== undefined && last.rate === rate && last.to === held.from) {
    segments[segments.length - 1] = { from: last.from, to: held.to, rate };
  } else segments.push({ from: held.from, to: held.to, rate });
}
