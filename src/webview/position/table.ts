import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';

export interface Head {
  readonly title: string;
  readonly isNumber?: boolean;
}

export interface TableRow {
  /** Unique in its group: a button that has the focus or is pressed must not become another row's. */
  readonly key: string;
  /** The first stands for the row. */
  readonly cells: readonly (string | TemplateResult | typeof nothing)[];
  /** Stands out at its side; the words of the row say why. */
  readonly mark?: 'late' | 'best' | undefined;
}

export interface TableGroup {
  readonly key: string;
  /** Head of several rows; none where all rows are of one kind. */
  readonly title: string | undefined;
  readonly rows: readonly TableRow[];
}

export interface TableModel {
  /** What the table is about, for those who do not see its heading. */
  readonly label: string;
  readonly heads: readonly Head[];
  readonly groups: readonly TableGroup[];
}

/**
 * A table that becomes a card a row where there is little room. Roles are written out, since a table that is drawn otherwise
 * loses its own.
 */
export function table({ label, heads, groups }: TableModel): TemplateResult {
  return html`<table class="facts" role="table" aria-label=${label}>
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map(
          ({ title, isNumber }) =>
            html`<th role="columnheader" scope="col" class=${isNumber ? 'num' : ''}>${title}</th>`,
        )}
      </tr>
    </thead>
    ${repeat(
      groups,
      ({ key }) => key,
      ({ title, rows }) =>
        html`<tbody role="rowgroup">
          ${
            title === undefined
              ? nothing
              : html`<tr role="row" class="group">
                  <th role="rowheader" scope="rowgroup" colspan=${heads.length} aria-colspan=${heads.length}>${title}</th>
                </tr>`
          }
          ${repeat(
            rows,
            ({ key }) => key,
            (row) => tableRow(row, heads),
          )}
        </tbody>`,
    )}
  </table>`;
}

function tableRow({ cells, mark }: TableRow, heads: readonly Head[]): TemplateResult {
  const [first, ...rest] = cells;
  return html`<tr role="row" class=${mark === undefined ? '' : `marked ${mark}`}>
    <th role="rowheader" scope="row">${first ?? nothing}</th>
    ${rest.map((cell, index) => {
      const { title = '', isNumber } = heads[index + 1] ?? {};
      return html`<td role="cell" class=${isNumber ? 'num' : ''} data-label=${title}>${cell}</td>`;
    })}
  </tr>`;
}
