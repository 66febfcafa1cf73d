import { ColumnsPopup, type ColumnsPopupModel } from './grid/columns-popup';
import type { ColumnLook } from './look-contract';
import { type Arranged, keptOf } from './model/columns';
import type { Say } from './sentences';

export interface ColumnChoiceOptions {
  /** Of the table that is shown. */
  readonly kept: () => readonly ColumnLook[];
  readonly keep: (columns: ColumnLook[]) => void;
}

/** Joins what is kept of a table's columns to what changes it: the popup, and the heads of the grid. */
export class ColumnChoice {
  readonly #options: ColumnChoiceOptions;
  readonly #popup = new ColumnsPopup();
  #columns: readonly Arranged[] = [];
  #say: Say | undefined;

  constructor(options: ColumnChoiceOptions) {
    this.#options = options;
  }

  /** All columns as they are drawn now. */
  update(columns: readonly Arranged[], say: Say): void {
    this.#columns = columns;
    this.#say = say;
    if (this.#popup.isOpen) this.#popup.show(this.#model(say));
  }

  open(button: Element): void {
    if (this.#say !== undefined) this.#popup.open(button.getBoundingClientRect(), this.#model(this.#say));
  }

  /** Some or all of them got other places or widths; the others stay after the one they stood after. */
  arrange(columns: readonly Arranged[]): void {
    this.#options.keep(keptOf(columns, this.#options.kept()));
  }

  #model(say: Say): ColumnsPopupModel {
    return {
      columns: this.#columns,
      say,
      arrange: (columns) => this.arrange(columns),
      reset: () => this.#options.keep([]),
    };
  }
}
