import { GAP_MS, lasting, type Stretch } from './coverage';
import { segmentsOf, seriesOf, within } from './segments';
import type { Point, Series } from './series';
import { thinnedSeries } from './thinning';

/** What held when nobody read is no rate: a line of a chart ends with the readings, and begins again with them. */
export interface WindowOptions {
  readonly coverage: readonly Stretch[];
  /** Epoch milliseconds; what is drawn ends there. */
  readonly window: Stretch;
  /** Points at most; of more, the extremes of longer and longer times stay. */
  readonly most: number;
  /** The rate as it was just read, which may not be recorded yet. */
  readonly latest: Point | undefined;
}

const MOST_SQUEEZE = 4096;

/** A series as a chart draws it within a window. */
export function windowed(series: Series, { coverage, window, most, latest }: WindowOptions): Series {
  const read = lasting(coverage);
  const end = read.at(-1)?.to;
  // The rate that was read last holds until somebody reads again, or should have.
  const isOpen = end !== undefined && window.to - end <= GAP_MS;
  const seen = isOpen ? [...read.slice(0, -1), { from: read.at(-1)?.from ?? end, to: window.to }] : read;
  const segments = segmentsOf(series, seen).flatMap((segment) =>
    within(segment, [window]).map((part) => ({ ...part, rate: segment.rate })),
  );
  const points = seriesOf(segments, window.to);
  return thinnedTo(withLatest(points, latest), window.to, most);
}

function withLatest(series: Series, latest: Point | undefined): Series {
  const last = series.at(-1);
  if (latest === undefined || last?.rate === latest.rate) return series;
  return last === undefined || last.time < latest.time ? [...series, latest] : series;
}

function thinnedTo(series: Series, now: number, most: number): Series {
  let thin = series;
  for (let squeeze = 1; thin.length > most && squeeze <= MOST_SQUEEZE; squeeze *= 2) {
    thin = thinnedSeries(series, now, squeeze);
  }
  return thin.slice(-most);
}
