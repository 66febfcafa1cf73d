import type { Words } from '../../bybit/words';
import type { CellNote, Table as DeskTable, TableColumn } from '../../desk/tables/table';
import type { Column, Note, Table, TableId } from '../../webview/contract';

/** A table as it goes to the page, in the sentences of `say`. */
export function shownTable(
  id: TableId,
  { title, columns, behind, rows, empty }: DeskTable,
  say: (sentence: Words) => string,
): Table {
  return {
    id,
    title: say(title),
    columns: columns.map((column) => shownColumn(column, say)),
    ...(behind && { behind: behind.map((column) => shownColumn(column, say)) }),
    rows: rows.map(({ id: own, cells, notes, deed, coin }) => ({
      id: own,
      cells: cells.map((cell) => (cell === null || typeof cell === 'string' ? cell : say(cell))),
      notes: notes?.map((note) => translatedNote(note, say)) ?? null,
      coin: coin ?? null,
      deed: deed === undefined ? null : { kind: deed.kind, coin: deed.coin, term: deed.term ?? null },
    })),
    empty: say(empty),
  };
}

function shownColumn({ id, title, kind, hint }: TableColumn, say: (sentence: Words) => string): Column {
  return { id, title: say(title), kind, hint: hint === undefined ? null : say(hint) };
}

function translatedNote(note: CellNote | null, say: (sentence: Words) => string): Note | null {
  if (note === null) return null;
  const { text, value, limit, mark } = note;
  return {
    text: typeof text === 'string' ? text : say(text),
    value: value ?? null,
    limit: limit === undefined ? null : say(limit),
    mark: mark ?? null,
  };
}
