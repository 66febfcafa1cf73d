import type { Source } from '../../desk/history/place';
import { csvHead, csvLines, jsonLines, rowsOf } from '../../desk/history/rows';
import type { HistoryStore } from '../../desk/history/store';

export type HistoryFormat = 'csv' | 'jsonl';

/** A part of an exported history. */
export interface HistoryPiece {
  readonly text: string;
  /** Lines of rates in it. */
  readonly rows: number;
}

/** Lines of a piece: some hundred thousand characters. */
const MOST_ROWS = 2_000;

/** All that is recorded of a source, coin by coin, in pieces of which each is made when it is asked for. */
export async function* historyPieces(
  { environment }: Source,
  store: Pick<HistoryStore, 'coins' | 'read' | 'coverage'>,
  format: HistoryFormat,
): AsyncGenerator<HistoryPiece> {
  const coverage = await store.coverage();
  if (format === 'csv') yield { text: csvHead(), rows: 0 };
  for (const coin of await store.coins()) {
    const rows = rowsOf(environment, coin, await store.read(coin), coverage);
    for (let at = 0; at < rows.length; at += MOST_ROWS) {
      const some = rows.slice(at, at + MOST_ROWS);
      yield { text: format === 'csv' ? csvLines(some) : jsonLines(some), rows: some.length };
    }
  }
}

/** Whether there is any line. */
export async function hasRows(pieces: AsyncIterable<HistoryPiece>): Promise<boolean> {
  for await (const { rows } of pieces) if (rows > 0) return true;
  return false;
}
