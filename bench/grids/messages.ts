import { firstRows } from '../../src/ui/panels/first-rows';
import type { Column, Row } from '../../src/webview/contract';
import { row, snapshot, start, table as tableOf } from '../../test/browser/messages';

type BenchRow = Pick<Row, 'id' | 'cells'>;

/** What the extension sends to show these rows, without the session; what follows first rows once the page asks. */
export function messages(
  rows: readonly BenchRow[],
  columns: readonly Omit<Column, 'hint'>[],
): readonly object[] {
  const message = snapshot([]);
  const table = {
    ...tableOf([]),
    columns: columns.map((column) => ({ ...column, hint: null })),
    rows: rows.map(({ id, cells }) => ({ ...row({ coin: id, deed: null }), cells })),
  };
  const all = { ...message, table };
  const first = firstRows(all);
  return first === undefined ? [start(), all] : [start(), first, all];
}
