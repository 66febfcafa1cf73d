import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { decimal, div, gt, sub, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { formatAge, formatAmount } from '../../desk/format';
import { type Option, refinance, type Stay, stayOf } from '../../desk/refinance';
import { utcMinute } from '../../desk/utc';
import type { Deed, RefinanceFacts, WireLoan } from '../position-contract';
import { textOf } from '../text-of';
import { type PoolReading, worthIn } from './books';
import { deedButton, type HoldingsModel, loanButtons, SYSTEM_WORDS } from './holdings';
import type { Shown } from './shown';
import { type TableRow, table } from './table';

export interface RefinanceModel extends Pick<HoldingsModel, 'shown' | 'onDeed' | 'canWrite'> {
  readonly loans: readonly WireLoan[];
  /** At today's prices. */
  readonly readings: readonly PoolReading[];
  /** The loan that is compared. */
  readonly loan: WireLoan | undefined;
  /** Undefined until they are there; those of another loan are none. */
  readonly facts: RefinanceFacts | undefined;
  /** Days compared, as they were typed. */
  readonly days: string;
  /** Local epoch milliseconds. */
  readonly now: number;
  /** The exchange's clock, epoch milliseconds. */
  readonly serverNow: number;
  readonly onLoan: (id: string) => void;
  readonly onDays: (days: string) => void;
}

const MOST_DAYS = 3_650;

/** Stay, move to each fixed term, or repay: what each costs over the same days, and would have cost in the recorded past. */
export function refinanceTab(model: RefinanceModel): TemplateResult {
  const { loans, loan, facts, days, shown, onLoan, onDays } = model;
  const { say } = shown;
  if (loan === undefined) {
    return html`<div class="instead"><p class="what">${say(words('Nothing is owed: there is nothing to compare.'))}</p></div>`;
  }
  const count = daysOf(days);
  return html`<section class="card refinance" aria-labelledby="refinance-title">
    <div class="card-head"><h2 id="refinance-title">${say(words('Stay, move or repay?'))}</h2></div>
    <div class="asked">
      <label for="loan">${say(words('Debt'))}</label>
      <select id="loan" .value=${live(loan.id)} @change=${(event: Event) => onLoan(textOf(event))}>
        ${loans.map(
          (one) =>
            html`<option value=${one.id} ?selected=${one.id === loan.id}>${loanText(one, shown)}</option>`,
        )}
      </select>
      <label for="days">${say(words('Compare over'))}</label>
      <span class="typed">
        <input
          id="days"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          aria-invalid=${count === undefined ? 'true' : 'false'}
          .value=${live(days)}
          @input=${(event: Event) => onDays(textOf(event))}
        />${say(words('days'))}
      </span>
    </div>
    ${
      count === undefined
        ? html`<p class="quiet" role="status">${say(words('Type a whole number of days from 1 to {0}.', String(MOST_DAYS)))}</p>`
        : facts === undefined
          ? html`<p class="quiet" role="status">${say(words('Reading rates and records…'))}</p>`
          : comparison(loan, facts, count, model)
    }
  </section>`;
}

function loanText({ owed, coin, system, due }: WireLoan, shown: Shown): string {
  const { say } = shown;
  const text = `${shown.owed(owed, coin)} · ${say(SYSTEM_WORDS[system])}`;
  return due === null ? text : `${text} · ${say(words('due {0}', utcMinute(due)))}`;
}

/** Whole days; undefined for what is no such number. */
export function daysOf(text: string): number | undefined {
  const plain = text.trim();
  const days = /^\d{1,4}$/.test(plain) ? Number(plain) : 0;
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
}

function comparison(
  loan: WireLoan,
  facts: RefinanceFacts,
  days: number,
  model: RefinanceModel,
): TemplateResult {
  const { shown, serverNow, now } = model;
  const { say } = shown;
  const stay = stayOf(
    {
      ...loan,
      prepaid: loan.prepaid ?? undefined,
      annualRate: loan.annualRate ?? undefined,
      due: loan.due ?? undefined,
    },
    facts.flexible ?? undefined,
    serverNow,
  );
  if (stay === undefined) {
    return html`<p class="quiet" role="status">${say(words('Bybit does not tell the rate of this debt.'))}</p>`;
  }
  const options = refinance({
    amount: loan.owed,
    stay,
    isFlexible: loan.system === 'flexible',
    flexibleRate: facts.flexible ?? undefined,
    offers: facts.offers,
    bounds: { flexible: bounds(facts.bounds.flexible), fixed: bounds(facts.bounds.fixed) },
    days,
  });
  return html`<p class="answer" role="status">${say(summaryWords(options, loan, days, shown))}</p>
    ${table({
      label: say(words('Ways on with the debt')),
      heads: [
        { title: say(words('What')) },
        { title: say(words('Rate a year')), isNumber: true },
        { title: say(words('Cost over {0} days', String(days))), isNumber: true },
        { title: say(words('Paid in advance')), isNumber: true },
        { title: say(words('Cheaper than staying from')), isNumber: true },
        { title: say(words('Last {0} days', String(facts.pastDays))), isNumber: true },
        { title: say(words('From here')) },
      ],
      groups: [
        {
          key: loan.id,
          title: undefined,
          rows: options.map((option) => optionRow(option, { loan, facts, stay }, model)),
        },
      ],
    })}
    ${notes(loan, facts, shown).map((note) => html`<p class="fine">${say(note)}</p>`)}
    <p class="fine">
      ${
        facts.readAt === null
          ? say(words('Rates were not read yet.'))
          : say(words('Rates read {0}, {1}.', utcMinute(facts.readAt), say(formatAge(now - facts.readAt))))
      }
    </p>`;
}

function bounds({ least, most }: RefinanceFacts['bounds']['fixed']) {
  return { least: least ?? undefined, most: most ?? undefined };
}

/** The cheapest way in one sentence. */
function summaryWords(options: readonly Option[], { coin }: WireLoan, days: number, shown: Shown): Words {
  const [stay] = options;
  const best = options.find(({ isCheapest }) => isCheapest);
  const over = String(days);
  if (best?.cost === undefined) return words('Nothing that keeps the money borrowed lasts {0} days.', over);
  const cost = shown.owed(best.cost, coin);
  if (best.kind === 'stay') return words('Over {0} days staying is the cheapest: {1}.', over, cost);
  const way = shown.say(optionWords(best));
  return stay?.cost === undefined
    ? words('Over {0} days the cheapest is: {1}, for {2}.', over, way, cost)
    : words(
        'Over {0} days the cheapest is: {1}, for {2}. That is {3} less than staying.',
        over,
        way,
        cost,
        shown.had(sub(stay.cost, best.cost), coin),
      );
}

function optionWords({ kind, term }: Pick<Option, 'kind' | 'term'>): Words {
  switch (kind) {
    case 'stay':
      return words('Stay as it is');
    case 'flexible':
      return words('Move to a flexible loan');
    case 'fixed':
      return words('Move to {0} days fixed', term ?? '');
    case 'repay':
      return words('Repay');
  }
}

interface Compared {
  readonly loan: WireLoan;
  readonly facts: RefinanceFacts;
  readonly stay: Stay;
}

function optionRow(option: Option, compared: Compared, model: RefinanceModel): TableRow {
  const { shown } = model;
  const { say } = shown;
  const { loan } = compared;
  const { annualRate, isCheapest } = option;
  return {
    key: `${option.kind} ${option.term ?? ''}`,
    mark: isCheapest ? 'best' : undefined,
    cells: [
      html`<b>${say(optionWords(option))}</b>${whatNotes(option, compared, shown).map(
        (note) => html`<span class="sub">${say(note)}</span>`,
      )}`,
      annualRate === undefined ? '–' : shown.percent(annualRate),
      costCell(option, loan, model),
      option.prepaid === undefined
        ? '–'
        : html`${shown.owed(option.prepaid, loan.coin)}${
            option.unused === undefined
              ? nothing
              : html`<span class="sub">${say(words('{0} of the cost is for days after', shown.owed(option.unused, loan.coin)))}</span>`
          }`,
      breakEvenCell(option, shown),
      pastCell(option, compared, shown),
      html`<span class="row-deeds">${buttons(option, loan, model)}</span>`,
    ],
  };
}

function whatNotes(
  { kind, isCheapest, rounds, outside }: Option,
  { loan, stay }: Compared,
  shown: Shown,
): readonly Words[] {
  return [
    ...(isCheapest ? [words('the cheapest')] : []),
    ...(rounds > 1 ? [words('{0} terms, one after the other', String(rounds))] : []),
    ...(kind === 'stay' && loan.isOverdue ? [words('overdue: it cannot stay')] : []),
    ...(kind === 'stay' && !loan.isOverdue && loan.prepaid !== null && stay.hoursLeft !== undefined
      ? [words('nothing more until it is due, then the flexible rate')]
      : []),
    ...(outside === undefined
      ? []
      : 'least' in outside
        ? [words('less than the least loan of {0}', shown.owed(outside.least, loan.coin))]
        : [words('more than the largest loan of {0}', shown.had(outside.most, loan.coin))]),
  ];
}

function costCell({ cost, kind }: Option, { coin, pool }: WireLoan, model: RefinanceModel): TemplateResult {
  const { shown, readings } = model;
  if (cost === undefined) return html`${shown.say(words('cannot last so long'))}`;
  const usd = worthIn(
    readings.find(({ wire }) => wire.id === pool),
    coin,
    cost,
  );
  return html`${kind === 'repay' ? shown.say(words('nothing')) : shown.owed(cost, coin)}${
    kind === 'repay' ? nothing : html`<span class="sub">${shown.worth(usd)}</span>`
  }`;
}

const HOURS_A_DAY = decimal('24');

function breakEvenCell({ kind, breakEvenHours: hours }: Option, shown: Shown): TemplateResult {
  const { say, locale } = shown;
  if (kind !== 'fixed') return html`–`;
  if (hours === undefined)
    return html`${say(words('never'))}<span class="sub">${say(words('staying costs less'))}</span>`;
  if (hours <= 1) return html`${say(words('at once'))}`;
  const days = formatAmount(div(decimal(hours), HOURS_A_DAY, 1, 'up'), { locale });
  return html`${say(words('day {0}', days))}`;
}

const DAY_MS = decimal('86400000');

function pastCell({ kind, term }: Option, { loan, facts }: Compared, shown: Shown): TemplateResult {
  const { say, locale } = shown;
  if (kind === 'repay' || (kind === 'stay' && loan.system !== 'flexible')) return html`–`;
  if (facts.past === null) return html`${say(words('reading…'))}`;
  const found = facts.past.find(({ series }) => series === (term ?? 'flexible'));
  if (found === undefined) return html`${say(words('not recorded'))}`;
  const days = formatAmount(div(decimal(found.knownMs), DAY_MS, 1, 'down'), { locale });
  return html`${shown.owed(found.cost, loan.coin)}<span class="sub"
      >${say(words('{0} a year over {1} d recorded', shown.percent(found.averageRate), days))}</span
    >`;
}

function buttons(
  { kind, term, outside }: Option,
  loan: WireLoan,
  model: RefinanceModel,
): TemplateResult | typeof nothing {
  const { shown, canWrite } = model;
  const { coin, owed } = loan;
  if (!canWrite || outside !== undefined) return nothing;
  const deed: Deed | undefined =
    kind === 'fixed' && term !== undefined
      ? { command: 'borrowFixed', coin, amount: owed, term }
      : kind === 'flexible'
        ? { command: 'borrow', coin, amount: owed }
        : undefined;
  if (deed !== undefined) return html`${deedButton(deed, model, shown.say(optionWords({ kind, term })))}`;
  return kind === 'repay' ? loanButtons(loan, model) : nothing;
}

function notes(loan: WireLoan, facts: RefinanceFacts, shown: Shown): readonly Words[] {
  const { coin } = loan;
  return [
    words(
      'Moving takes two steps: borrow anew, then repay this debt. The interest of a fixed term is kept back from its payout, so that much must come from the Funding wallet.',
    ),
    words(
      'Interest of a fixed term is not given back when it is repaid early. Shorter terms are taken to be borrowed anew at the same rate, until the days are over.',
    ),
    ...(facts.offers.length === 0 ? [words('No fixed term is offered for {0} now.', shown.name(coin))] : []),
    ...(loan.prepaid !== null && gt(loan.prepaid, ZERO)
      ? [
          words(
            'What this loan has paid in advance, {0}, is paid whatever is done, and is in no figure here.',
            shown.owed(loan.prepaid, coin),
          ),
        ]
      : []),
    words('The rates are the best ones now; an order larger than the cheapest offers waits or pays more.'),
    facts.isSimulated
      ? words('The past of the paper account is simulated.')
      : facts.isRecording
        ? words(
            'The past is what this machine recorded while VS Code was open; no day that is not recorded is counted.',
          )
        : words('The past is what this machine recorded; recording is switched off.'),
  ];
}
