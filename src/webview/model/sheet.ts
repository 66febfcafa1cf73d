import type { Decimal } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import { harmless } from '../../desk/csv';
import { marksOf } from '../../desk/locale';
import { isNumber, type Note, type Row } from '../contract';
import type { Say } from '../sentences';
import type { Sheet } from '../sheet-contract';
import { type CellStyle, inUnit } from './cell-text';
import type { Arranged } from './columns';
import { unitOf } from './units';

export interface SheetStyle extends CellStyle {
  readonly say: Say;
}

/**
 * Columns and rows in the order given, exact, in the units that are shown, which stand behind the titles. Small lines are
 * left out; second lines of cells get columns of their own: one for figures in the coin, one for words.
 */
export function sheetOf(
  columns: readonly Arranged[],
  rows: readonly Row[],
  { say, ...style }: SheetStyle,
): Sheet {
  const parts = columns.flatMap(({ column: { kind, title }, at }) => {
    if (kind === 'spark') return [];
    // Figures in the coin have a column beside these.
    const unit = unitOf(kind === 'cost' ? 'usd' : kind, style.period, say);
    const own = {
      title: unit === undefined ? title : `${title} (${unit})`,
      isNumber: isNumber(kind),
      of: ({ cells }: Row) => {
        const cell = cells[at] ?? null;
        return cell === null || !isNumber(kind) ? cell : inUnit(cell as Decimal, kind, style.period);
      },
    };
    const figure = {
      title: `${title} (${unitOf('amount', style.period, say)})`,
      isNumber: true,
      of: ({ notes }: Row) => notes?.[at]?.value ?? null,
    };
    const note = {
      title: say(words('{0}, note', title)),
      isNumber: false,
      of: ({ notes }: Row) => wordsOf(notes?.[at] ?? null, say),
    };
    return [own, ...[figure, note].filter(({ of }) => rows.some((row) => of(row) !== null))];
  });
  return {
    columns: parts.map(({ title, isNumber: isDecimal }) => ({ title, isNumber: isDecimal })),
    rows: rows.map((row) => parts.map(({ of }) => of(row))),
  };
}

/** What a second line says beside its figure. */
function wordsOf(note: Note | null, say: Say): string | null {
  if (note === null) return null;
  if (note.mark === 'best') return say(words('cheapest'));
  return note.limit ?? (note.value === null ? note.text : null);
}

/** For the clipboard: tabs between cells, decimals with the mark of the locale, nothing that a spreadsheet would run. */
export function sheetText({ columns, rows }: Sheet, locale: string, hasHeads: boolean): string {
  const { decimal } = marksOf(locale);
  const text = (cell: string) => harmless(cell.replace(/[\t\r\n]+/g, ' '));
  const heads = columns.map(({ title }) => text(title));
  const lines = rows.map((cells) =>
    cells.map((cell, at) => {
      if (cell === null) return '';
      return columns[at]?.isNumber === true ? cell.replace('.', decimal) : text(cell);
    }),
  );
  return (hasHeads ? [heads, ...lines] : lines).map((cells) => cells.join('\t')).join('\n');
}
