import type { Page } from './params';

/** A row of a history. Ids beyond 2^53 are text (API.md §6); within a history all grow. */
export interface HistoryRow {
  readonly id: number | string;
  readonly time: number;
}

/**
 * One page of a history, newest first. The cursor is the last id shown and stands also on the last page, so that it
 * leads to an empty one, whose cursor is empty (API.md §5, §13 point 15).
 */
export function pageOf<Row extends HistoryRow>(
  rows: readonly Row[],
  { limit, cursor }: Page,
): { readonly rows: readonly Row[]; readonly nextPageCursor: string } {
  const newest = [...rows].sort((a, b) => compareIds(b.id, a.id));
  const from = cursor === undefined ? newest : newest.filter((row) => compareIds(row.id, cursor) < 0);
  const shown = from.slice(0, limit);
  const last = shown[shown.length - 1];
  return { rows: shown, nextPageCursor: last === undefined ? '' : String(last.id) };
}

/** Ids by size; digits of any length, without leading zeros. */
function compareIds(a: number | string, b: number | string): number {
  const [left, right] = [String(a), String(b)];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : Number(left > right);
}

/** Rows that match an id asked for, if any, and are old enough to show (a history may lag). */
export function visibleRows<Row extends HistoryRow>(
  rows: readonly Row[],
  id: string | undefined,
  until: number,
): readonly Row[] {
  return rows.filter((row) => row.time <= until && (id === undefined || String(row.id) === id));
}
