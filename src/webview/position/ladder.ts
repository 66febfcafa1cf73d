import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../../bybit/words';
import { aheadWords, utcMinute } from '../../desk/utc';
import type { PositionState, WireLoan } from '../position-contract';
import { type HoldingsModel, loanButtons } from './holdings';
import type { Shown } from './shown';

export interface LadderModel extends Pick<HoldingsModel, 'shown' | 'onDeed'> {
  readonly state: Pick<PositionState, 'ladder' | 'loans' | 'areDuesKnown'>;
  /** The exchange's clock, epoch milliseconds. */
  readonly serverNow: number;
}

const HOUR_MS = 3_600_000;
/** What is due this soon is marked. */
const SOON_MS = 72 * HOUR_MS;

/** Milliseconds until the first of a pool's loans is due; undefined where none of them will be. */
export function firstDueIn(pool: string, loans: readonly WireLoan[], serverNow: number): number | undefined {
  const ahead = loans.flatMap(({ due, ...loan }) =>
    loan.pool === pool && due !== null && due > serverNow ? [due - serverNow] : [],
  );
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

/** Due dates, overdue first of all, then the soonest; each with what will happen and whether the wallet suffices. */
export function dueLadder(model: LadderModel): TemplateResult {
  const { state, shown } = model;
  const { say } = shown;
  if (state.ladder.length === 0) {
    const none = state.areDuesKnown
      ? words('No loan has a due date.')
      : words('Due dates are not known: not all loans were read.');
    return html`<p class="quiet">${say(none)}</p>`;
  }
  return html`<ol class="ladder">
    ${repeat(
      state.ladder,
      ({ loan }) => loan,
      ({ loan: id, short }) => {
        const loan = state.loans.find((one) => one.id === id);
        return loan === undefined || loan.due === null ? nothing : rung(loan, loan.due, short, model);
      },
    )}
  </ol>${
    state.areDuesKnown
      ? nothing
      : html`<p class="quiet">${say(words('There may be more: not all loans were read.'))}</p>`
  }`;
}

function rung(
  loan: WireLoan,
  due: number,
  short: PositionState['ladder'][number]['short'],
  model: LadderModel,
): TemplateResult {
  const { shown, serverNow } = model;
  const { say } = shown;
  const { coin, owed, isOverdue } = loan;
  const isSoon = due - serverNow < SOON_MS;
  return html`<li class=${isOverdue ? 'late' : isSoon ? 'soon' : ''}>
    <span class="when"><b>${say(whenWords(due, isOverdue, serverNow))}</b><span class="sub">${utcMinute(due)}</span></span>
    <span class="what"
      ><b>${shown.owed(owed, coin)}</b>
      <span class="sub">${say(maturityWords(loan, shown))}</span>
      ${
        short === null
          ? nothing
          : html`<span class="sub warn">${say(words('The Funding wallet lacks {0} for it.', shown.owed(short, coin)))}</span>`
      }</span
    >
    <span class="row-deeds">${loanButtons(loan, model)}</span>
  </li>`;
}

function whenWords(due: number, isOverdue: boolean, now: number): Words {
  if (!isOverdue) return aheadWords(due - now);
  const hours = Math.max(0, Math.floor((now - due) / HOUR_MS));
  return hours < 1 ? words('overdue') : words('overdue for {0} h', String(hours));
}

function maturityWords({ isOverdue, system, atMaturity, annualRate }: WireLoan, shown: Shown): Words {
  if (isOverdue) {
    return system === 'legacy'
      ? words('Interest runs at three times the rate; after 48 hours collateral is sold.')
      : words('Interest runs at three times the rate; after 24 hours collateral is sold, with a fee of 2 %.');
  }
  const rate = annualRate === null ? '' : shown.percent(annualRate);
  switch (atMaturity) {
    case 'repay':
      return words('{0} a year; then repaid from the Funding wallet by itself', rate);
    case 'toFlexible':
      return words('{0} a year; then it becomes a flexible loan by itself', rate);
    case 'nothing':
    case null:
      return words('{0} a year; then it is overdue unless repaid', rate);
  }
}
