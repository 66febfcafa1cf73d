import type { Row } from '../contract';
import type { Place } from '../model/move';
import { sheetOf, sheetText } from '../model/sheet';
import type { GridModel } from './grid-model';

/**
 * The chosen rows as text, and which they are; without any the cell at that place, of which a head is copied by its title. Undefined where
 * there is no text, as in a small line.
 */
export function copiedText(
  model: GridModel,
  range: readonly [number, number] | undefined,
  { row, column }: Place,
  hasHeads: boolean,
): { readonly text: string; readonly rows: readonly Row[] } | undefined {
  const columns = range === undefined ? model.columns.slice(column, column + 1) : model.columns;
  const [first, last] = range ?? [row, row];
  const rows = first < 0 ? [] : model.rows.slice(first, last + 1);
  const sheet = sheetOf(columns, rows, model);
  if (sheet.columns.length === 0) return undefined;
  return { text: sheetText(sheet, model.locale, hasHeads || rows.length === 0), rows };
}
