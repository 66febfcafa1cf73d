import type { Table } from '../contract';

/** Cells that differ from before: columns by row id. */
export type Changes = ReadonlyMap<string, ReadonlySet<number>>;

export const NO_CHANGES: Changes = new Map();

/** What differs between two tables of the same columns; nothing when the columns differ. Rows that are new do not count. */
export function changesBetween(before: Table, after: Table): Changes {
  if (before.id !== after.id || before.columns.length !== after.columns.length) return NO_CHANGES;
  const old = new Map(before.rows.map((row) => [row.id, row.cells]));
  // A column that had nothing at all was only read later than the others.
  const known = new Set(
    before.columns.flatMap((_, index) =>
      before.rows.some(({ cells }) => cells[index] !== null) ? [index] : [],
    ),
  );
  const changes = new Map<string, ReadonlySet<number>>();
  for (const { id, cells } of after.rows) {
    const was = old.get(id);
    if (was === undefined) continue;
    const columns = new Set<number>();
    for (const [index, cell] of cells.entries()) {
      const kind = after.columns[index]?.kind;
      // A line that grew by a day is no news, and costs move with every price and every offer that is read.
      const isQuiet = kind === 'spark' || kind === 'cost';
      if (cell !== was[index] && !isQuiet && known.has(index)) columns.add(index);
    }
    if (columns.size > 0) changes.set(id, columns);
  }
  return changes;
}
