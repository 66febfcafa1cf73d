import { live } from 'lit/directives/live.js';
import { html, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import { isRecordKind, type RecordFilter } from '../desk/records/filter';
import { RECORD_KINDS, type RecordKind } from '../desk/records/record';
import type { Say } from './sentences';
import { textOf } from './text-of';

export interface RecordsToolbarModel {
  readonly filter: RecordFilter;
  readonly say: Say;
  readonly canExport: boolean;
  readonly onFilter: (change: Partial<RecordFilter>) => void;
  readonly onExport: () => void;
  readonly onAgain: () => void;
}

const KINDS: { readonly [Kind in RecordKind]: Words } = {
  borrow: words('Borrowings'),
  repay: words('Repayments'),
  collateral: words('Collateral'),
  order: words('Orders'),
  renew: words('Renewals'),
  supply: words('Supply'),
};

/** Filters by kind, coin and day; reading anew; saving. */
export function recordsToolbar(model: RecordsToolbarModel): TemplateResult {
  const { filter, say, canExport, onFilter, onExport, onAgain } = model;
  return html`<div class="toolbar">
    <input
      id="filter"
      type="search"
      autocomplete="off"
      spellcheck="false"
      aria-label=${say(words('Filter coins'))}
      placeholder=${say(words('Filter coins'))}
      .value=${live(filter.coin)}
      @input=${(event: Event) => onFilter({ coin: textOf(event) })}
    />
    <label class="choice"
      ><span>${say(words('Kind'))}</span>
      <select
        .value=${live(filter.kind)}
        @change=${(event: Event) => {
          const chosen = textOf(event);
          onFilter({ kind: isRecordKind(chosen) ? chosen : '' });
        }}
      >
        <option value="" ?selected=${filter.kind === ''}>${say(words('All'))}</option>
        ${RECORD_KINDS.map(
          (kind) =>
            html`<option value=${kind} ?selected=${kind === filter.kind}>${say(KINDS[kind])}</option>`,
        )}
      </select>
    </label>
    ${day(say(words('From (UTC)')), filter.from, (from) => onFilter({ from }))}
    ${day(say(words('To (UTC)')), filter.to, (to) => onFilter({ to }))}
    <span class="deeds">
      <button class="quiet-deed" @click=${onAgain}>${say(words('Refresh'))}</button>
      <button class="quiet-deed" ?disabled=${!canExport} @click=${onExport}>${say(words('Save as CSV…'))}</button>
    </span>
  </div>`;
}

function day(title: string, value: string, take: (value: string) => void): TemplateResult {
  return html`<label class="choice"
    ><span>${title}</span>
    <input type="date" .value=${live(value)} @change=${(event: Event) => take(textOf(event))}
  /></label>`;
}
