import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../../bybit/words';
import type { Column, Kind, View } from '../contract';
import type { Say } from '../sentences';
import type { GridModel } from './grid';

/** The row of column heads. `active` is the column that Tab reaches, when it is one of these. */
export function headTemplate(model: GridModel, active: number | undefined): TemplateResult {
  const { table, sort, period, say } = model;
  return html`<div class="row" role="row" aria-rowindex="1">
    ${table.columns.map((column, index) => {
      const place = sort.findIndex((entry) => entry.column === column.id);
      const descending = sort[place]?.descending;
      const unit = unitOf(column.kind, period, say);
      return html`<div
        role="columnheader"
        class="cell ${column.kind}"
        aria-colindex=${index + 1}
        aria-sort=${column.kind === 'spark' ? nothing : sortName(descending)}
        title=${column.hint ?? nothing}
        tabindex=${index === active ? 0 : -1}
      >
        <span class="title"
          ><span class="name">${column.title}</span>${mark(descending)}${
            sort.length > 1 && place >= 0 ? html`<span class="order">${place + 1}</span>` : nothing
          }</span
        >
        ${unit === undefined ? nothing : html`<span class="unit">${unit}</span>`}
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

/** The unit of a column's numbers; undefined where they are none. */
export function unitOf(kind: Column['kind'], period: View['period'], say: Say): string | undefined {
  const units: Readonly<Record<Kind, string | undefined>> = {
    name: undefined,
    text: undefined,
    short: undefined,
    long: undefined,
    rate: period === 'year' ? say(words('% a year')) : say(words('% an hour')),
    ratio: say(words('%')),
    amount: say(words('of the coin')),
    usd: say(words('USD')),
    cost: say(words('USD, and the coin')),
    count: undefined,
    days: say(words('days')),
    spark: undefined,
  };
  return units[kind];
}
