import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../../bybit/words';
import { SPARK_HEIGHT, SPARK_WIDTH } from '../../desk/history/sparkline';
import type { Row } from '../contract';
import { cellText } from '../model/cell-text';
import type { Place } from '../model/move';
import type { GridModel } from './grid';

/** Pixels; the same in the styles (`--row`). */
export const ROW_HEIGHT = 26;
const NONE = '–';

/** The rows at these indexes. Text only ever goes through bindings. */
export function rowsTemplate(model: GridModel, indexes: readonly number[], active: Place): TemplateResult {
  return html`${repeat(
    indexes,
    (index) => model.rows[index]?.id,
    (index) => {
      const row = model.rows[index];
      return row === undefined ? nothing : rowTemplate(model, row, index, active);
    },
  )}`;
}

function rowTemplate(model: GridModel, row: Row, at: number, active: Place): TemplateResult {
  const isActive = at === active.row;
  const changed = model.changes.get(row.id);
  return html`<div
    class="row ${at % 2 === 1 ? 'odd' : ''} ${isActive ? 'active' : ''}"
    role="row"
    aria-rowindex=${at + 2}
    .style=${`transform:translateY(${at * ROW_HEIGHT}px)`}
  >
    ${model.table.columns.map((column, index) => {
      const cell = row.cells[index] ?? null;
      return html`<div
        role=${index === 0 ? 'rowheader' : 'gridcell'}
        class="cell ${column.kind} ${changed?.has(index) === true ? 'changed' : ''} ${cell === null ? 'none' : ''}"
        aria-colindex=${index + 1}
        title=${column.kind === 'long' && cell !== null ? cell : nothing}
        tabindex=${isActive && index === active.column ? 0 : -1}
      >${
        cell === null
          ? NONE
          : column.kind === 'spark'
            ? spark(cell, model)
            : html`<span class="text">${cellText(cell, column.kind, model)}</span>`
      }${index === 0 ? borrowButton(model, row) : nothing}</div>`;
    })}
  </div>`;
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
function borrowButton({ canBorrow, say }: GridModel, { borrow }: Row) {
  if (borrow === null || !canBorrow) return nothing;
  return html`<button class="deed" tabindex="-1" aria-label=${say(words('Borrow {0}', borrow))}>
    ${say(words('Borrow'))}
  </button>`;
}
