import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import { formatAge } from '../desk/format';
import { utcTime } from '../desk/utc';
import type { Status } from './contract';
import { clearWords } from './narrowed';
import type { Say } from './sentences';
import type { TableFace } from './tables';

/** From this age on it helps to know the time, too. */
const OLD_MS = 60_000;

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
}

/** Always there and always as high, so that nothing jumps: whose figures, how many, how old; a sign where reading failed. */
export function statusTemplate(model: StatusModel): TemplateResult {
  const { status, all, age, filters, say, onClear } = model;
  const isPartial = all !== undefined && (status?.isPartial ?? false);
  const hasFailed = all !== undefined && (status?.failure ?? null) !== null;
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
    <span class="age ${hasFailed ? 'failed' : ''}">${age === undefined ? '' : ageOf(age, say)}</span>
  </div>`;
}

function countOf({ face, shown }: StatusModel, all: number): Words {
  return shown === all ? face.count(String(all)) : face.countOf(String(shown), String(all));
}

function ageOf(age: number, say: Say) {
  const { read, at } = ageTexts(age, say);
  return html`${read}${at === '' ? nothing : html`<span class="at"> · ${at}</span>`}`;
}

/** All that is said of an age (milliseconds), which stays the same for a while. */
export function ageText(age: number | undefined, say: Say): string {
  if (age === undefined) return '';
  const { read, at } = ageTexts(age, say);
  return `${read} ${at}`;
}

function ageTexts(age: number, say: Say): { readonly read: string; readonly at: string } {
  const now = Date.now();
  return {
    read: say(words('Read {0}', say(formatAge(age)))),
    at: age < OLD_MS ? '' : utcTime(now - age, now),
  };
}
