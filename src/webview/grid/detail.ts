import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Row } from '../contract';
import { cellText } from '../model/cell-text';
import { noteText } from '../model/note-text';
import { unitOf } from '../model/units';
import type { GridModel } from './grid-model';

const NONE = '–';

/** Everything that a row holds, each figure with its title and unit: in reach however narrow the panel is. */
export function detail(model: GridModel, row: Row): TemplateResult {
  const { table, columns, period, say } = model;
  return html`<div class="detail" role="gridcell" aria-colspan=${columns.length}>
    <dl>
      ${table.columns.map(({ title, kind, hint }, at) => {
        // The name stands above.
        if (at === 0) return nothing;
        const cell = row.cells[at] ?? null;
        const note = row.notes?.[at] ?? null;
        // Beside one figure the coin itself can stand; a column's head is of many.
        const isOwn = kind === 'amount' && row.coin !== null && row.cells[0] === row.coin;
        const unit = isOwn ? row.coin : unitOf(kind === 'spark' ? 'rate' : kind, period, say);
        return html`<div title=${hint ?? nothing}>
          <dt>${title}</dt>
          <dd>
            ${cell === null ? NONE : cellText(cell, kind, model)}
            ${cell === null || unit == null || kind === 'cost' ? nothing : html`<span class="unit">${unit}</span>`}
            ${note === null ? nothing : html`<span class="unit">${noteText(note)}</span>`}
          </dd>
        </div>`;
      })}
    </dl>
  </div>`;
}
