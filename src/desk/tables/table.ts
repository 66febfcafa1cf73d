import type { Decimal } from '../../bybit/decimal';
import type { Words } from '../../bybit/words';
import type { RowDeed } from './deed';

/**
 * What a column holds, which decides how it is read, sorted and written:
 * `name` the row's own name, `text` any text, `short` and `long` one that needs less or more room, `rate` an annual fraction, `ratio` another fraction, `amount` a quantity
 * in the coin of the row, `usd` US dollars, `cost` the same as a price to pay, `count` a whole number or one without a unit,
 * `days` a number of days, `times` a multiple, `spark` a small line (`history/sparkline.ts`), which has no order.
 */
export type ColumnKind =
  | 'name'
  | 'text'
  | 'short'
  | 'long'
  | 'rate'
  | 'ratio'
  | 'amount'
  | 'usd'
  | 'cost'
  | 'count'
  | 'days'
  | 'times'
  | 'spark';

/** A second line of a cell. */
export interface CellNote {
  /** A sentence, or a figure with its unit. */
  readonly text: Words | string;
  /** The figure, where the text is one. */
  readonly value?: Decimal;
  /** What limits the figure; stands behind the text. */
  readonly limit?: Words;
  /** `best` of its row; `weak` where it cannot be had as asked; `unread` where that is not known, since offers were not read. */
  readonly mark?: 'best' | 'weak' | 'unread';
}

export interface TableColumn {
  readonly id: string;
  readonly title: Words;
  readonly kind: ColumnKind;
  /** What the title leaves open. */
  readonly hint?: Words;
}

export interface TableRow {
  /** Unique in its table; keeps the place of the row over refreshes. */
  readonly id: string;
  /** One a column, those `behind` last: exact decimals for the kinds that are numbers; null where the exchange names none. */
  readonly cells: readonly (Decimal | string | Words | null)[];
  /** One a column that is shown; without, the cells have one line. */
  readonly notes?: readonly (CellNote | null)[];
  readonly deed?: RowDeed;
  /** The coin that the row is about, where it is about one. */
  readonly coin?: string;
}

/** A table as a value, for whatever draws it. The first column is the name of the row. */
export interface Table {
  readonly title: Words;
  readonly columns: readonly TableColumn[];
  /** Columns that are not shown, but whose filters hold: those of the table that this one stands in for. */
  readonly behind?: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** What is said in place of rows where there are none. */
  readonly empty: Words;
}
