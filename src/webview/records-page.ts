import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { byCount, words } from '../bybit/words';
import { countText } from '../desk/locale';
import { EVERYTHING, passes, type RecordFilter } from '../desk/records/filter';
import { utcMinute, utcTime } from '../desk/utc';
import type { Column, Row } from './contract';
import { Grid } from './grid/grid';
import type { GridTable } from './grid/grid-model';
import type { Link } from './link';
import type { Look } from './look-contract';
import { NO_CHANGES } from './model/changes';
import { arranged } from './model/columns';
import { shownRows } from './model/order';
import { obstacleTemplate } from './obstacle';
import type { WayOn } from './obstacle-contract';
import {
  type RecordRow,
  type RecordsHostMessage,
  type RecordsPageMessage,
  type RecordsState,
  recordFilterOf,
} from './records-contract';
import { recordsToolbar } from './records-toolbar';
import { type Say, speaker } from './sentences';

/** What happened on the account, newest first: filtered here, read on by the host. */
export class RecordsPage {
  readonly #root: HTMLElement;
  readonly #link: Link<RecordsHostMessage, RecordsPageMessage>;
  readonly #grid: Grid;
  #locale = 'en';
  #say: Say = speaker({});
  #state: RecordsState | undefined;
  #filter: RecordFilter;
  #sort: Look['sort'] = [];

  constructor(root: HTMLElement, link: Link<RecordsHostMessage, RecordsPageMessage>) {
    this.#root = root;
    this.#link = link;
    this.#filter = recordFilterOf(link.kept) ?? EVERYTHING;
    this.#grid = new Grid({
      sort: (sort) => {
        this.#sort = sort;
        this.#draw();
      },
      start: () => undefined,
      copy: (text) => link.send({ type: 'copy', text }),
    });
  }

  begin(): void {
    this.#link.listen({
      start: ({ locale, strings }) => {
        this.#locale = locale;
        this.#say = speaker(strings);
        this.#draw();
      },
      records: ({ state }) => {
        this.#state = state;
        this.#draw();
      },
    });
  }

  #setFilter(change: Partial<RecordFilter>): void {
    this.#filter = { ...this.#filter, ...change };
    this.#link.keep(this.#filter);
    this.#draw();
  }

  #draw(): void {
    const state = this.#state;
    if (state === undefined) return;
    const say = this.#say;
    const shown = state.rows.filter(passes(this.#filter));
    render(
      html`<header>
          <h1 class="unseen">${say(words('Account history'))}</h1>
          ${recordsToolbar({
            filter: this.#filter,
            say,
            canExport: shown.length > 0,
            onFilter: (change) => this.#setFilter(change),
            onExport: () => this.#link.send({ type: 'export', filter: this.#filter }),
            onAgain: () => this.#link.send({ type: 'again' }),
          })}
          <div class="status">
            <span class="source">${state.source}</span>
            <span role="status">${this.#count(state, shown.length)}</span>
            <span class="age"
              >${state.readAt === null ? '' : say(words('Read {0}', utcTime(state.readAt, Date.now())))}</span
            >
          </div>
          ${state.failures.map(
            ({ text, advice }) =>
              html`<p class="notice">${text} ${advice ?? nothing}
                <button class="link" @click=${() => this.#more(false)}>${say(words('Try Again'))}</button>
              </p>`,
          )}
        </header>
        <main class="main">${shown.length > 0 ? this.#grid.element : this.#instead(state)}</main>
        ${shown.length > 0 && state.obstacle === null ? this.#footer(state) : nothing}`,
      this.#root,
    );
    if (shown.length > 0) this.#show(shown);
  }

  #show(shown: readonly RecordRow[]): void {
    const table = tableOf(this.#say);
    const rows = shownRows({ ...table, rows: shown.map(rowOf) }, { filter: '', sort: this.#sort });
    this.#grid.show({
      table,
      columns: arranged(table.columns),
      rows,
      sort: this.#sort,
      period: 'year',
      locale: this.#locale,
      changes: NO_CHANGES,
      canAct: false,
      say: this.#say,
    });
  }

  #more(all: boolean): void {
    this.#link.send({ type: 'more', all });
  }

  #count({ rows, areAmountsHidden }: RecordsState, shown: number): string {
    const count =
      shown === rows.length
        ? this.#say(byCount(shown, words('1 entry'), words('{0} entries', countText(shown, this.#locale))))
        : this.#say(
            words('{0} of {1} entries', countText(shown, this.#locale), countText(rows.length, this.#locale)),
          );
    return areAmountsHidden ? `${count} · ${this.#say(words('amounts are hidden'))}` : count;
  }

  /** How far back it was read, and the way further. */
  #footer({ isComplete, isReading, rows }: RecordsState): TemplateResult {
    const say = this.#say;
    if (isComplete) {
      return html`<footer class="foot">${say(words('This is all that the exchange still tells.'))}</footer>`;
    }
    const oldest = rows.at(-1)?.time;
    return html`<footer class="foot">
      <span
        >${oldest === undefined ? '' : say(words('Read back to {0}; there may be more.', utcMinute(oldest)))}</span
      >
      <button class="main-deed" aria-disabled=${isReading ? 'true' : 'false'} @click=${isReading ? nothing : () => this.#more(false)}>
        ${isReading ? say(words('Reading…')) : say(words('Read Older'))}
      </button>
      <button class="quiet-deed" aria-disabled=${isReading ? 'true' : 'false'} @click=${isReading ? nothing : () => this.#more(true)}>
        ${say(words('Read All'))}
      </button>
    </footer>`;
  }

  /** What stands in place of the grid. */
  #instead(state: RecordsState): TemplateResult {
    const say = this.#say;
    if (state.obstacle !== null) {
      const onWay = (way: WayOn) => this.#link.send({ type: 'wayOn', way });
      return obstacleTemplate({ obstacle: state.obstacle, say, onWay });
    }
    if (state.isReading) {
      return html`<div class="instead loading">
        <p>${say(words('Reading the histories…'))}</p>
        <div class="bones" aria-hidden="true">${Array.from({ length: 8 }, () => html`<div></div>`)}</div>
      </div>`;
    }
    if (state.rows.length === 0 && state.failures.length > 0) {
      return html`<div class="instead">
        <p class="what">${say(words('There is nothing in the histories that could be read.'))}</p>
      </div>`;
    }
    if (state.rows.length === 0) {
      return html`<div class="instead">
        <p class="what">${say(words('Nothing has happened on this account yet.'))}</p>
        <p>${say(words('Borrowings, repayments, collateral, orders, renewals and supply will stand here.'))}</p>
      </div>`;
    }
    return html`<div class="instead">
      <p class="what">${say(words('Nothing that was read so far matches the filter.'))}</p>
      <button class="main-deed" @click=${() => this.#setFilter(EVERYTHING)}>${say(words('Clear Filter'))}</button>
      ${
        state.isComplete
          ? nothing
          : html`<button class="quiet-deed" @click=${() => this.#more(true)}>${say(words('Read All'))}</button>`
      }
    </div>`;
  }
}

function tableOf(say: Say): GridTable & { readonly columns: readonly Column[] } {
  const column = (id: string, title: string, kind: Column['kind']): Column => ({
    id,
    title,
    kind,
    hint: null,
  });
  return {
    id: 'records',
    title: say(words('Account history')),
    columns: [
      column('time', say(words('When (UTC)')), 'moment'),
      column('what', say(words('What')), 'long'),
      column('amount', say(words('Amount')), 'amount'),
      column('coin', say(words('Coin')), 'short'),
      column('state', say(words('State')), 'short'),
      column('system', say(words('System')), 'text'),
      column('details', say(words('Details')), 'long'),
    ],
  };
}

function rowOf({ id, time, what, amount, coin, state, system, details }: RecordRow): Row {
  return {
    id,
    cells: [utcMinute(time).replace(' UTC', ''), what, amount, coin, state, system, details],
    notes: null,
    coin: null,
    deed: null,
  };
}
