import { firstRows } from '../../src/ui/panels/first-rows';
import type { Column, Row } from '../../src/webview/contract';
import { row, snapshot, start, table as tableOf } from '../../test/browser/messages';

type BenchRow = Pick<Row, 'id' | 'cells'>;

/** What the extension sends to show these rows, without the session. */
export function messages(
  rows: readonly BenchRow[],
  columns: readonly Omit<Column, 'hint'>[],
): { readonly atOnce: readonly object[]; readonly whenAsked: object | null } {
  const message = snapshot([]);
  const table = {
    ...tableOf([]),
    columns: columns.map((column) => ({ ...column, hint: null })),
    rows: rows.map(({ id, cells }) => ({ ...row({ coin: id, deed: null }), cells })),
  };
  const all = { ...message, table };
  const first = firstRows(all, new Set());
  const hello = [start(), { type: 'favourites', coins: [] }];
  return first === undefined
    ? { atOnce: [...hello, all], whenAsked: null }
    : { atOnce: [...hello, first], whenAsked: all };
}
