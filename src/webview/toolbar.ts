import { live } from 'lit/directives/live.js';
import { html, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import type { Status, View } from './contract';
import type { Say } from './sentences';
import { textOf } from './text-of';

export interface ToolbarModel {
  readonly view: View;
  readonly filter: string;
  readonly status: Status | undefined;
  readonly say: Say;
  readonly onFilter: (text: string) => void;
  readonly onChange: (change: Partial<View>) => void;
}

/** What stands above the table: filter, VIP level, year or hour. */
export function toolbarTemplate(model: ToolbarModel): TemplateResult {
  const { filter, status, say, onFilter, onChange } = model;
  const tier = status?.tier ?? '';
  return html`<div class="toolbar">
    <input
      id="filter"
      type="search"
      autocomplete="off"
      spellcheck="false"
      aria-label=${say(words('Filter coins'))}
      placeholder=${say(words('Filter coins'))}
      .value=${live(filter)}
      @input=${(event: Event) => onFilter(textOf(event))}
    />
    <label class="choice"
      ><span>${say(words('Level'))}</span>
      <select
        id="tier"
        .value=${live(tier)}
        @change=${(event: Event) => {
          const chosen = textOf(event);
          onChange({ tier: chosen === status?.ownTier ? null : chosen });
        }}
      >
        ${(status?.tiers ?? []).map(
          ({ id, title }) =>
            html`<option value=${id} ?selected=${id === tier}>
              ${id === status?.ownTier ? say(words('{0} (yours)', title)) : title}
            </option>`,
        )}
      </select>
    </label>
    <div class="switch" role="radiogroup" aria-label=${say(words('Rates'))}>
      ${periodButton(model, 'year', say(words('Annual')))} ${periodButton(model, 'hour', say(words('Hourly')))}
    </div>
  </div>`;
}

function periodButton(
  { view, onChange }: ToolbarModel,
  period: View['period'],
  title: string,
): TemplateResult {
  return html`<label><input
      type="radio"
      name="period"
      value=${period}
      .checked=${live(view.period === period)}
      @change=${() => onChange({ period })}
    /><span>${title}</span></label>`;
}
