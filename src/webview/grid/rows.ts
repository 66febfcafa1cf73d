import type { Heights } from '../model/heights';
import type { Place } from '../model/move';
import { titleCut } from './cut-title';
import type { GridModel, GridTable } from './grid-model';
import type { Opened } from './opened';
import { Pressed } from './pressed';
import { RowElement } from './row-element';

/** Pixels; the same in the styles (`--row`). */
const ROW_HEIGHT = 26;
const TALL_ROW_HEIGHT = 42;

/** Whether cells have a second line. */
export function isTall({ columns }: GridTable): boolean {
  return columns.some(({ kind }) => kind === 'cost');
}

/** Pixels from one row to the next. */
export function rowHeight(table: GridTable): number {
  return isTall(table) ? TALL_ROW_HEIGHT : ROW_HEIGHT;
}

export interface RowsView {
  /** The cell that Tab reaches. */
  readonly active: Place;
  readonly heights: Heights;
  /** First and last of the rows that are chosen. */
  readonly selected: readonly [number, number] | undefined;
  readonly opened: Opened;
}

/**
 * The rows in sight, as elements in the order of the table. Drawn without the template library that draws all else: the first
 * rows and every frame of scrolling wait for these, and an element that left the screen is filled anew for a row that came.
 */
export class Rows {
  readonly #body: HTMLElement;
  #drawn: readonly RowElement[] = [];
  #columns = 0;
  readonly #pressed: Pressed;
  /** Whether the order waits for a release. */
  #isDue = false;

  /** `released` is called after every press on a row, once its click was heard. */
  constructor(body: HTMLElement, released: () => void) {
    this.#body = body;
    titleCut(body);
    this.#pressed = new Pressed(body, () => {
      if (this.#isDue) this.order();
      released();
    });
  }

  /** Whether a pointer is pressed on a row: what would go from under it is no longer clicked. */
  get isPressed(): boolean {
    return this.#pressed.isPressed;
  }

  /** Draws the rows at these indexes, ascending, and no others. */
  draw(model: GridModel, indexes: readonly number[], view: RowsView): void {
    this.#fill(model, indexes, view);
    this.order();
  }

  /**
   * As `draw`, while one scrolls: elements stay where they are in the document, since the browser builds anew what it moves.
   * Readers and keys go by the document: `order` is due when the scrolling ends.
   */
  drawScrolled(model: GridModel, indexes: readonly number[], view: RowsView): void {
    this.#fill(model, indexes, view);
    this.#appendNew();
  }

  /** Puts the elements into the order of the table; while one of them is pressed, once that was released. */
  order(): void {
    this.#isDue = this.#pressed.isPressed;
    if (this.#isDue) {
      this.#appendNew();
      return;
    }
    let next = this.#body.firstChild;
    for (const { element } of this.#drawn) {
      // What is moved loses the focus: the others go out of its way, and come in their turn.
      if (element !== next && element.contains(document.activeElement)) next = this.#clearWay(next, element);
      if (element === next) next = next.nextSibling;
      else this.#body.insertBefore(element, next);
    }
  }

  #appendNew(): void {
    for (const { element } of this.#drawn) if (element.parentNode === null) this.#body.append(element);
  }

  #clearWay(from: ChildNode | null, to: HTMLElement): ChildNode | null {
    let next = from;
    while (next !== null && next !== to) {
      const after: ChildNode | null = next.nextSibling;
      next.remove();
      next = after;
    }
    return next;
  }

  #fill(model: GridModel, indexes: readonly number[], view: RowsView): void {
    const count = model.columns.length;
    if (count !== this.#columns) this.#clear();
    this.#columns = count;
    const wanted = new Set(indexes.flatMap((at) => model.rows[at]?.id ?? []));
    // Elements stay with their rows, so that the focus does; those of rows that left are free.
    const own = new Map(this.#drawn.flatMap((drawn) => (wanted.has(drawn.id) ? [[drawn.id, drawn]] : [])));
    const free = this.#drawn.filter((drawn) => !wanted.has(drawn.id));
    this.#drawn = indexes.flatMap((at) => {
      const row = model.rows[at];
      if (row === undefined) return [];
      const drawn = own.get(row.id) ?? free.pop() ?? new RowElement(count);
      drawn.fill(model, row, at, view);
      return [drawn];
    });
    for (const { element } of free) element.remove();
  }

  #clear(): void {
    this.#body.replaceChildren();
    this.#drawn = [];
  }
}
