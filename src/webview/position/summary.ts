import { html, type TemplateResult } from 'lit/html.js';
import { add, type Decimal } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import { aheadWords } from '../../desk/utc';
import type { PositionState } from '../position-contract';
import type { PoolReading } from './books';
import type { Shown } from './shown';

export interface SummaryModel {
  readonly readings: readonly PoolReading[];
  readonly state: Pick<PositionState, 'ladder' | 'loans' | 'areDuesKnown'>;
  readonly shown: Shown;
  /** The exchange's clock, epoch milliseconds. */
  readonly serverNow: number;
}

/** What all pools come to: debt, interest by the hour, day and year, the next due date. */
export function summary({ readings, state, shown, serverNow }: SummaryModel): TemplateResult {
  const { say } = shown;
  const sum = (of: (reading: PoolReading) => Decimal) => add(...readings.map(of));
  const next = state.loans.find(({ id }) => id === state.ladder[0]?.loan);
  return html`<dl class="figures">
    ${tile(say(words('Owed in all')), shown.usd(sum(({ after }) => after.debtUsd)))}
    ${tile(say(words('Collateral as it counts')), shown.usd(sum(({ after }) => after.collateralUsd)))}
    ${tile(
      say(words('Interest a day')),
      shown.usd(sum(({ after }) => after.interestUsd.day)),
      say(
        words(
          '{0} an hour · {1} a year, at today’s rates; prepaid terms apart',
          shown.usd(sum(({ after }) => after.interestUsd.hour)),
          shown.usd(sum(({ after }) => after.interestUsd.year)),
        ),
      ),
    )}
    ${
      next === undefined || next.due === null
        ? tile(say(words('Next due')), say(state.areDuesKnown ? words('nothing') : words('not known')))
        : tile(
            say(words('Next due')),
            next.isOverdue ? say(words('overdue')) : say(aheadWords(next.due - serverNow)),
            shown.owed(next.owed, next.coin),
          )
    }
  </dl>`;
}

function tile(name: string, figure: string, more = ''): TemplateResult {
  return html`<div class="tile">
    <dt>${name}</dt>
    <dd><b>${figure}</b>${more === '' ? '' : html`<span class="sub">${more}</span>`}</dd>
  </div>`;
}
