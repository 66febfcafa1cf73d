import { lasting, type Stretch } from './coverage';
import { joined, outside, type Segment, segmentsOf, seriesOf } from './segments';
import { type CoinHistory, SERIES, type Series, type SeriesName } from './series';

/** What comes from elsewhere about one coin. */
export type Foreign = ReadonlyMap<SeriesName, readonly Segment[]>;

/**
 * A coin's own history with what others know of the times at which nothing was read here. What was recorded here stands:
 * only gaps are filled. Without `foreign` its gaps stay gaps, though another coin's may be filled.
 */
export function folded(own: CoinHistory, read: readonly Stretch[], foreign: Foreign): CoinHistory {
  const names = SERIES.filter((name) => own.has(name) || foreign.has(name));
  const seen = lasting(read);
  return new Map(
    names.map((name): [SeriesName, Series] => {
      const known = segmentsOf(own.get(name) ?? [], seen);
      const added = (foreign.get(name) ?? []).flatMap((segment) =>
        outside(segment, seen).map((gap) => ({ ...gap, rate: segment.rate })),
      );
      return [name, seriesOf([...known, ...added], seen.at(-1)?.to)];
    }),
  );
}

/** When something is known, once foreign data was taken in. */
export function foldedCoverage(read: readonly Stretch[], foreign: Iterable<Stretch>): readonly Stretch[] {
  return joined([...read, ...foreign]);
}
