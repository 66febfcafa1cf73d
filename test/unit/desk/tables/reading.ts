import type { Exchange } from '../../../../src/bybit/exchange';
import type { Topic } from '../../../../src/desk/market/topic';
import type { Table } from '../../../../src/desk/tables/table';

/** Reads a topic as the market does when nobody stops it. */
export async function reading<T>(
  topic: Topic<T>,
  exchange: Exchange,
  tell: (value: T) => void = () => undefined,
): Promise<T> {
  return await topic.read(exchange, {
    before: undefined,
    signal: new AbortController().signal,
    now: () => 0,
    tell,
  });
}

/** Cells by the id of their column, a record a row. */
export function named({ columns, rows }: Table): readonly Readonly<Record<string, unknown>>[] {
  return rows.map(({ cells }) => Object.fromEntries(columns.map(({ id }, index) => [id, cells[index]])));
}
