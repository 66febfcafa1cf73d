import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../../bybit/words';
import type { Kind, Row } from '../contract';
import { cellText } from '../model/cell-text';
import { noteText } from '../model/note-text';
import { unitOf } from '../model/units';
import type { Say } from '../sentences';
import type { GridModel } from './grid-model';

const NONE = '–';
/** Letters of a sentence that stand beside others; a longer one has lines of its own. */
const MOST_BESIDE = 26;

/** Everything that a row holds, each figure with its title and unit: in reach however narrow the panel is. */
export function detail(model: GridModel, row: Row): TemplateResult {
  const { table, columns, say } = model;
  return html`<div class="detail" role="gridcell" aria-colspan=${columns.length}>
    <dl>
      ${table.columns.map(({ title: name, kind, hint }, at) => {
        // The name stands above.
        if (at === 0) return nothing;
        const cell = row.cells[at] ?? null;
        const note = row.notes?.[at] ?? null;
        const unit = unitBeside(model, row, kind);
        const isLong = kind === 'long' && (cell ?? '').length > MOST_BESIDE;
        return html`<div class=${isLong ? 'long' : nothing} title=${hint ?? nothing}>
          <dt>${name}</dt>
          <dd>
            ${note?.mark === 'best' ? best(say) : nothing}
            ${cell === null ? NONE : cellText(cell, kind, model)}
            ${cell === null || unit == null ? nothing : html`<span class="unit">${unit}</span>`}
            ${note === null ? nothing : html`<span class="unit">${noteText(note)}</span>`}
          </dd>
        </div>`;
      })}
    </dl>
  </div>`;
}

/** Beside one figure the coin itself can stand, where a column's head is of many; of costs the second line tells the coin. */
function unitBeside(
  { period, say }: GridModel,
  { coin, cells: [name] }: Row,
  kind: Kind,
): string | undefined {
  if (kind === 'amount' && coin !== null && name === coin) return coin;
  // Of a small line the rates are told.
  return unitOf(kind === 'cost' ? 'usd' : kind === 'spark' ? 'rate' : kind, period, say);
}

/** As the cell has it: a sign to see, a word to hear. */
function best(say: Say): TemplateResult {
  const word = say(words('cheapest'));
  return html`<span title=${word}><span aria-hidden="true">✓</span><span class="unseen">${word}</span></span>`;
}
