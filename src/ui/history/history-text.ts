import type { Source } from '../../desk/history/place';
import { csvHead, csvLines, jsonLines, rowsOf } from '../../desk/history/rows';
import type { HistoryStore } from '../../desk/history/store';

export type HistoryFormat = 'csv' | 'jsonl';

export interface HistoryText {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/** All that is recorded of a source, coin by coin. */
export async function historyText(
  { environment }: Source,
  store: Pick<HistoryStore, 'coins' | 'read' | 'coverage'>,
  format: HistoryFormat,
): Promise<HistoryText> {
  const coverage = await store.coverage();
  const parts = format === 'csv' ? [Buffer.from(csvHead())] : [];
  let count = 0;
  for (const coin of await store.coins()) {
    const rows = rowsOf(environment, coin, await store.read(coin), coverage);
    count += rows.length;
    parts.push(Buffer.from(format === 'csv' ? csvLines(rows) : jsonLines(rows)));
  }
  return { bytes: Buffer.concat(parts), rows: count };
}
