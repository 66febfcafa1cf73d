import { words } from '../../bybit/words';
import { type Arranged, shifted, templateColumns, toggled, widened } from '../model/columns';
import { isOf } from '../model/condition';
import { sortedBy } from '../model/order';
import { FilterPopup } from './filter-popup';
import type { GridDeeds, GridModel } from './grid-model';
import type { MenuItem } from './menu';
import { resize } from './resize';
import { take } from './take';

/** Pixels a key makes a column wider. */
const WIDTH_STEP = 16;

export interface HeadOptions {
  /** The grid: carries the tracks of the columns. */
  readonly element: HTMLElement;
  readonly deeds: GridDeeds;
  readonly model: () => GridModel | undefined;
  /** The head of the column at that place. */
  readonly cell: (at: number) => HTMLElement | null;
  /** Does something that redraws, and takes the keyboard to the head at that place. */
  readonly moveTo: (at: number, redraw: () => void) => void;
}

/** What the heads of a grid do: sort, filter, place and width of their columns. */
export class HeadControl {
  readonly #options: HeadOptions;
  readonly #filterPopup = new FilterPopup();
  #isDragged = false;

  constructor(options: HeadOptions) {
    this.#options = options;
    const { element } = options;
    element.addEventListener('pointerdown', (event) => this.#onPointerDown(event));
    element.addEventListener('dblclick', ({ target }) => {
      const edge = edgeOf(target);
      if (edge !== null) this.#widen(columnOf(edge));
    });
  }

  /** Gives the columns their tracks; while an edge is dragged, that has the say. */
  lay(columns: readonly Arranged[]): void {
    if (!this.#isDragged) this.#lay(columns);
  }

  /** Alt with arrows: the filter, the width, with shift the place. */
  onKey(event: KeyboardEvent, at: number): void {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
    if (by === undefined && event.key !== 'ArrowDown') return;
    take(event);
    if (by === undefined) this.#filter(at);
    else if (event.shiftKey) this.#shift(at, by);
    else this.#widen(at, (width) => width + by * WIDTH_STEP);
  }

  onClick(event: MouseEvent, at: number): void {
    const { target } = event;
    if (edgeOf(target) !== null) return;
    if (target instanceof Element && target.closest('button') !== null) this.#filter(at);
    else this.sort(at, event.shiftKey);
  }

  sort(at: number, isAdded: boolean): void {
    const column = this.#at(at)?.column;
    // Small lines have no order.
    const sort = this.#options.model()?.sort ?? [];
    if (column !== undefined && column.kind !== 'spark')
      this.#options.deeds.sort(sortedBy(sort, column.id, isAdded));
  }

  /** What can be done with the column at that place. */
  items(from: number): readonly MenuItem[] {
    const model = this.#options.model();
    const column = this.#at(from)?.column;
    if (model === undefined || column === undefined) return [];
    const { say, sort: sorts } = model;
    // Other columns may have come since the menu was opened.
    const columnsNow = () => this.#options.model()?.columns ?? [];
    const at = () => columnsNow().findIndex((one) => one.column.id === column.id);
    const canFilter = model.filters !== undefined && column.kind !== 'spark';
    const place: readonly MenuItem[] = [
      {
        title: say(words('Move Left')),
        keys: { held: ['alt', 'shift'], key: '←' },
        run: () => this.#shift(at(), -1),
      },
      {
        title: say(words('Move Right')),
        keys: { held: ['alt', 'shift'], key: '→' },
        run: () => this.#shift(at(), 1),
      },
      {
        title: say(words('Hide')),
        run: () =>
          this.#options.moveTo(at(), () =>
            this.#options.deeds.arrange?.(toggled(columnsNow(), column.id, false)),
          ),
      },
    ];
    const width: readonly MenuItem[] = [
      {
        title: say(words('Wider')),
        keys: { held: ['alt'], key: '→' },
        run: () => this.#widen(at(), (now) => now + WIDTH_STEP),
      },
      {
        title: say(words('Narrower')),
        keys: { held: ['alt'], key: '←' },
        run: () => this.#widen(at(), (now) => now - WIDTH_STEP),
      },
    ];
    const sort: readonly MenuItem[] = [
      { title: say(words('Sort')), keys: { key: 'enter' }, run: () => this.sort(at(), false) },
      {
        title: say(words('Add to Sort')),
        keys: { held: ['shift'], key: 'enter' },
        run: () => this.sort(at(), true),
      },
    ];
    // Without another column there is nothing to add to.
    const isAddable = sorts.some((entry) => entry.column !== column.id);
    const filter: MenuItem = {
      title: say(words('Filter…')),
      keys: { held: ['alt'], key: '↓' },
      run: () => this.#filter(at()),
    };
    return [
      ...(column.kind === 'spark' ? [] : sort.slice(0, isAddable ? 2 : 1)),
      ...(canFilter ? [filter] : []),
      ...(model.isArrangeable === true ? [...width, ...(from > 0 ? place : [])] : []),
    ];
  }

  #at(at: number): Arranged | undefined {
    return this.#options.model()?.columns[at];
  }

  #filter(at: number): void {
    const { model: read, cell, deeds } = this.#options;
    const model = read();
    const column = this.#at(at)?.column;
    const head = cell(at);
    if (model?.filters === undefined || column === undefined || column.kind === 'spark' || head === null)
      return;
    this.#filterPopup.open(head.getBoundingClientRect(), {
      column,
      filter: model.filters.find((entry) => isOf(entry, column)),
      style: model,
      say: model.say,
      apply: (filter) => deeds.filter?.(column, filter),
    });
  }

  #shift(at: number, by: -1 | 1): void {
    const columns = this.#options.model()?.columns ?? [];
    const one = columns[at];
    if (one === undefined) return;
    const moved = shifted(columns, one.column.id, by);
    this.#options.moveTo(moved.indexOf(one), () => this.#options.deeds.arrange?.(moved));
  }

  /** Without a width the one that its kind has. */
  #widen(at: number, width?: (now: number) => number): void {
    const columns = this.#options.model()?.columns ?? [];
    const one = columns[at];
    if (one !== undefined) this.#options.deeds.arrange?.(widened(columns, one.column.id, width?.(one.width)));
  }

  #onPointerDown(event: PointerEvent): void {
    const edge = edgeOf(event.target);
    if (edge === null) return;
    const at = columnOf(edge);
    const columns = this.#options.model()?.columns ?? [];
    const one = columns[at];
    if (one === undefined) return;
    this.#isDragged = true;
    resize(event, edge, {
      from: one.width,
      preview: (width) => this.#lay(widened(columns, one.column.id, width)),
      end: (width) => {
        this.#isDragged = false;
        if (width !== undefined) this.#widen(at, () => width);
      },
    });
  }

  #lay(columns: readonly Arranged[]): void {
    const { style } = this.#options.element;
    style.setProperty('--columns', templateColumns(columns));
    style.setProperty('--pinned', `${columns[0]?.width ?? 0}px`);
  }
}

/** The edge of a head that is dragged, where that is what was met. */
function edgeOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement && target.classList.contains('edge') ? target : null;
}

function columnOf(edge: HTMLElement): number {
  return Number(edge.parentElement?.getAttribute('aria-colindex')) - 1;
}
