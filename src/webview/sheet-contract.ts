import * as v from 'valibot';
import { isDecimal } from '../bybit/decimal';

// Rows of a table as they are shown, on their way to a file.

/** Every column may have a second line, which gets up to two columns of its own. */
const MOST_COLUMNS = 180;
const MOST_ROWS = 20_000;
const MOST_TEXT = 1_000;

const sheetColumn = v.object({
  /** With the unit of its numbers. */
  title: v.pipe(v.string(), v.maxLength(2 * MOST_TEXT)),
  isNumber: v.boolean(),
});

type Cells = readonly (string | null)[];

export const sheet = v.pipe(
  v.object({
    columns: v.pipe(v.array(sheetColumn), v.minLength(1), v.maxLength(MOST_COLUMNS)),
    rows: v.custom<readonly Cells[]>(
      (value) => Array.isArray(value) && value.length <= MOST_ROWS && value.every(isCells),
    ),
  }),
  v.check(({ columns, rows }) =>
    rows.every(
      (cells) =>
        cells.length === columns.length &&
        cells.every((cell, at) => cell === null || columns[at]?.isNumber !== true || isDecimal(cell)),
    ),
  ),
);
/** One cell a column: text, or an exact decimal where it is a number; null where there is none. */
export type Sheet = v.InferOutput<typeof sheet>;

function isCells(value: unknown): value is Cells {
  return (
    Array.isArray(value) &&
    value.every((cell) => cell === null || (typeof cell === 'string' && cell.length <= MOST_TEXT))
  );
}

/** Text for the clipboard: more than all rows of the largest table. */
export const copiedText = v.pipe(v.string(), v.maxLength(20_000_000));
