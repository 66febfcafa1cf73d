import type { GridPlace } from '../place-contract';
import type { Place } from './move';

type Rows = readonly { readonly id: string }[];
type Columns = readonly { readonly column: { readonly id: string } }[];

/** The cell that the keyboard is in or comes to, by the id of its row, so that it stays with its row when rows move. */
export class Active implements Place {
  #id: string | undefined;
  #row = 0;
  #column = 0;
  /** Whether the keyboard was in the grid: until then its way in is the first cell. */
  #isTouched = false;
  #isBare = false;

  /** -1 is the head. */
  get row(): number {
    return this.#row;
  }

  get column(): number {
    return this.#column;
  }

  get id(): string | undefined {
    return this.#id;
  }

  touch(): void {
    this.#isTouched = true;
  }

  /** In another table: the cell that was kept of it, or the first one. */
  begin(kept: GridPlace['cell'], columns: Columns, hasFocus: boolean): void {
    this.#isTouched = hasFocus || kept !== null;
    this.#isBare = false;
    this.#id = kept?.row?.id;
    this.#row = kept === null ? 0 : (kept.row?.at ?? -1);
    this.#column = columns.findIndex(({ column }) => column.id === kept?.column);
  }

  go(rows: Rows, { row, column }: Place): void {
    this.#row = rows.length === 0 ? -1 : row;
    this.#id = rows[row]?.id;
    this.#column = column;
  }

  toColumn(column: number): void {
    this.#column = column;
  }

  /**
   * Goes with its row; where that is gone, to the one in its place. `isHead` while the keyboard is in the head, `isPartial`
   * while further rows are going to come.
   */
  follow(
    rows: Rows,
    columns: number,
    { isHead, isPartial }: { readonly isHead: boolean; readonly isPartial: boolean },
  ): void {
    const wasBare = this.#isBare;
    this.#isBare = rows.length === 0;
    const column = Math.max(0, Math.min(this.#column, columns - 1));
    // Without rows there was no other place than the head: nobody went there.
    if (!this.#isTouched) this.go(rows, { row: 0, column: 0 });
    else if (this.#row < 0) this.go(rows, { row: wasBare && !isHead ? 0 : -1, column });
    else {
      const { id } = this;
      const row = rows.findIndex((one) => one.id === id);
      this.go(rows, { row: row < 0 ? Math.min(this.#row, rows.length - 1) : row, column });
      if (row < 0 && isPartial) this.#id = id;
    }
  }

  /** What is kept of it. */
  kept(columns: Columns): GridPlace['cell'] {
    const column = columns[this.#column]?.column.id;
    if (!this.#isTouched || column === undefined) return null;
    const row = this.#row < 0 || this.#id === undefined ? null : { id: this.#id, at: this.#row };
    return { row, column };
  }
}
