import { csv } from '../csv';

/** Rows as they were shown: titles with units; cells exact decimals where the column is a number. */
export interface ShownSheet {
  readonly columns: readonly { readonly title: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The sheet as a file. Byte order mark first, without which spreadsheets take the text for another encoding. */
export function sheetCsv({ columns, rows }: ShownSheet): string {
  const all = columns.map(({ title, isNumber }, at) => ({
    name: title,
    kind: isNumber ? ('number' as const) : ('text' as const),
    of: (cells: readonly (string | null)[]) => cells[at] ?? undefined,
  }));
  return `\ufeff${csv(all, rows)}`;
}
