import { nothing, render } from 'lit/html.js';
import type { Row } from '../contract';
import { fillCell, fillName, newRow, setAttribute, setClass } from './cell-element';
import { detail } from './detail';
import type { GridModel } from './grid-model';
import type { RowsView } from './rows';

/** One row on the screen. Text only ever becomes text nodes and attributes. */
export class RowElement {
  readonly element: HTMLElement;
  readonly #cells: readonly HTMLElement[];
  #row: Row | undefined;
  #model: GridModel | undefined;
  #isOpen = false;
  /** The cell of this row that Tab reaches. */
  #reached: HTMLElement | undefined;

  constructor(columns: number) {
    this.element = newRow(columns);
    this.#cells = Array.from(this.element.children) as HTMLElement[];
  }

  /** Id of the row it shows. */
  get id(): string {
    return this.#row?.id ?? '';
  }

  /** Shows a row of the model, the one at that index. */
  fill(model: GridModel, row: Row, at: number, { active, heights, selected, opened }: RowsView): void {
    const isActive = at === active.row;
    const isOpen = opened.has(row.id);
    const isChosen = selected !== undefined && at >= selected[0] && at <= selected[1];
    const states = [at % 2 === 1 ? ' odd' : '', isActive ? ' active' : '', isOpen ? ' open' : ''];
    setClass(this.element, `row${states.join('')}`);
    setAttribute(this.element, 'aria-rowindex', String(at + 2));
    setAttribute(this.element, 'aria-selected', String(isChosen));
    const place = `translateY(${heights.topOf(at)}px)`;
    if (this.element.style.transform !== place) this.element.style.transform = place;
    // While one scrolls or moves, a row shows what it showed.
    if (row !== this.#row || model !== this.#model || isOpen !== this.#isOpen)
      this.#fillCells(model, row, at, opened);
    this.#reach(isActive ? this.#cells[active.column] : undefined);
  }

  #fillCells(model: GridModel, row: Row, at: number, opened: RowsView['opened']): void {
    const isOpen = opened.has(row.id);
    const changed = model.changes.get(row.id);
    const above = model.rows[at - 1];
    for (const [index, { column, at: place }] of model.columns.entries()) {
      const cell = this.#cells[index];
      if (cell === undefined) continue;
      const shown = {
        row,
        column,
        cell: row.cells[place] ?? null,
        note: row.notes?.[place] ?? null,
        isChanged: changed?.has(place) === true,
        isRepeated: index === 0 && isAlike(above, row),
        isOpen,
      };
      if (index === 0) fillName(cell, model, shown);
      else fillCell(cell, model, shown);
    }
    if (isOpen || this.#isOpen) render(isOpen ? detail(model, row) : nothing, this.element);
    const details = isOpen ? this.element.querySelector('.detail') : null;
    if (details !== null) opened.watch(details, row.id);
    this.#row = row;
    this.#model = model;
    this.#isOpen = isOpen;
  }

  #reach(cell: HTMLElement | undefined): void {
    if (cell === this.#reached) return;
    if (this.#reached !== undefined) this.#reached.tabIndex = -1;
    if (cell !== undefined) cell.tabIndex = 0;
    this.#reached = cell;
  }
}

/** Whether two rows are of one group: the same name, and the same term where they have one. */
function isAlike(above: Row | undefined, { cells: [name], deed }: Row): boolean {
  return above !== undefined && above.cells[0] === name && above.deed?.term === deed?.term;
}
