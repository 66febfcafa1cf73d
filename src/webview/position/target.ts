import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { decimal, div, gt, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { ParsedAmount } from '../../desk/parse';
import { type Way, type Ways, waysTo } from '../../desk/target';
import type { Deed, PositionState } from '../position-contract';
import { textOf } from '../text-of';
import type { PoolReading } from './books';
import { deedButton, type HoldingsModel } from './holdings';
import { readTarget } from './move-input';
import type { Shown } from './shown';
import { type TableRow, table } from './table';

export interface TargetModel extends Pick<HoldingsModel, 'shown' | 'onDeed' | 'canWrite'> {
  readonly state: Pick<PositionState, 'loans'>;
  readonly readings: readonly PoolReading[];
  /** The target as it was typed, percent. */
  readonly typed: string;
  /** Id of the pool that is meant. */
  readonly pool: string;
  readonly onType: (typed: string) => void;
  readonly onPool: (pool: string) => void;
}

const HUNDRED = decimal('100');

/** Type a target LTV: how much of which coin to repay, pledge or sell for it, each with the way into its flow. */
export function targetSection(model: TargetModel): TemplateResult {
  const { readings, typed, shown, onType, onPool } = model;
  const { say } = shown;
  const owing = readings.filter(({ after }) => gt(after.debtUsd, ZERO));
  const reading = owing.find(({ wire }) => wire.id === model.pool) ?? owing[0];
  const target = readTarget(typed, shown.locale);
  return html`<section class="card target" aria-labelledby="target-title">
    <div class="card-head"><h2 id="target-title">${say(words('Bring the LTV to a target'))}</h2></div>
    <div class="asked">
      <label for="target">${say(words('Target LTV'))}</label>
      <span class="typed">
        <input
          id="target"
          type="text"
          inputmode="decimal"
          autocomplete="off"
          aria-invalid=${'problem' in target ? 'true' : 'false'}
          aria-describedby="target-answer"
          .value=${live(typed)}
          @input=${(event: Event) => onType(textOf(event))}
        /><span aria-hidden="true">%</span>
      </span>
      ${
        owing.length < 2
          ? nothing
          : html`<select
              aria-label=${say(words('LTV of'))}
              .value=${live(reading?.wire.id ?? '')}
              @change=${(event: Event) => onPool(textOf(event))}
            >
              ${owing.map(
                ({ wire }) =>
                  html`<option value=${wire.id} ?selected=${wire.id === reading?.wire.id}>${wire.title}</option>`,
              )}
            </select>`
      }
    </div>
    ${answer(reading, target, model)}
  </section>`;
}

function answer(reading: PoolReading | undefined, asked: ParsedAmount, model: TargetModel): TemplateResult {
  const { shown } = model;
  const { say } = shown;
  const sentence = (text: Words) => html`<p id="target-answer" class="quiet" role="status">${say(text)}</p>`;
  if (reading === undefined) return sentence(words('Nothing is owed.'));
  if ('problem' in asked) return sentence(asked.problem);
  const target = div(asked.value, HUNDRED);
  const { moved, today, after, wire } = reading;
  const contracts = model.state.loans
    .filter(({ pool, system, record }) => pool === wire.id && system === 'fixed' && record !== null)
    .map(({ coin, owed, record }) => ({ coin, amount: owed, record: record ?? '' }));
  const found = waysTo(target, { pool: today.name, book: moved.book, contracts });
  const ltv = after.ltv === undefined ? '' : shown.percent(after.ltv);
  if (found.isThere) return sentence(words('The LTV is {0}: at the target or under it already.', ltv));
  const intro =
    moved === today
      ? words('From {0} to {1}, by one of these alone:', ltv, shown.level(target))
      : words('At the moved prices, from {0} to {1}, by one of these alone:', ltv, shown.level(target));
  return html`${sentence(found.ways.length === 0 ? words('No single deed leads there.') : intro)}
    ${found.ways.length === 0 ? nothing : waysTable(found.ways, reading, model)} ${tooLittle(found, shown)}`;
}

function waysTable(ways: readonly Way[], reading: PoolReading, model: TargetModel): TemplateResult {
  const { say } = model.shown;
  return table({
    label: say(words('Ways to the target')),
    heads: [
      { title: say(words('What')) },
      { title: say(words('LTV after')), isNumber: true },
      { title: say(words('From here')) },
    ],
    groups: [
      { key: reading.wire.id, title: undefined, rows: ways.map((way) => wayRow(way, reading, model)) },
    ],
  });
}

function wayRow(way: Way, { wire }: PoolReading, model: TargetModel): TableRow {
  const { shown, canWrite } = model;
  const { say } = shown;
  const text = shown.owed(way.amount, way.coin);
  return {
    key: [way.kind, way.coin, way.record, way.sold].join(' '),
    cells: [
      html`${say(wayWords(way, text, shown))}${notes(way, wire.name === 'institutional', shown).map(
        (note) => html`<span class="sub warn">${say(note)}</span>`,
      )}`,
      way.ltv === undefined ? say(words('nothing owed')) : shown.percent(way.ltv),
      canWrite ? html`<span class="row-deeds">${deedButton(deedOf(way, wire), model, text)}</span>` : nothing,
    ],
  };
}

function wayWords({ kind, coin, sold }: Way, text: string, shown: Shown): Words {
  switch (kind) {
    case 'repay':
      return words('Repay {0}', text);
    case 'repayInFull':
      return words('Repay the fixed loan of {0} in full', text);
    case 'add':
      return words('Pledge {0} more', text);
    case 'sell':
      return words('Sell {0} to repay {1}', shown.name(sold ?? coin), text);
  }
}

function notes({ kind, coin, short, isTooLarge }: Way, isUnit: boolean, shown: Shown): readonly Words[] {
  const lack = short === undefined ? undefined : shown.owed(short, coin);
  return [
    ...(lack === undefined
      ? []
      : [
          isUnit
            ? words('The Unified wallet lacks {0}.', lack)
            : words('The Funding wallet lacks {0}.', lack),
        ]),
    ...(isTooLarge ? [words('Bybit sells less than 300,000 USD at a time.')] : []),
    ...(kind === 'sell'
      ? [words('Without the fee, which Bybit does not publish: a little more is needed.')]
      : []),
  ];
}

/** What a way is started with. */
function deedOf({ kind, coin, amount, record, sold }: Way, wire: PoolReading['wire']): Deed {
  const own = record ?? wire.record ?? undefined;
  const of = own === undefined ? {} : { record: own };
  switch (kind) {
    case 'repay':
      return { command: 'repay', coin, amount, ...of };
    case 'repayInFull':
      return { command: 'repay', coin, ...of };
    case 'add':
      // A legacy loan is named by what is owed, whatever backs it.
      return {
        command: 'adjustCollateral',
        coin: wire.name === 'legacy' ? (wire.debts[0]?.coin ?? coin) : coin,
        amount,
        direction: 'add',
        ...of,
      };
    case 'sell':
      return { command: 'repayWithCollateral', coin, amount, ...of, ...(sold === undefined ? {} : { sold }) };
  }
}

/** What was looked at too and does not suffice, so that nobody wonders. */
function tooLittle({ tooLittle: rows }: Ways, shown: Shown): TemplateResult | typeof nothing {
  const { say } = shown;
  const names = (kinds: readonly Way['kind'][]) =>
    [...new Set(rows.filter(({ kind }) => kinds.includes(kind)).map(({ coin }) => shown.name(coin)))].join(
      ', ',
    );
  const repaid = names(['repay', 'repayInFull']);
  const pledged = names(['add']);
  if (repaid === '' && pledged === '') return nothing;
  return html`<p class="fine">
    ${repaid === '' ? nothing : say(words('Repaying all of one debt in {0} would not suffice.', repaid))}
    ${pledged === '' ? nothing : say(words('No amount of {0} would suffice.', pledged))}
  </p>`;
}
