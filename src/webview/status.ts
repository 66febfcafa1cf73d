import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import type { Status } from './contract';
import { clearWords } from './narrowed';
import type { Say } from './sentences';
import type { TableFace } from './tables';

export interface StatusModel {
  readonly status: Status | undefined;
  readonly face: TableFace;
  readonly shown: number;
  /** Rows there are; undefined before any were read. */
  readonly all: number | undefined;
  /** Says how old they are. */
  readonly age: HTMLElement;
  /** What keeps rows away. */
  readonly filters: readonly string[];
  /** The order of the rows where no head tells it. */
  readonly sorted: TemplateResult | typeof nothing;
  readonly say: Say;
  readonly onClear: () => void;
}

/** Always there and always as high, so that nothing jumps: whose figures, how many, how old; a sign where reading failed. */
export function statusTemplate(model: StatusModel): TemplateResult {
  const { status, all, age, filters, sorted, say, onClear } = model;
  const isPartial = all !== undefined && (status?.isPartial ?? false);
  return html`<div class="status rates-status">
    <span class="source">${status?.source ?? ''}</span>
    <span role="status" aria-busy=${isPartial ? 'true' : 'false'}>${all === undefined ? '' : say(countOf(model, all))}${
      isPartial ? html`<span class="more">${say(words('More are being read…'))}</span>` : nothing
    }</span>
    ${
      all === undefined || filters.length === 0 || model.shown === 0
        ? nothing
        : html`<span class="filters">${filters.join(' · ')}</span
            ><button class="link" @click=${onClear}>${say(clearWords(filters))}</button>`
    }
    ${model.shown === 0 ? nothing : sorted} ${age}
  </div>`;
}

function countOf({ face, shown }: StatusModel, all: number): Words {
  return shown === all ? face.count(String(all)) : face.countOf(String(shown), String(all));
}
