import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../../bybit/words';
import { SPARK_HEIGHT, SPARK_WIDTH } from '../../desk/history/sparkline';
import type { Column, Note, Row } from '../contract';
import { cellText } from '../model/cell-text';
import { deedWords } from '../model/deed-words';
import type { Heights } from '../model/heights';
import type { Place } from '../model/move';
import { detail, twist } from './detail';
import type { GridModel, GridTable } from './grid-model';
import type { Opened } from './opened';

/** Pixels; the same in the styles (`--row`). */
const ROW_HEIGHT = 26;
const TALL_ROW_HEIGHT = 42;
const NONE = '–';

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

/** The rows at these indexes. Text only ever goes through bindings. */
export function rowsTemplate(model: GridModel, indexes: readonly number[], view: RowsView): TemplateResult {
  return html`${repeat(
    indexes,
    (index) => model.rows[index]?.id,
    (index) => {
      const row = model.rows[index];
      return row === undefined ? nothing : rowTemplate(model, row, index, view);
    },
  )}`;
}

function rowTemplate(
  model: GridModel,
  row: Row,
  at: number,
  { active, heights, selected, opened }: RowsView,
): TemplateResult {
  const isActive = at === active.row;
  const isOpen = opened.has(row.id);
  const changed = model.changes.get(row.id);
  return html`<div
    class="row ${at % 2 === 1 ? 'odd' : ''} ${isActive ? 'active' : ''} ${isOpen ? 'open' : ''}"
    role="row"
    aria-rowindex=${at + 2}
    aria-selected=${selected !== undefined && at >= selected[0] && at <= selected[1] ? 'true' : 'false'}
    .style=${`transform:translateY(${heights.topOf(at)}px)`}
  >
    ${model.columns.map(({ column, at: cell }, index) =>
      cellTemplate(model, {
        row,
        column,
        index,
        cell: row.cells[cell] ?? null,
        note: row.notes?.[cell] ?? null,
        isReached: isActive && index === active.column,
        isChanged: changed?.has(cell) === true,
        isRepeated: index === 0 && isAlike(model.rows[at - 1], row),
        isOpen,
      }),
    )}
    ${isOpen ? detail(model, row) : nothing}
  </div>`;
}

/** Whether two rows are of one group: the same name, and the same term where they have one. */
function isAlike(above: Row | undefined, { cells: [name], deed }: Row): boolean {
  return above !== undefined && above.cells[0] === name && above.deed?.term === deed?.term;
}

interface CellModel {
  readonly row: Row;
  readonly column: Column;
  /** Among those that are shown. */
  readonly index: number;
  readonly cell: string | null;
  readonly note: Note | null;
  /** Whether Tab reaches it. */
  readonly isReached: boolean;
  readonly isChanged: boolean;
  /** A name of a row like the one above. */
  readonly isRepeated: boolean;
  readonly isOpen: boolean;
}

function cellTemplate(
  model: GridModel,
  { row, column, index, cell, note, isReached, isChanged, isRepeated, isOpen }: CellModel,
): TemplateResult {
  const isName = index === 0;
  const states = [
    isChanged ? 'changed' : '',
    isRepeated ? 'repeated' : '',
    cell === null ? 'none' : '',
    note?.mark ?? '',
  ];
  const classes = `cell ${column.kind} ${states.join(' ')}`;
  const tabindex = isReached ? 0 : -1;
  const at = index + 1;
  if (isName) {
    return html`<div role="rowheader" class=${classes} aria-colindex=${at} aria-label=${nameOf(model, row)} tabindex=${tabindex}>${twist(model, isOpen)}${star(model, row)}<span class="text">${cell ?? NONE}</span>${deedButton(model, row)}</div>`;
  }
  const content = cell !== null && column.kind === 'spark' ? spark(cell, model) : noteTemplate(note, model);
  const text = cell === null ? NONE : column.kind === 'spark' ? '' : cellText(cell, column.kind, model);
  // One template and no more for most cells: there are hundreds of them in sight.
  return html`<div role="gridcell" class=${classes} aria-colindex=${at} title=${column.kind === 'long' && cell !== null ? cell : nothing} tabindex=${tabindex}><span class="text">${text}</span>${content}</div>`;
}

/** The name without the buttons beside it. */
function nameOf({ favourites, say }: GridModel, { cells: [name], coin }: Row) {
  if (coin === null || favourites?.has(coin) !== true) return name ?? nothing;
  return say(words('{0}, favourite', name ?? ''));
}

/** Space on the row does the same. */
function star({ favourites, say }: GridModel, { coin }: Row) {
  if (favourites === undefined || coin === null) return nothing;
  const isOn = favourites.has(coin);
  const label = isOn
    ? say(words('Remove {0} from favourites', coin))
    : say(words('Add {0} to favourites', coin));
  return html`<button class="star ${isOn ? 'on' : ''}" tabindex="-1" aria-label=${label} title=${label}>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 1.6l1.9 4 4.4.6-3.2 3 .8 4.3L8 11.4l-3.9 2.1.8-4.3-3.2-3 4.4-.6z" />
    </svg>
  </button>`;
}

/** The second line; the mark is said, too, since colour alone says nothing. */
function noteTemplate(note: Note | null, { say }: GridModel) {
  if (note === null) return nothing;
  const best = note.mark === 'best' ? html`<span class="unseen">${say(words('cheapest'))} </span>` : nothing;
  return html`<span class="note">${best}${note.text}</span>`;
}

/** A small line; what it says in numbers stands in the column beside it. */
function spark(path: string, { say }: GridModel): TemplateResult {
  return html`<svg
    class="spark"
    viewBox=${`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
    preserveAspectRatio="none"
    role="img"
    aria-label=${say(words('line'))}
  >
    <path d=${path} />
  </svg>`;
}

/** In the pinned cell, so that it is in reach however narrow the panel is. Enter on the row does the same. */
function deedButton({ canAct, say }: GridModel, { deed }: Row) {
  if (deed === null || !canAct) return nothing;
  const { short, whole } = deedWords(deed);
  return html`<button class="deed" tabindex="-1" aria-label=${say(whole)}>${say(short)}</button>`;
}
