import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import { knowMarks } from '../desk/locale';
import { Age } from './age';
import { ColumnChoice } from './column-choice';
import type { HostMessage, PanelMessage, TableId, TableView, View } from './contract';
import { FIRST_VIEW, viewOf } from './contract';
import { costBarTemplate } from './cost-bar';
import { Grid } from './grid/grid';
import { HeldOrder } from './held-order';
import { HistoryTab, type ScriptSource } from './history-tab';
import { InSight } from './in-sight';
import { insteadTemplate } from './instead';
import type { Link } from './link';
import { FIRST_LOOK } from './look-contract';
import { type Changes, changesBetween, NO_CHANGES } from './model/changes';
import { arranged } from './model/columns';
import { isOf } from './model/condition';
import { allColumns } from './model/order';
import { NO_FILTERS, narrowedBy, nothingMatches } from './narrowed';
import { Places } from './places';
import { speaker } from './sentences';
import { onShortcut } from './shortcuts';
import { statusTemplate } from './status';
import { TABLE_FACES, TABS } from './tables';
import { panelIdOf, showTab, tabsTemplate } from './tabs';
import { toolbarTemplate } from './toolbar';
import { troubleTemplate } from './trouble';
import { sortParts, unseenSortTemplate } from './unseen-sort';
import { WholeCosts } from './whole-costs';

/** How long a changed cell stays marked; the styles fade it within this time. */
const MARKED_MS = 2_000;

type Snapshot = Extract<HostMessage, { readonly type: 'snapshot' }>;
type Start = Extract<HostMessage, { readonly type: 'start' }>;

/** The rates page: holds what was received and how it is looked at, and draws both. */
export class Page {
  readonly #root: HTMLElement;
  readonly #link: Link<HostMessage, PanelMessage>;
  readonly #grid: Grid;
  readonly #columns = new ColumnChoice({
    kept: () => this.#tableView().columns,
    keep: (columns) => this.#changeTable({ columns }),
  });
  readonly #places: Places;
  readonly #order = new HeldOrder(() => this.#draw());
  readonly #whole = new WholeCosts(() => this.#link.send({ type: 'offers' }));
  readonly #sight: InSight;
  readonly #script: ScriptSource;
  #history: HistoryTab | undefined;
  #start: Start | undefined;
  #say = speaker({});
  /** What came last of each table, shown at once when its tab is chosen again; `at` by the clock that sleep does not stop. */
  readonly #snapshots = new Map<TableId, { readonly message: Snapshot; readonly at: number }>();
  #view: View = FIRST_VIEW;
  /** The tab that was brought to where it can be seen. */
  #seen: TableId | 'history' | undefined;
  /** Coin of the row that was looked at last, until it is shown alone. */
  #entered: string | undefined;
  /** Kept by the host, for all its windows. */
  #favourites: ReadonlySet<string> = new Set();
  #changes: Changes = NO_CHANGES;
  #unmark: ReturnType<typeof setTimeout> | undefined;
  /** Whether the choices are shown where there is little room. */
  #isUnfolded = false;
  /** Whether the host was asked to read again, and has not answered. */
  #isTrying = false;
  readonly #age = new Age();
  /** The frame that is going to draw what came first. */
  #drawing = 0;

  constructor(root: HTMLElement, link: Link<HostMessage, PanelMessage>, script: ScriptSource) {
    this.#root = root;
    this.#link = link;
    this.#script = script;
    this.#grid = new Grid({
      sort: (sort) => this.#changeTable({ sort: [...sort] }),
      enter: ({ coin }) => {
        this.#entered = coin ?? undefined;
      },
      start: (deed) => link.send({ type: 'deed', deed }),
      history: (coin) => this.#change({ tab: 'history', history: { ...this.#view.history, coins: [coin] } }),
      copy: (text, rows) => this.#whole.copied(rows, () => link.send({ type: 'copy', text })),
      arrange: (shown) => this.#columns.arrange(shown),
      favourite: (coin, isFavourite) => this.#favour(coin, isFavourite),
      scrolled: () => this.#tellSight(),
      moved: () => this.#places.moved(),
      filter: (column, filter) => {
        const others = this.#tableView().filters.filter((entry) => !isOf(entry, column));
        this.#changeTable({ filters: filter === null ? others : [...others, filter] });
      },
    });
    this.#places = new Places({
      grid: this.#grid,
      table: () => this.#view.table,
      kept: () => this.#view.places,
      keep: (places) => {
        this.#view = { ...this.#view, places };
        link.keep(this.#view);
        link.send({ type: 'places', places });
      },
    });
    this.#sight = new InSight(
      () => this.#grid.inSight,
      (rows) => link.send({ type: 'sight', rows }),
    );
    document.addEventListener('keydown', (event) =>
      onShortcut(event, root.querySelector('#filter'), {
        toRows: (isFirst) => this.#grid.focus(isFirst),
        clear: () => this.#changeTable({ filter: '' }),
      }),
    );
    // Ages grow while nothing arrives.
    setInterval(() => {
      this.#tellAge();
      this.#history?.tellAge();
    }, 1_000);
  }

  begin(): void {
    this.#link.listen({
      start: (message) => {
        this.#start = message;
        knowMarks(message.locale, message.marks);
        this.#say = speaker(message.strings);
        this.#history = new HistoryTab(this.#script, {
          say: this.#say,
          locale: message.locale,
          ask: (history) => this.#change({ history }),
          retry: () => this.#link.send({ type: 'retry' }),
          onChange: () => this.#chosen === 'history' && this.#draw(),
        });
        this.#view = this.#link.kept === undefined ? message.view : viewOf(this.#link.kept);
        // What this page kept may differ from what the host knows: the host reads what is looked at.
        this.#link.send({ type: 'view', view: this.#view });
        // Rows mostly come right behind: what stands here until then would be drawn for nothing, and before them.
        this.#drawing = requestAnimationFrame(() => {
          this.#drawing = requestAnimationFrame(() => this.#draw());
        });
      },
      snapshot: (message) => (message.ahead === null ? this.#receive(message) : this.#receiveFirst(message)),
      chart: ({ coin }) =>
        this.#change({ tab: 'history', history: { ...this.#view.history, coins: [coin] } }),
      favourites: ({ coins }) => {
        this.#favourites = new Set(coins);
        // At the start rows come behind them, too.
        if (this.#snapshots.size > 0) this.#draw();
      },
      history: ({ answer }) => this.#history?.show(answer),
      historyStatus: ({ status }) => this.#history?.tell(status),
    });
  }

  /**
   * The first rows of a long table. Shown only where they are the first in the order that is wanted and those in sight, and on
   * the screen before the others come: those are read while a person already looks.
   */
  #receiveFirst(message: Snapshot): void {
    const { filter, filters, sort } = this.#tableView();
    const isPlain = filter === '' && filters.length === 0 && sort.length === 0;
    const isThere = this.#snapshots.get(message.of)?.message.table != null;
    const { top } = this.#places.of(message.of);
    const isInSight = top === null || message.table?.rows.some(({ id }) => id === top.id) === true;
    if (message.of !== this.#chosen || !isPlain || !isInSight || isThere) {
      this.#link.send({ type: 'all' });
      return;
    }
    this.#receive(message);
    requestAnimationFrame(() => setTimeout(() => this.#link.send({ type: 'all' })));
  }

  #receive(message: Snapshot): void {
    const before = this.#snapshots.get(message.of)?.message;
    const { table, status } = message;
    // Another account's or level's figures are other figures, not changed ones.
    const isSameKind = before?.status.source === status.source && before.status.tier === status.tier;
    if (isSameKind && before.table !== null && table !== null && message.of === this.#view.table) {
      this.#mark(changesBetween(before.table, table));
    } else this.#changes = NO_CHANGES;
    if (before !== undefined && before.status.source !== status.source) this.#snapshots.clear();
    this.#snapshots.set(message.of, { message, at: Date.now() });
    this.#isTrying = false;
    const run = this.#whole.told(status.costs);
    this.#draw();
    run?.();
  }

  #mark(changes: Changes): void {
    if (changes.size === 0) return;
    this.#changes = changes;
    clearTimeout(this.#unmark);
    this.#unmark = setTimeout(() => {
      this.#changes = NO_CHANGES;
      this.#draw();
    }, MARKED_MS);
  }

  #tableView(): TableView {
    const { table, tables } = this.#view;
    return tables.find((entry) => entry.table === table) ?? { table, ...FIRST_LOOK };
  }

  #changeTable(change: Partial<TableView>): void {
    const { table, tables } = this.#view;
    const changed = { ...this.#tableView(), ...change };
    this.#change({ tables: [...tables.filter((entry) => entry.table !== table), changed] });
  }

  #change(change: Partial<View>): void {
    // Marks are kept by row, and rows of several tables bear the name of the same coin.
    if (change.table !== undefined) {
      // The grid is left with the table it shows: the other one may not be read yet, and must not get this one's place.
      this.#places.show(false);
      this.#changes = NO_CHANGES;
      this.#isTrying = false;
    }
    this.#view = { ...this.#view, ...change };
    this.#link.keep(this.#view);
    this.#link.send({ type: 'view', view: this.#view });
    this.#draw();
  }

  /** Shown at once; the host says what it kept. */
  #favour(coin: string, isFavourite: boolean): void {
    const others = [...this.#favourites].filter((one) => one !== coin);
    this.#favourites = new Set(isFavourite ? [...others, coin] : others);
    this.#link.send({ type: 'favourite', coin, isFavourite });
    this.#draw();
  }

  /** Takes filters or the order away; the button that did it is gone then. */
  #clear(change: Partial<TableView>): void {
    this.#changeTable(change);
    this.#root.querySelector<HTMLInputElement>('#filter')?.focus();
  }

  #draw(): void {
    cancelAnimationFrame(this.#drawing);
    const start = this.#start;
    if (start === undefined) return;
    const chosen = this.#chosen;
    if (chosen === 'history') this.#drawHistory();
    else this.#drawTable(chosen, start.locale);
    if (chosen === this.#seen) return;
    // Once: from then on the person may scroll the tabs.
    this.#seen = chosen;
    // Behind the next frame: before it would force a layout, and the rows wait for that.
    requestAnimationFrame(() => setTimeout(() => showTab(chosen)));
  }

  get #chosen(): TableId | 'history' {
    return this.#view.tab === 'history' ? 'history' : this.#view.table;
  }

  #drawTable(id: TableId, locale: string): void {
    const snapshot = this.#snapshots.get(id)?.message;
    const table = snapshot?.table ?? undefined;
    const look = this.#tableView();
    const status = snapshot?.status;
    const rows = table === undefined ? [] : this.#order.rows(table, look, this.#favourites, status);
    const missing = snapshot?.ahead == null ? 0 : snapshot.ahead - (table?.rows.length ?? 0);
    const isGrid = table !== undefined && table.rows.length > 0;
    const narrowed = narrowedBy({ look, columns: table && allColumns(table), locale, say: this.#say });
    const face = TABLE_FACES[id];
    const order = sortParts(table ?? { columns: [] }, look);
    const save = () => this.#link.send({ type: 'export', of: id, sheet: this.#grid.sheet });
    this.#places.show(isGrid);
    const retry = { say: this.#say, isTrying: this.#isTrying, onRetry: () => this.#retry() };
    this.#tellAge();
    render(
      html`<header class=${this.#isUnfolded ? 'unfolded' : ''}>
        ${this.#head()}
        ${toolbarTemplate({
          view: this.#view,
          face,
          filter: look.filter,
          status,
          say: this.#say,
          onColumns: isGrid ? (button) => this.#columns.open(button) : undefined,
          onExport:
            rows.length > 0 && missing === 0 ? () => this.#whole.first(status?.costs, save) : undefined,
          onFilter: (text) => this.#changeTable({ filter: text }),
          onChange: (change) => this.#change(change),
          isUnfolded: this.#isUnfolded,
          onFold: () => {
            this.#isUnfolded = !this.#isUnfolded;
            this.#draw();
          },
        })}
        ${
          face.hasCost
            ? costBarTemplate({
                cost: this.#view.cost,
                status,
                say: this.#say,
                onChange: (cost) => this.#change({ cost }),
              })
            : nothing
        }
      ${statusTemplate({
        status,
        face,
        locale,
        shown: rows.length + missing,
        all: table === undefined ? undefined : table.rows.length + missing,
        filters: narrowed,
        sorted: unseenSortTemplate(order, this.#say, () => this.#clear({ sort: order.seen })),
        held: this.#order.template(this.#say),
        whole: this.#whole.words,
        onClear: () => this.#clear(NO_FILTERS),
        age: this.#age.element,
        say: this.#say,
      })}
      </header>
      <main class="main">
        <div class="panel" role="tabpanel" id=${panelIdOf(id)} aria-labelledby=${`tab-${id}`}>
          ${isGrid ? this.#grid.element : insteadTemplate({ face, table, status, ...retry })}
          ${isGrid && rows.length === 0 ? nothingMatches(face, narrowed, this.#say, () => this.#clear(NO_FILTERS)) : nothing}
        </div>
      </main>
      ${troubleTemplate({ failure: table === undefined ? null : (status?.failure ?? null), ...retry })}`,
      this.#root,
    );
    if (!isGrid) return;
    const columns = arranged(table.columns, look.columns);
    this.#columns.update(columns, this.#say);
    this.#grid.show({
      table,
      columns: columns.filter(({ isShown }) => isShown),
      isArrangeable: true,
      rows,
      missing,
      sort: order.inEffect,
      filters: look.filters,
      period: this.#view.period,
      locale,
      favourites: this.#favourites,
      changes: this.#changes,
      canAct: status?.canAct ?? false,
      place: this.#places.of(id),
      say: this.#say,
    });
    this.#tellSight();
  }

  #retry(): void {
    this.#isTrying = true;
    this.#link.send({ type: 'retry' });
    this.#draw();
  }

  /** Only costs need to know. */
  #tellSight(): void {
    const { cost, tab, table } = this.#view;
    this.#sight.moved(cost.amount.trim() !== '' && tab === 'rates' && TABLE_FACES[table].hasCost);
  }

  #head(): TemplateResult {
    return html`<h1 class="unseen">${this.#say(words('Loan rates'))}</h1>
      ${tabsTemplate({
        tabs: TABS,
        chosen: this.#chosen,
        label: words('What is shown'),
        say: this.#say,
        onChoose: (id) => this.#choose(id),
      })}`;
  }

  /** A table of one coin begins with the one that was looked at. */
  #choose(id: TableId | 'history'): void {
    if (id === 'history') this.#change({ tab: id });
    else if (TABLE_FACES[id].hasCoin && this.#entered !== undefined) {
      this.#change({ tab: 'rates', table: id, coin: this.#entered });
      this.#entered = undefined;
    } else this.#change({ tab: 'rates', table: id });
  }

  #drawHistory(): void {
    this.#places.show(false);
    render(this.#history?.template(this.#head()) ?? nothing, this.#root);
    this.#history?.open();
  }

  #tellAge(): void {
    const { message, at = 0 } = this.#snapshots.get(this.#view.table) ?? {};
    const { ageMs = null, failure = null } = message?.status ?? {};
    this.#age.show({
      age: ageMs === null ? undefined : ageMs + Date.now() - at,
      hasFailed: failure !== null && message?.table != null,
      say: this.#say,
    });
  }
}
