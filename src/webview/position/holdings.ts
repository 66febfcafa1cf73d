import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { add, type Decimal, gt, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { type CollateralLine, collateralLines } from '../../desk/holdings';
import type { PriceDanger } from '../../desk/lines';
import { tierOf } from '../../desk/tiers';
import type { Deed, DeedName, WireLoan } from '../position-contract';
import { type PoolReading, worthIn } from './books';
import { dangerPrices } from './pool-card';
import type { Shown } from './shown';
import { type TableGroup, type TableRow, table } from './table';

export interface HoldingsModel {
  readonly readings: readonly PoolReading[];
  readonly loans: readonly WireLoan[];
  readonly shown: Shown;
  readonly canWrite: boolean;
  readonly onDeed: (deed: Deed) => void;
  /** Compares a debt with what could stand in its place. */
  readonly onCompare: (loan: WireLoan) => void;
}

export const SYSTEM_WORDS: { readonly [System in WireLoan['system']]: Words } = {
  flexible: words('Flexible'),
  fixed: words('Fixed term'),
  legacy: words('Legacy'),
  institutional: words('Institutional'),
};

const DEED_WORDS: { readonly [Name in DeedName]: Words } = {
  borrow: words('Borrow…'),
  borrowFixed: words('Borrow fixed…'),
  repay: words('Repay…'),
  repayWithCollateral: words('Sell to repay…'),
  adjustCollateral: words('Collateral…'),
  renew: words('Renew…'),
};

/** A button into a flow, with what it is about for those who hear it alone. */
export function deedButton(
  deed: Deed,
  { shown, onDeed }: Pick<HoldingsModel, 'shown' | 'onDeed'>,
  about: string,
): TemplateResult {
  const name = shown.say(DEED_WORDS[deed.command]);
  return html`<button class="small-deed" aria-label=${`${name} ${about}`} @click=${() => onDeed(deed)}>
    ${name}
  </button>`;
}

// ── Debts ───────────────────────────────────────────────────────────────────

/** Every debt of every system, by system. */
export function debtsTable(model: HoldingsModel): TemplateResult {
  const { loans, shown } = model;
  const { say } = shown;
  const systems = [...new Set(loans.map(({ system }) => system))];
  const groups = systems.map((system): TableGroup => {
    const own = loans.filter((loan) => loan.system === system);
    return {
      key: system,
      title: `${say(SYSTEM_WORDS[system])} · ${totalText(own, model)}`,
      rows: own.map((loan) => debtRow(loan, model)),
    };
  });
  return table({
    label: say(words('Debts')),
    heads: [
      { title: say(words('Owed')) },
      { title: say(words('Worth')), isNumber: true },
      { title: say(words('Principal')), isNumber: true },
      { title: say(words('Interest owed')), isNumber: true },
      { title: say(words('Rate a year')), isNumber: true },
      { title: say(words('What can be done')) },
    ],
    groups,
  });
}

function readingFor(loan: WireLoan, readings: readonly PoolReading[]): PoolReading | undefined {
  return readings.find(({ wire }) => wire.id === loan.pool);
}

function totalText(loans: readonly WireLoan[], { readings, shown }: HoldingsModel): string {
  const values = loans.map((loan) => worthIn(readingFor(loan, readings), loan.coin, loan.owed));
  const known = values.filter((value) => value !== undefined);
  const sum = shown.usd(add(...known));
  return known.length === values.length ? sum : shown.say(words('{0} and coins without a price', sum));
}

function debtRow(loan: WireLoan, model: HoldingsModel): TableRow {
  const { shown, readings } = model;
  const { coin, owed, principal, interest, penalty, prepaid, isOverdue } = loan;
  const { say } = shown;
  return {
    key: loan.id,
    mark: isOverdue ? 'late' : undefined,
    cells: [
      html`<b>${shown.owed(owed, coin)}</b>${
        loan.system !== 'flexible' && loan.record !== null && loan.system !== 'institutional'
          ? html`<span class="sub">${say(words('no. {0}', shortId(loan.record)))}</span>`
          : nothing
      }`,
      shown.worth(worthIn(readingFor(loan, readings), coin, owed)),
      principal === null ? say(words('not told')) : shown.owed(principal, coin),
      html`${interestText(interest, prepaid, coin, shown)}${
        gt(penalty, ZERO)
          ? html`<span class="sub warn">${say(words('penalty {0}', shown.owed(penalty, coin)))}</span>`
          : nothing
      }`,
      rateText(loan, shown),
      html`<span class="row-deeds"
        >${loanButtons(loan, model)}<button
          class="small-deed"
          aria-label=${`${say(words('Compare'))} ${say(words('of {0}', shown.owed(owed, coin)))}`}
          @click=${() => model.onCompare(loan)}
        >
          ${say(words('Compare'))}
        </button></span
      >`,
    ],
  };
}

/** Numbers of contracts are long; their ends tell them apart. */
function shortId(record: string): string {
  return record.length > 10 ? `…${record.slice(-6)}` : record;
}

function interestText(
  interest: Decimal | null,
  prepaid: Decimal | null,
  coin: string,
  shown: Shown,
): TemplateResult {
  const { say } = shown;
  if (prepaid !== null) return html`${say(words('{0} paid in advance', shown.owed(prepaid, coin)))}`;
  return html`${interest === null ? say(words('not told apart')) : shown.owed(interest, coin)}`;
}

function rateText({ annualRate, isFloating }: WireLoan, shown: Shown): TemplateResult {
  if (annualRate === null) return html`${shown.say(words('not told'))}`;
  const kind = isFloating ? shown.say(words('floats')) : shown.say(words('stays'));
  return html`${shown.percent(annualRate)}<span class="sub">${kind}</span>`;
}

/** The ways on from a loan. */
export function loanButtons(loan: WireLoan, model: Pick<HoldingsModel, 'shown' | 'onDeed'>): TemplateResult {
  const { shown } = model;
  const { coin, record, deeds, owed } = loan;
  return html`${repeat(
    deeds,
    (command) => command,
    (command) =>
      deedButton(
        { command, coin, ...(record === null ? {} : { record }) },
        model,
        shown.say(words('of {0}', shown.owed(owed, coin))),
      ),
  )}`;
}

// ── Collateral ──────────────────────────────────────────────────────────────

/** Every pledged coin of every pool: what it is worth, what of it counts, and the prices that lead to liquidation. */
export function collateralTable(model: HoldingsModel): TemplateResult {
  const { readings, shown } = model;
  const { say } = shown;
  const groups = readings
    .filter(({ moved }) => moved.book.collateral.length > 0)
    .map(
      (reading): TableGroup => ({
        key: reading.wire.id,
        title: `${reading.wire.title} · ${say(words('counts {0}', shown.usd(reading.after.collateralUsd)))}`,
        rows: collateralLines(reading.moved.book).map((line) => collateralRow(line, reading, model)),
      }),
    );
  return table({
    label: say(words('Collateral')),
    heads: [
      { title: say(words('Pledged')) },
      { title: say(words('At the market')), isNumber: true },
      { title: say(words('Tier')), isNumber: true },
      { title: say(words('Haircut')), isNumber: true },
      { title: say(words('Counts')), isNumber: true },
      { title: say(words('Liquidation alone')), isNumber: true },
      { title: say(words('What can be done')) },
    ],
    groups,
  });
}

function collateralRow(line: CollateralLine, reading: PoolReading, model: HoldingsModel): TableRow {
  const { shown, canWrite } = model;
  const { say } = shown;
  const { coin, amount, marketUsd, countedUsd, haircut, bands } = line;
  const tier = marketUsd === undefined ? undefined : tierOf(marketUsd, bands);
  const { below, above } = dangerPrices(reading.after, coin);
  const record = reading.wire.name === 'legacy' ? reading.wire.record : null;
  return {
    key: coin,
    cells: [
      html`<b>${shown.had(amount, coin)}</b>`,
      shown.worth(marketUsd),
      tier === undefined
        ? '–'
        : html`${say(words('{0} of {1}', String(tier.tier), String(bands.length)))}<span class="sub"
              >${say(words('the next dollar counts {0}', shown.level(tier.ratio)))}</span
            >`,
      haircut === undefined ? '–' : shown.level(haircut, 2),
      countedUsd === undefined ? say(words('nothing')) : shown.usd(countedUsd),
      html`${dangerCell(below, shown)} ${dangerCell(above, shown)}${
        below === undefined && above === undefined ? say(words('at no price')) : nothing
      }`,
      canWrite && reading.wire.name !== 'institutional'
        ? html`<span class="row-deeds"
            >${deedButton({ command: 'adjustCollateral', coin: record === null ? coin : (reading.wire.debts[0]?.coin ?? coin), ...(record === null ? {} : { record }) }, model, shown.name(coin))}</span
          >`
        : nothing,
    ],
  };
}

function dangerCell(danger: PriceDanger | undefined, shown: Shown): TemplateResult | typeof nothing {
  if (danger === undefined) return nothing;
  const { side, at, move, reached } = danger;
  const price = shown.dangerPrice(at, side === 'below' ? 'up' : 'down');
  const sentence = side === 'below' ? words('at or below {0}', price) : words('at or above {0}', price);
  return html`${shown.say(sentence)}<span class="sub"
      >${
        reached
          ? shown.say(words('reached'))
          : shown.say(
              side === 'below' ? words('−{0}', shown.percent(move)) : words('+{0}', shown.percent(move)),
            )
      }</span
    >`;
}
