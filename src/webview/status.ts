import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import { formatAge } from '../desk/format';
import type { Status } from './contract';
import type { Say } from './sentences';
import type { TableFace } from './tables';

export interface StatusModel {
  readonly status: Status | undefined;
  readonly face: TableFace;
  readonly shown: number;
  /** Rows there are; undefined before any were read. */
  readonly all: number | undefined;
  /** Milliseconds since what is shown was read. */
  readonly age: number | undefined;
  /** What keeps rows away. */
  readonly filters: readonly string[];
  readonly say: Say;
  readonly onClear: () => void;
  readonly onRetry: () => void;
}

/** One line that is always there and always as high, so that nothing jumps: whose rates, how many, how old, what failed. */
export function statusTemplate(model: StatusModel): TemplateResult {
  const { status, face, all, age, filters, say, onClear, onRetry } = model;
  const failure = all === undefined ? null : (status?.failure ?? null);
  const isPartial = all !== undefined && (status?.isPartial ?? false);
  const old = age === undefined ? undefined : say(formatAge(age));
  return html`<div class="status ${failure === null ? '' : 'failed'}">
    <span class="source">${status?.source ?? ''}</span>
    <span role="status" aria-busy=${isPartial ? 'true' : 'false'}>${all === undefined ? '' : say(countOf(model, all))}${
      isPartial ? html`<span class="more">${say(words('More are being read…'))}</span>` : nothing
    }${
      failure === null
        ? nothing
        : html`<span class="failure" title=${failure.advice ?? nothing}>${
            failure.offline ? say(words('Offline.')) : failure.text
          }</span>`
    }</span>
    ${
      all === undefined || filters.length === 0
        ? nothing
        : html`<span class="filters">${filters.join(' · ')}</span
            ><button class="link" @click=${onClear}>${say(words('Clear Filters'))}</button>`
    }
    ${failure === null ? nothing : html`<button class="link" @click=${onRetry}>${say(words('Try Again'))}</button>`}
    <span class="age">${old === undefined ? '' : say(face.age(old))}</span>
  </div>`;
}

function countOf({ face, shown }: StatusModel, all: number): Words {
  return shown === all ? face.count(String(all)) : face.countOf(String(shown), String(all));
}
