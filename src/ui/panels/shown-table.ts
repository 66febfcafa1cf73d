import type { Words } from '../../bybit/words';
import type { CellNote, Table as DeskTable } from '../../desk/tables/table';
import type { Note, Table, TableId } from '../../webview/contract';

/** A table as it goes to the page, in the sentences of `say`. */
export function shownTable(
  id: TableId,
  { title, columns, rows, empty }: DeskTable,
  say: (sentence: Words) => string,
): Table {
  return {
    id,
    title: say(title),
    columns: columns.map((column) => ({
      id: column.id,
      title: say(column.title),
      kind: column.kind,
      hint: column.hint === undefined ? null : say(column.hint),
    })),
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

function translatedNote(note: CellNote | null, say: (sentence: Words) => string): Note | null {
  if (note === null) return null;
  return { text: typeof note.text === 'string' ? note.text : say(note.text), mark: note.mark ?? null };
}
