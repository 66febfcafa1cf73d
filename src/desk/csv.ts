import { parseDecimal } from '../bybit/decimal';

/** One column of a table: its name in the first line, and what stands in it. */
export interface CsvColumn<Row> {
  readonly name: string;
  /** `number` columns hold decimals with a point, as they are; everything else is `text`. */
  readonly kind: 'text' | 'number';
  readonly of: (row: Row) => string | undefined;
}

/** With these first characters a spreadsheet takes a text for a formula, or for what stands behind a tab. */
const DANGEROUS = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * A table as RFC 4180 says: a line of names, CRLF, quotes where they are needed. A text that a spreadsheet would run
 * gets an apostrophe in front; numbers do not, so that negative ones stay numbers.
 */
export function csv<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): string {
  const lines = [columns.map(({ name }) => quoted(name)).join(',')];
  for (const row of rows) lines.push(columns.map((column) => cell(column, row)).join(','));
  return lines.map((line) => `${line}\r\n`).join('');
}

function cell<Row>({ kind, of }: CsvColumn<Row>, row: Row): string {
  const text = of(row) ?? '';
  // What calls itself a number and is none is as dangerous as any text.
  const isNumber = kind === 'number' && parseDecimal(text) !== undefined;
  return quoted(isNumber ? text : harmless(text));
}

/** A text that a spreadsheet will not run: with an apostrophe in front where it would. */
export function harmless(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
