import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Status, Table } from './contract';
import type { TableFace } from './tables';
import { type RetryModel, retryTemplate } from './trouble';

export interface InsteadModel extends RetryModel {
  readonly face: TableFace;
  /** Undefined before it was read. */
  readonly table: Table | undefined;
  readonly status: Status | undefined;
}

/** What stands in place of a table: that it is being read, why it could not be, or that it is empty. */
export function insteadTemplate({ face, table, status, ...retry }: InsteadModel): TemplateResult {
  if (table !== undefined) return html`<div class="instead"><p>${table.empty}</p></div>`;
  if (status !== undefined && status.failure !== null) {
    const { text, advice } = status.failure;
    return html`<div class="instead">
      <p class="what">${text}</p>
      ${advice === null ? nothing : html`<p>${advice}</p>`} ${retryTemplate(retry, 'main-deed')}
    </div>`;
  }
  return html`<div class="instead loading">
    <p>${retry.say(face.reading)}</p>
    <div class="bones" aria-hidden="true">${Array.from({ length: 8 }, () => html`<div></div>`)}</div>
  </div>`;
}
