import type { Column, Row } from '../../src/webview/contract';
import { row, snapshot, start } from '../../test/browser/messages';

type BenchRow = Pick<Row, 'id' | 'cells'>;

/** What the extension sends to show these rows, without the session. */
export function messages(
  rows: readonly BenchRow[],
  columns: readonly Omit<Column, 'hint'>[],
): readonly object[] {
  const message = snapshot([]);
  const table = {
    ...message.table,
    columns: columns.map((column) => ({ ...column, hint: null })),
    rows: rows.map(({ id, cells }) => ({ ...row({ coin: id, deed: null }), cells })),
  };
  return [start(), { ...message, table }];
}
