import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import type { Status, View } from './contract';
import { MOST_FILTER } from './look-contract';
import type { Say } from './sentences';
import type { TableFace } from './tables';
import { textOf } from './text-of';

export interface ToolbarModel {
  readonly view: View;
  readonly face: TableFace;
  readonly filter: string;
  readonly status: Status | undefined;
  readonly say: Say;
  /** Opens the choice of columns beside the button; undefined where there is no table. */
  readonly onColumns: ((button: Element) => void) | undefined;
  /** Undefined where nothing is shown that could be saved. */
  readonly onExport: (() => void) | undefined;
  readonly onFilter: (text: string) => void;
  readonly onChange: (change: Partial<View>) => void;
  /** Whether the choices are shown where there is little room. */
  readonly isUnfolded: boolean;
  readonly onFold: () => void;
}

const PERIOD_TITLES: Readonly<Record<View['period'], Words>> = {
  year: words('Annual'),
  hour: words('Hourly'),
};

/** What stands above the table: filter, and where it has them VIP level, year or hour. */
export function toolbarTemplate(model: ToolbarModel): TemplateResult {
  const { face, filter, say, onFilter, onColumns, onExport } = model;
  return html`<div class="toolbar">
    <input
      id="filter"
      type="search"
      autocomplete="off"
      spellcheck="false"
      maxlength=${MOST_FILTER}
      aria-label=${say(face.filter)}
      placeholder=${say(face.filter)}
      .value=${live(filter)}
      @input=${(event: Event) => onFilter(textOf(event))}
    />
    <button
      class="quiet-deed"
      aria-haspopup="dialog"
      ?disabled=${onColumns === undefined}
      @click=${({ currentTarget }: Event) => {
        if (currentTarget instanceof Element) onColumns?.(currentTarget);
      }}
    >
      ${say(words('Columns'))}
    </button>
    <button
      class="quiet-deed"
      title=${say(words('Save what is shown as CSV…'))}
      ?disabled=${onExport === undefined}
      @click=${() => onExport?.()}
    >
      ${say(words('CSV…'))}
    </button>
    ${face.hasCoin ? coinChoice(model) : nothing}
    ${face.hasTier ? foldButton(model) : nothing}
    <div id="choices">${face.hasTier ? tierChoice(model) : nothing} ${face.hasPeriod ? periodChoice(model) : nothing}</div>
  </div>`;
}

/** Only seen where there is little room: says what is chosen, and shows the choices. */
function foldButton({ view, face, status, say, isUnfolded, onFold }: ToolbarModel): TemplateResult {
  const { amount, days } = view.cost;
  const cost = face.hasCost && amount.trim() !== '';
  const sign = cost && (status?.costProblem ?? null) !== null ? '⚠ ' : '';
  const chosen = [
    status?.tiers.find(({ id }) => id === status.tier)?.title,
    cost ? sign + say(words('Cost of {0} for {1} days', amount, days)) : say(PERIOD_TITLES[view.period]),
  ];
  return html`<button
    class="fold"
    aria-expanded=${isUnfolded ? 'true' : 'false'}
    aria-controls="choices"
    @click=${onFold}
  >
    ${say(words('Options'))} <span>${chosen.filter(Boolean).join(' · ')}</span>
  </button>`;
}

function coinChoice({ status, say, onChange }: ToolbarModel): TemplateResult {
  const { coin, coins } = status ?? { coin: null, coins: [] };
  // A coin that is shown can be chosen, traded or not.
  const all = coin === null || coins.includes(coin) ? coins : [coin, ...coins];
  return html`<label class="choice"
    ><span>${say(words('Coin'))}</span>
    <select
      id="coin"
      .value=${live(coin ?? '')}
      @change=${(event: Event) => onChange({ coin: textOf(event) })}
    >
      ${all.map((name) => html`<option value=${name} ?selected=${name === coin}>${name}</option>`)}
    </select>
  </label>`;
}

function tierChoice({ view, status, say, onChange }: ToolbarModel): TemplateResult {
  // What was chosen shows at once; its rates follow.
  const tier = status?.tiers.find(({ id }) => id === view.tier)?.id ?? status?.ownTier ?? status?.tier ?? '';
  return html`<label class="choice"
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
  </label>`;
}

function periodChoice(model: ToolbarModel): TemplateResult {
  const { say } = model;
  return html`<div class="switch" role="radiogroup" aria-label=${say(words('Rates'))}>
    ${periodButton(model, 'year')} ${periodButton(model, 'hour')}
  </div>`;
}

function periodButton({ view, say, onChange }: ToolbarModel, period: View['period']): TemplateResult {
  return html`<label><input
      type="radio"
      name="period"
      value=${period}
      .checked=${live(view.period === period)}
      @change=${() => onChange({ period })}
    /><span>${say(PERIOD_TITLES[period])}</span></label>`;
}
