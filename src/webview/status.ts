import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import { countText } from '../desk/locale';
import type { Status } from './contract';
import { clearWords } from './narrowed';
import type { Say } from './sentences';
import type { TableFace } from './tables';

export interface StatusModel {
  readonly status: Status | undefined;
  readonly face: TableFace;
  readonly shown: number;
  readonly locale: string;
  /** Rows there are; undefined before any were read. */
  readonly all: number | undefined;
  /** Says how old they are. */
  readonly age: HTMLElement;
  /** What keeps rows away. */
  readonly filters: readonly string[];
  /** The order of the rows where no head tells it. */
  readonly sorted: TemplateResult | typeof nothing;
  /** That the order is older than the figures. */
  readonly held: TemplateResult | typeof nothing;
  /** What was taken along, or waits, while offers are read. */
  readonly whole: Words | undefined;
  readonly say: Say;
  readonly onClear: () => void;
}

/** Always there and always as high, so that nothing jumps: whose figures, how many, how old; a sign where reading failed. */
export function statusTemplate(model: StatusModel): TemplateResult {
  const { status, all, age, filters, sorted, say, onClear } = model;
  const isPartial = all !== undefined && (status?.isPartial === true || status?.costs?.reach === 'reading');
  return html`<div class="status rates-status">
    <span class="source">${status?.source ?? ''}</span>
    <span role="status" aria-busy=${isPartial ? 'true' : 'false'}>${all === undefined ? '' : say(countOf(model, all))}${
      isPartial ? html`<span class="more">${say(words('More are being read…'))}</span>` : nothing
    }</span>
    ${offersTemplate(model)}
    ${
      all === undefined || filters.length === 0 || model.shown === 0
        ? nothing
        : html`<span class="filters">${filters.join(' · ')}</span
            ><button class="link" @click=${onClear}>${say(clearWords(filters))}</button>`
    }
    ${model.shown === 0 ? nothing : [sorted, model.held]} ${age}
  </div>`;
}

/** Of how many coins offers are read that costs rest on. Without a live region of its own: it counts. */
function offersTemplate({ status, whole, say, locale }: StatusModel): TemplateResult | typeof nothing {
  const costs = status?.costs ?? null;
  if (costs === null) return nothing;
  return html`<span class="offers"
      >${say(words('offers read: {0} of {1}', countText(costs.read, locale), countText(costs.all, locale)))}</span
    ><span role="status">${whole === undefined ? '' : say(whole)}</span>`;
}

function countOf({ face, shown, locale }: StatusModel, all: number): Words {
  const total = countText(all, locale);
  return shown === all ? face.count(total) : face.countOf(countText(shown, locale), total);
}
