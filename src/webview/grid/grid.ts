import { render } from 'lit/html.js';
import type { Row } from '../contract';
import { Active } from '../model/active';
import { Heights } from '../model/heights';
import { moved, type Place } from '../model/move';
import { Selection } from '../model/selection';
import { sheetOf } from '../model/sheet';
import { TypeAhead } from '../model/type-ahead';
import { FIRST_PLACE, type GridPlace } from '../place-contract';
import type { Sheet } from '../sheet-contract';
import { copiedText } from './copied-text';
import { deedAt } from './deed-at';
import { drawnRows, seenRows } from './drawn-rows';
import { frame } from './frame';
import type { GridDeeds, GridModel } from './grid-model';
import { headTemplate } from './head';
import { HeadControl } from './head-control';
import { pixelsAbove, placeIn } from './kept-place';
import { Menu } from './menu';
import { Opened } from './opened';
import { placeOf } from './place-of';
import { anchorOf } from './popup';
import { rowItems } from './row-items';
import { isTall, Rows, rowHeight } from './rows';
import { Sight } from './sight';
import { take } from './take';

const OVERSCAN = 8;
/** Without scrolling for so long, scrolling has ended. */
const SETTLED_MS = 150;

/**
 * An ARIA grid with virtual rows. One cell at a time can be reached by Tab (roving tabindex); it is always drawn,
 * wherever it is scrolled to, so that the focus is never lost. The head is outside of what scrolls.
 */
export class Grid {
  readonly #frame = frame();
  readonly element = this.#frame.element;
  readonly #head = this.#frame.head;
  readonly #scroller = this.#frame.scroller;
  readonly #body = this.#frame.body;
  readonly #rows = new Rows(this.#body, () => this.#next && this.show(this.#next));
  readonly #deeds: GridDeeds;
  readonly #headControl: HeadControl;
  #model: GridModel | undefined;
  /** What is to be shown once a press has ended. */
  #next: GridModel | undefined;
  readonly #active = new Active();
  readonly #selection = new Selection();
  readonly #opened = new Opened(() => this.#layAnew());
  readonly #menu = new Menu();
  readonly #ahead = new TypeAhead(() => performance.now());
  #heights = new Heights(1, 0);
  readonly #sight = new Sight(this.#scroller, this.#head);
  readonly #room = new ResizeObserver(() => this.#onRoom());
  #settling: ReturnType<typeof setTimeout> | undefined;
  /** First and last of the rows that are drawn. */
  #window: readonly [number, number] = [0, -1];

  constructor(deeds: GridDeeds) {
    this.#deeds = deeds;
    this.#headControl = new HeadControl({
      element: this.element,
      deeds,
      model: () => this.#model,
      cell: (at) => this.#cell({ row: -1, column: at }),
      moveTo: (at, redraw) => {
        this.#active.toColumn(at);
        redraw();
        this.focus();
      },
    });
    this.#build();
  }

  #onRoom(): void {
    const isFirst = !this.#sight.isLaid;
    this.#sight.look();
    if (!this.#sight.isLaid) return;
    // Only what is in sight is painted first: the rows beyond, and what only scrolling needs, come with the next frame.
    if (isFirst) requestAnimationFrame(() => this.#onRoom());
    if (!isFirst || this.#sight.scrolled.left > 0) this.element.classList.add('pinned');
    if (!isFirst || this.#seen(0)[1] > this.#window[1]) this.#drawRows();
  }

  /**
   * Draws anew; the element must be in the document. While a pointer is pressed on a row of the same table, once it is
   * released: other columns or rows would take from under it what is clicked.
   */
  show(model: GridModel): void {
    this.#next = undefined;
    if (this.#rows.isPressed && this.#model?.table.id === model.table.id) {
      this.#next = model;
      return;
    }
    const { table, columns, rows, missing = 0, place = FIRST_PLACE } = model;
    const isOther = this.#model?.table.id !== table.id;
    const wasBare = this.#model?.rows.length === 0;
    const hadFocus = this.#body.contains(document.activeElement);
    // Told of its room anew, also where it left the document and came back unseen.
    if (this.#model === undefined) this.#room.observe(this.#scroller);
    this.#model = model;
    if (isOther) {
      this.#selection.restore(place.chosen);
      this.#opened.restore(place.open);
      this.#active.begin(place.cell, columns, hadFocus);
    }
    const isHead = this.#head.contains(document.activeElement);
    this.#active.follow(rows, columns.length, { isHead, isPartial: missing > 0 });
    this.element.classList.toggle('tall', isTall(table));
    this.element.setAttribute('aria-label', table.title);
    this.element.setAttribute('aria-rowcount', String(rows.length + missing + 1));
    this.element.setAttribute('aria-colcount', String(columns.length));
    this.element.classList.toggle('bare', rows.length === 0);
    this.#headControl.lay(columns);
    this.#lay();
    if (isOther)
      this.#sight.begin(() => ({ top: pixelsAbove(place.top, rows, this.#heights), left: place.left }));
    // Rows that were all filtered away begin at the top again.
    else if (wasBare) this.#sight.begin(() => ({ top: 0 }));
    this.#draw();
    // Its element may show another row by now; what a person scrolled away stays away.
    if (hadFocus && this.#cell(this.#active)?.contains(document.activeElement) !== true) this.#refocus();
  }

  #refocus(): void {
    this.#cell(this.#active)?.focus({ preventScroll: true });
  }

  /** The table leaves the screen: whatever comes next begins at its own place. */
  leave(): void {
    this.#model = undefined;
    this.#next = undefined;
    this.#room.unobserve(this.#scroller);
    this.#sight.leave();
  }

  /** Where a person is in the table; undefined where there are no rows to be in. */
  get place(): GridPlace | undefined {
    const [active, selection, opened] = [this.#active, this.#selection, this.#opened];
    return placeIn(this.#model, { sight: this.#sight, heights: this.#heights, active, selection, opened });
  }

  /** Where rows lie. */
  #lay(): void {
    const model = this.#model;
    if (model === undefined) return;
    const { table, rows, missing = 0 } = model;
    this.#heights = new Heights(rowHeight(table), rows.length, this.#opened.among(rows));
    this.#body.style.height = `${this.#heights.total + missing * rowHeight(table)}px`;
  }

  /** Open rows are others, or higher: the first row in sight stays where it is. */
  #layAnew(): void {
    const { top } = this.#sight.scrolled;
    const first = this.#heights.indexAt(top);
    const above = this.#heights.topOf(first);
    this.#lay();
    const by = this.#heights.topOf(first) - above;
    if (by !== 0) this.#sight.begin(() => ({ top: top + by }));
    this.#drawRows();
  }

  #twist(row: Row | undefined): void {
    if (row === undefined) return;
    this.#opened.toggle(row.id);
    this.#layAnew();
    this.focus();
  }

  /** Ids of the rows that can be seen. */
  get inSight(): readonly string[] {
    const [first, last] = this.#seen(0);
    return (this.#model?.rows ?? []).slice(first, last + 1).map(({ id }) => id);
  }

  /** All rows and columns as they are shown. */
  get sheet(): Sheet {
    const model = this.#model;
    return model === undefined ? { columns: [], rows: [] } : sheetOf(model.columns, model.rows, model);
  }

  #copy(hasHeads: boolean): void {
    const model = this.#model;
    if (model === undefined) return;
    const range = this.#selection.range(model.rows, this.#active.row);
    const copied = copiedText(model, range, this.#active, hasHeads);
    if (copied !== undefined) this.#deeds.copy(copied.text, copied.rows);
  }

  #build(): void {
    this.#scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.#head.addEventListener('scroll', () => this.#sight.alignBody(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('focusin', (event) => this.#onFocus(event));
    this.element.addEventListener('contextmenu', (event) => {
      const place = placeOf(event.target);
      if (place === undefined) return;
      event.preventDefault();
      this.#openMenu(place, event.button === 2 ? event : undefined);
    });
    this.element.addEventListener('mousedown', (event) => this.#onMouseDown(event));
    this.element.addEventListener('click', (event) => this.#onClick(event));
  }

  #onScroll(): void {
    this.#sight.look();
    const [first, last] = this.#seen(OVERSCAN);
    if (first !== this.#window[0] || last !== this.#window[1]) {
      this.#drawRows(true);
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => this.#rows.order(), SETTLED_MS);
    }
    this.#deeds.scrolled?.();
    this.#deeds.moved?.();
  }

  #draw(): void {
    const model = this.#model;
    if (model === undefined) return;
    const active = this.#active.row < 0 ? this.#active.column : undefined;
    render(headTemplate(model, active), this.#head);
    this.#drawRows();
    this.#sight.alignHead();
  }

  #drawRows(isScrolled = false): void {
    const model = this.#model;
    if (model === undefined) return;
    this.#window = this.#seen(this.#sight.isLaid ? OVERSCAN : 0);
    const selected = this.#selection.range(model.rows, this.#active.row);
    const view = { active: this.#active, heights: this.#heights, selected, opened: this.#opened };
    const drawn = drawnRows(this.#window, this.#active.row);
    this.#rows[isScrolled ? 'drawScrolled' : 'draw'](model, drawn, view);
    this.#deeds.moved?.();
  }

  #seen(more: number): readonly [number, number] {
    const count = this.#model?.rows.length ?? 0;
    return seenRows(this.#sight.within(this.#heights.total), this.#heights, { count, more });
  }

  #goTo(place: Place): void {
    this.#active.go(this.#model?.rows ?? [], place);
    this.#draw();
    this.focus();
  }

  #cell({ row, column }: Place): HTMLElement | null {
    const within = row < 0 ? this.#head : this.#body;
    return within.querySelector(`[aria-rowindex="${row + 2}"] > [aria-colindex="${column + 1}"]`);
  }

  /** Puts the keyboard into the grid: where it was, or into the first row. */
  focus(isFirst = false): void {
    if (isFirst) this.#goTo({ row: 0, column: this.#active.column });
    this.#refocus();
    // Only as far as needed: what `focus` does by itself centres the cell.
    this.#cell(this.#active)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #onFocus(event: FocusEvent): void {
    const place = placeOf(event.target);
    if (place === undefined) return;
    const row = this.#model?.rows[place.row];
    if (row !== undefined) this.#deeds.enter?.(row);
    const isThere = place.row === this.#active.row && place.column === this.#active.column;
    this.#active.touch();
    this.#active.go(this.#model?.rows ?? [], place);
    if (isThere) this.#deeds.moved?.();
    else this.#draw();
  }

  /** Before the focus moves: with shift the choice goes from where it was. */
  #onMouseDown(event: MouseEvent): void {
    const place = placeOf(event.target);
    if (place === undefined || place.row < 0 || event.button !== 0) return;
    if (event.shiftKey) this.#selection.begin(this.#active.id);
    else this.#selection.clear();
    this.#drawRows();
  }

  #onClick(event: MouseEvent): void {
    const place = placeOf(event.target);
    const model = this.#model;
    if (place === undefined || model === undefined) return;
    if (place.row < 0) {
      this.#headControl.onClick(event, place.column);
      return;
    }
    const row = model.rows[place.row];
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.classList.contains('star') === true) this.#star(row, false);
    else if (button?.classList.contains('twist') === true) this.#twist(row);
    else if (button !== null) this.#start(place.row);
  }

  #onKey(event: KeyboardEvent): void {
    const model = this.#model;
    if (model === undefined) return;
    const from = { row: this.#active.row, column: this.#active.column };
    if (event.altKey) {
      if (from.row < 0) this.#headControl.onKey(event, from.column);
      else if (event.key === 'Enter') this.#twist(model.rows[from.row]);
      return;
    }
    if (this.#onMenuKey(event, from) || this.#onChoice(event) || this.#onLetter(event, from)) return;
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / rowHeight(model.table)) - 1);
    const extent = { rows: model.rows.length, columns: model.columns.length, page };
    const to = moved(from, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, extent);
    if (to !== undefined) {
      event.preventDefault();
      const isChosen = event.shiftKey && from.row >= 0;
      if (isChosen) this.#selection.begin(this.#active.id);
      else this.#selection.clear();
      this.#goTo(isChosen ? { ...to, row: Math.max(0, to.row) } : to);
      return;
    }
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (from.row < 0) this.#headControl.sort(from.column, event.shiftKey);
    else if (event.key === 'Enter') this.#start(from.row, from.column);
    else this.#star(model.rows[from.row], true);
  }

  /** Beside the pointer, or under the cell. */
  #openMenu(place: Place, pointer?: MouseEvent): void {
    const model = this.#model;
    const cell = this.#cell(place);
    if (model === undefined || cell === null) return;
    const range = this.#selection.range(model.rows, this.#active.row);
    if (range !== undefined && (place.row < range[0] || place.row > range[1])) this.#selection.clear();
    const row = model.rows[place.row];
    const items =
      row === undefined
        ? this.#headControl.items(place.column)
        : rowItems(model, row, {
            deed: deedAt(model, place),
            begin: (deed) => this.#deeds.start(deed),
            star: () => this.#star(row, pointer === undefined),
            twist: () => this.#twist(row),
            isOpen: this.#opened.has(row.id),
            history: this.#deeds.history,
            copy: (hasHeads) => this.#copy(hasHeads),
            selectAll: () => {
              this.#selection.all();
              this.#drawRows();
            },
          });
    const label = row?.cells[0] ?? model.columns[place.column]?.column.title ?? '';
    const anchor = pointer === undefined ? cell.getBoundingClientRect() : anchorOf(pointer);
    this.#menu.open(anchor, label, items, { say: model.say, back: () => this.#refocus() });
  }

  #onMenuKey(event: KeyboardEvent, from: Place): boolean {
    if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return false;
    take(event);
    this.#openMenu(from);
    return true;
  }

  /** Goes to the row whose name begins with what is typed; whether the key belongs to a name. */
  #onLetter(event: KeyboardEvent, { row, column }: Place): boolean {
    if (row < 0 || !this.#ahead.takes(event)) return false;
    take(event);
    const names = this.#model?.rows.map(({ cells: [name] }) => name ?? '') ?? [];
    const to = this.#ahead.next(event.key, names, row);
    this.#selection.clear();
    if (to !== undefined) this.#goTo({ row: to, column });
    return true;
  }

  /** Choosing all, none, and copying; whether the key was one of these. */
  #onChoice(event: KeyboardEvent): boolean {
    const isMain = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isMain && key === 'a') this.#selection.all();
    else if (key === 'escape' && !this.#selection.isEmpty) this.#selection.clear();
    else if (isMain && key === 'c') this.#copy(event.shiftKey);
    else return false;
    take(event);
    this.#drawRows();
    return true;
  }

  /** The cursor goes with its row, by keys into sight: at the old place another Space would mark a coin nobody chose. */
  #star(row: Row | undefined, isByKey: boolean): void {
    const [coin, favourites] = [row?.coin ?? null, this.#model?.favourites];
    if (favourites === undefined || coin === null) return;
    this.#deeds.favourite?.(coin, !favourites.has(coin));
    if (isByKey) this.focus();
  }

  /** From a cell, or as the button of the row does. */
  #start(row: number, column = 0): void {
    const deed = deedAt(this.#model, { row, column });
    if (deed !== null) this.#deeds.start(deed);
  }
}
