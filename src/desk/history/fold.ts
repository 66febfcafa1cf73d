import { lasting, type Stretch } from './coverage';
import { joined, outside, type Segment, segmentsOf, seriesOf } from './segments';
import { type CoinHistory, SERIES, type Series, type SeriesName } from './series';

/** What comes from elsewhere about one coin. */
export type Foreign = ReadonlyMap<SeriesName, readonly Segment[]>;

/**
 * A coin's own history with what others know of the times at which nothing was read here. What was recorded here stands:
 * only gaps are filled. Without `foreign` its gaps stay gaps, though another coin's may be filled. `covered` is when the others
 * read: where that goes on after the last reading here, what was read last holds no longer than that reading.
 */
export function folded(
  own: CoinHistory,
  read: readonly Stretch[],
  foreign: Foreign,
  covered: readonly Stretch[],
): CoinHistory {
  const names = SERIES.filter((name) => own.has(name) || foreign.has(name));
  const seen = lasting(read);
  const end = seen.at(-1)?.to;
  const goesOn = end !== undefined && covered.some(({ to }) => to > end);
  return new Map(
    names.map((name): [SeriesName, Series] => {
      const known = segmentsOf(own.get(name) ?? [], seen);
      const added = (foreign.get(name) ?? []).flatMap((segment) =>
        outside(segment, seen).map((gap) => ({ ...gap, rate: segment.rate })),
      );
      return [name, seriesOf([...known, ...added], goesOn ? undefined : end)];
    }),
  );
}

/** When something is known, once foreign data was taken in. */
export function foldedCoverage(read: readonly Stretch[], foreign: Iterable<Stretch>): readonly Stretch[] {
  return joined([...read, ...foreign]);
}
