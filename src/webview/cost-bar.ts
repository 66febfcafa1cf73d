import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import { amountAndTime, plainDays } from '../desk/cost/typed';
import { type CostText, NO_COST, type Status } from './contract';
import type { Say } from './sentences';
import { textOf } from './text-of';

export interface CostBarModel {
  readonly cost: CostText;
  readonly status: Pick<Status, 'costProblem' | 'isReadingPrices'> | undefined;
  readonly say: Say;
  readonly onChange: (cost: CostText) => void;
}

/** "3650 days", with a little room. */
const MOST_DAYS = 10;

/** An amount as it is typed; days behind it fill the other field at once. */
function withTime({ days }: CostText, amount: string): CostText {
  return { amount, days: plainDays(amountAndTime(amount).time) ?? days };
}

/** The same once it is typed: days that stand in their own field go from behind the amount. */
function withoutTime(cost: CostText, text: string): CostText {
  const { amount, time } = amountAndTime(text);
  const days = plainDays(time);
  return days === undefined ? { ...cost, amount: text } : { amount, days };
}

/** Asks for an amount and days; with them, the table shows what a loan costs. */
export function costBarTemplate({ cost, status, say, onChange }: CostBarModel): TemplateResult {
  const problem = status?.costProblem ?? null;
  const isWaiting = status?.isReadingPrices === true;
  const isWrong = problem !== null;
  const tidy = (tidied: CostText) => {
    if (tidied.amount !== cost.amount || tidied.days !== cost.days) onChange(tidied);
  };
  return html`<form
    class="toolbar cost-bar"
    aria-label=${say(words('What a loan costs'))}
    @submit=${(event: Event) => event.preventDefault()}
  >
    <label class="choice"
      ><span>${say(words('Cost of'))}</span>
      <input
        id="cost-amount"
        type="text"
        autocomplete="off"
        spellcheck="false"
        maxlength="100"
        placeholder=${say(words('10,000 USDT'))}
        aria-invalid=${isWrong ? 'true' : 'false'}
        aria-describedby=${isWrong ? 'cost-problem' : nothing}
        .value=${live(cost.amount)}
        @input=${(event: Event) => onChange(withTime(cost, textOf(event)))}
        @change=${(event: Event) => tidy(withoutTime(cost, textOf(event)))}
      />
    </label>
    <label class="choice"
      ><span>${say(words('for'))}</span>
      <input
        id="cost-days"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        maxlength=${MOST_DAYS}
        aria-label=${say(words('Days'))}
        aria-describedby=${isWrong ? 'cost-problem' : nothing}
        .value=${live(cost.days)}
        @input=${(event: Event) => onChange({ ...cost, days: textOf(event) })}
        @change=${(event: Event) => tidy({ ...cost, days: plainDays(textOf(event)) ?? textOf(event) })}
      />
      <span aria-hidden="true">${say(words('days'))}</span>
    </label>
    ${
      cost.amount === ''
        ? nothing
        : html`<button type="button" class="link" @click=${() => onChange({ ...NO_COST, days: cost.days })}>
            ${say(words('Show rates'))}
          </button>`
    }
    <span id="cost-problem" class=${isWaiting ? 'problem waiting' : 'problem'} role="status"
      >${isWaiting ? say(words('Reading the prices…')) : (problem ?? '')}</span
    >
  </form>`;
}
