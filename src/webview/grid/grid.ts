import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { render } from 'lit/html.js';
import type { Deed, Row, Table, TableView, View } from '../contract';
import type { Changes } from '../model/changes';
import { moved, type Place } from '../model/move';
import type { Say } from '../sentences';
import { headTemplate } from './head';
import { isTall, rowHeight, rowsTemplate } from './rows';
import { pinnedWidth, templateColumns } from './widths';

const OVERSCAN = 8;

/** What the grid needs of a table. */
export type GridTable = Pick<Table, 'title' | 'columns'> & { readonly id: string };

/** Everything the grid draws. */
export interface GridModel {
  readonly table: GridTable;
  /** The rows of the table that are shown, in order. */
  readonly rows: readonly Row[];
  readonly sort: TableView['sort'];
  readonly period: View['period'];
  readonly locale: string;
  readonly changes: Changes;
  /** Whether what rows offer can be started. */
  readonly canAct: boolean;
  readonly say: Say;
}

export interface GridDeeds {
  sort(column: string, isAdded: boolean): void;
  /** Begins what a row offers. */
  start(deed: Deed): void;
  /** Other rows may be in sight. */
  scrolled?(): void;
}

/**
 * An ARIA grid with virtual rows. One cell at a time can be reached by Tab (roving tabindex); it is always drawn,
 * wherever it is scrolled to, so that the focus is never lost. The head is outside of what scrolls.
 */
export class Grid {
  readonly element = document.createElement('div');
  readonly #head = document.createElement('div');
  readonly #scroller = document.createElement('div');
  readonly #body = document.createElement('div');
  readonly #deeds: GridDeeds;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #model: GridModel | undefined;
  /** The active cell by row id, so that it stays with its row when rows move. */
  #active: { readonly id: string | undefined; readonly column: number } = { id: undefined, column: 0 };
  #activeRow = 0;

  constructor(deeds: GridDeeds) {
    this.#deeds = deeds;
    this.#build();
    this.#virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      getScrollElement: () => this.#scroller,
      estimateSize: () => this.#rowHeight,
      getItemKey: (index) => this.#model?.rows[index]?.id ?? index,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      overscan: OVERSCAN,
      onChange: () => {
        this.#drawRows();
        this.#deeds.scrolled?.();
      },
    });
    this.#virtualizer._didMount();
  }

  /** Draws anew; the element must be in the document. */
  show(model: GridModel): void {
    const isOther = this.#model?.table.id !== model.table.id;
    const hadFocus = this.#body.contains(document.activeElement);
    this.#model = model;
    if (isOther) this.#activate({ row: 0, column: 0 });
    else this.#keepActive();
    const { table, rows } = model;
    this.element.classList.toggle('tall', isTall(table));
    this.element.setAttribute('aria-label', table.title);
    this.element.setAttribute('aria-rowcount', String(rows.length + 1));
    this.element.setAttribute('aria-colcount', String(table.columns.length));
    this.element.style.setProperty('--columns', templateColumns(table.columns));
    this.element.style.setProperty('--pinned', pinnedWidth(table.columns));
    this.#virtualizer.setOptions({ ...this.#virtualizer.options, count: rows.length });
    this.#virtualizer.measure();
    this.#virtualizer._willUpdate();
    if (isOther) this.#scroller.scrollTo({ top: 0, left: 0 });
    // Out of the document and back again, it begins at the top without an event.
    this.#virtualizer.scrollOffset = this.#scroller.scrollTop;
    this.#draw();
    if (hadFocus && !this.#body.contains(document.activeElement)) this.#focus();
  }

  /** Ids of the rows that can be seen. */
  get inSight(): readonly string[] {
    const { scrollTop, clientHeight } = this.#scroller;
    const rows = this.#model?.rows ?? [];
    const first = Math.max(0, Math.floor(scrollTop / this.#rowHeight));
    const last = Math.ceil((scrollTop + clientHeight) / this.#rowHeight);
    return rows.slice(first, last).map(({ id }) => id);
  }

  get #rowHeight(): number {
    return this.#model === undefined ? 1 : rowHeight(this.#model.table);
  }

  /** Puts the keyboard into the grid. */
  focus(): void {
    this.#focus();
  }

  #build(): void {
    this.element.className = 'grid';
    this.element.setAttribute('role', 'grid');
    this.element.setAttribute('aria-readonly', 'true');
    this.#head.className = 'head';
    this.#head.setAttribute('role', 'rowgroup');
    this.#scroller.className = 'scroller';
    this.#scroller.setAttribute('role', 'rowgroup');
    this.#body.className = 'body';
    this.#body.setAttribute('role', 'presentation');
    this.#scroller.append(this.#body);
    this.element.append(this.#head, this.#scroller);
    this.#scroller.addEventListener('scroll', () => this.#alignHead(), { passive: true });
    this.#head.addEventListener('scroll', () => this.#alignBody(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('focusin', (event) => this.#onFocus(event));
    this.element.addEventListener('click', (event) => this.#onClick(event));
  }

  #alignHead(): void {
    this.#head.scrollLeft = this.#scroller.scrollLeft;
  }

  /** The head scrolls by itself only to show the cell that gets the focus. */
  #alignBody(): void {
    if (this.#scroller.scrollLeft !== this.#head.scrollLeft)
      this.#scroller.scrollLeft = this.#head.scrollLeft;
  }

  #keepActive(): void {
    const rows = this.#model?.rows ?? [];
    if (this.#activeRow < 0) return;
    const row = rows.findIndex(({ id }) => id === this.#active.id);
    if (row >= 0) this.#activeRow = row;
    else this.#activate({ row: Math.min(this.#activeRow, rows.length - 1), column: this.#active.column });
  }

  #activate({ row, column }: Place): void {
    const rows = this.#model?.rows ?? [];
    this.#activeRow = rows.length === 0 ? -1 : row;
    this.#active = { id: rows[row]?.id, column };
  }

  #draw(): void {
    const model = this.#model;
    if (model === undefined) return;
    const active = this.#activeRow < 0 ? this.#active.column : undefined;
    render(headTemplate(model, active), this.#head);
    this.#drawRows();
    this.#alignHead();
  }

  #drawRows(): void {
    const model = this.#model;
    if (model === undefined) return;
    this.#body.style.height = `${this.#virtualizer.getTotalSize()}px`;
    const active = { row: this.#activeRow, column: this.#active.column };
    render(rowsTemplate(model, this.#drawn(), active), this.#body);
  }

  /** Indexes of the rows in sight, and of the active one wherever it is, in ascending order. */
  #drawn(): readonly number[] {
    const shown = this.#virtualizer.getVirtualItems().map(({ index }) => index);
    const active = this.#activeRow;
    const [first] = shown;
    const last = shown.at(-1);
    if (active < 0 || first === undefined || last === undefined) return shown;
    if (active < first) return [active, ...shown];
    return active > last ? [...shown, active] : shown;
  }

  #goTo(place: Place): void {
    this.#activate(place);
    this.#draw();
    this.#focus();
  }

  #cell({ row, column }: Place): HTMLElement | null {
    const within = row < 0 ? this.#head : this.#body;
    return within.querySelector(`[aria-rowindex="${row + 2}"] > [aria-colindex="${column + 1}"]`);
  }

  #focus(): void {
    const cell = this.#cell({ row: this.#activeRow, column: this.#active.column });
    // Only as far as needed: what `focus` does by itself centres the cell.
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #placeOf(target: EventTarget | null): Place | undefined {
    if (!(target instanceof Element)) return undefined;
    const cell = target.closest('[aria-colindex]');
    const row = cell?.closest('[aria-rowindex]');
    if (cell === null || cell === undefined || row === null || row === undefined) return undefined;
    return {
      row: Number(row.getAttribute('aria-rowindex')) - 2,
      column: Number(cell.getAttribute('aria-colindex')) - 1,
    };
  }

  #onFocus(event: FocusEvent): void {
    const place = this.#placeOf(event.target);
    if (place === undefined) return;
    if (place.row === this.#activeRow && place.column === this.#active.column) return;
    this.#activate(place);
    this.#draw();
  }

  #onClick(event: MouseEvent): void {
    const place = this.#placeOf(event.target);
    const model = this.#model;
    if (place === undefined || model === undefined) return;
    if (place.row < 0) {
      this.#sort(place.column, event.shiftKey);
      return;
    }
    if (event.target instanceof Element && event.target.closest('button') !== null) this.#start(place.row);
  }

  #onKey(event: KeyboardEvent): void {
    const model = this.#model;
    if (model === undefined || event.altKey) return;
    const from = { row: this.#activeRow, column: this.#active.column };
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / this.#rowHeight) - 1);
    const extent = { rows: model.rows.length, columns: model.table.columns.length, page };
    const to = moved(from, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, extent);
    if (to !== undefined) {
      event.preventDefault();
      this.#goTo(to);
      return;
    }
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (from.row < 0) this.#sort(from.column, event.shiftKey);
    else if (event.key === 'Enter') this.#start(from.row);
  }

  #sort(column: number, isAdded: boolean): void {
    const found = this.#model?.table.columns[column];
    // Small lines have no order.
    if (found !== undefined && found.kind !== 'spark') this.#deeds.sort(found.id, isAdded);
  }

  #start(row: number): void {
    const deed = this.#model?.rows[row]?.deed;
    if (deed !== null && deed !== undefined && this.#model?.canAct === true) this.#deeds.start(deed);
  }
}
