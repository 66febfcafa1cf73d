import type { Heights } from '../model/heights';

/** Pixels of the body that are in sight: from the first to the last. */
interface Within {
  readonly first: number;
  readonly last: number;
}

/** First and last index of the rows in sight, of so many, with so many more at both ends. */
export function seenRows(
  { first, last }: Within,
  heights: Heights,
  { count, more }: { readonly count: number; readonly more: number },
): readonly [number, number] {
  return [Math.max(0, heights.indexAt(first) - more), Math.min(count - 1, heights.indexAt(last) + more)];
}

/** Indexes from the first to the last row, and of the active one wherever it is, in ascending order. */
export function drawnRows([first, last]: readonly [number, number], active: number): readonly number[] {
  const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (active < 0 || (active >= first && active <= last)) return shown;
  return active < first ? [active, ...shown] : [...shown, active];
}
