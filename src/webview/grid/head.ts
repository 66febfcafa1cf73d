import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../../bybit/words';
import { isOf } from '../model/condition';
import { unitOf } from '../model/units';
import type { GridModel } from './grid-model';

/** The row of column heads. `active` is the column that Tab reaches, when it is one of these. */
export function headTemplate(model: GridModel, active: number | undefined): TemplateResult {
  const { columns, sort, filters, period, say } = model;
  return html`<div class="row" role="row" aria-rowindex="1">
    ${columns.map(({ column }, index) => {
      const place = sort.findIndex((entry) => entry.column === column.id);
      const descending = sort[place]?.descending;
      const unit = unitOf(column.kind, period, say);
      const order = sort.length > 1 && place >= 0 ? html`<span class="order">${place + 1}</span>` : nothing;
      // The line of the unit has more room than that of the title, which is read at first.
      const sorted = html`${mark(descending)}${order}`;
      const isFiltered = filters?.some((entry) => isOf(entry, column)) === true;
      return html`<div
        role="columnheader"
        class="cell ${column.kind} ${isFiltered ? 'filtered' : ''}"
        aria-colindex=${index + 1}
        aria-sort=${column.kind === 'spark' ? nothing : sortName(descending)}
        title=${column.hint ?? nothing}
        tabindex=${index === active ? 0 : -1}
      >
        <span class="title"
          ><span class="name">${column.title}</span></span
        >
        ${unit === undefined && place < 0 ? nothing : html`<span class="unit">${sorted}${unit}</span>`}${
          filters === undefined || column.kind === 'spark' ? nothing : funnel(model, column.title, isFiltered)
        }${model.isArrangeable === true ? html`<span class=\"edge\"></span>` : nothing}
      </div>`;
    })}
  </div>`;
}

function sortName(descending: boolean | undefined): string {
  if (descending === undefined) return 'none';
  return descending ? 'descending' : 'ascending';
}

function mark(descending: boolean | undefined) {
  if (descending === undefined) return nothing;
  return html`<svg class="mark" viewBox="0 0 8 8" aria-hidden="true">
    <path d=${descending ? 'M1 2h6L4 7z' : 'M1 6h6L4 1z'} />
  </svg>`;
}

/** Alt+Down on the head does the same. */
function funnel({ say }: GridModel, title: string, isFiltered: boolean) {
  const label = isFiltered ? say(words('{0} is filtered: change', title)) : say(words('Filter {0}', title));
  return html`<button class="funnel" tabindex="-1" aria-label=${label} title=${label}>
    <svg viewBox="0 0 12 12" aria-hidden="true"><path d="M1 1.5h10L7.2 6v4.5L4.8 9V6z" /></svg>
  </button>`;
}
