import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../../bybit/words';
import { formatAge } from '../../desk/format';
import { dangersOf, type Line, nearestDanger, type PriceDanger, reachedLine } from '../../desk/lines';
import { countText } from '../../desk/locale';
import type { Figures } from '../../desk/operation';
import { aheadWords, utcTime } from '../../desk/utc';
import type { PoolReading } from './books';
import { type GaugeModel, gauge } from './gauge';
import type { Shown } from './shown';

export interface PoolCardModel {
  readonly reading: PoolReading;
  /** Fit for an id. */
  readonly id: string;
  readonly shown: Shown;
  /** Local epoch milliseconds. */
  readonly now: number;
  /** Milliseconds until the first loan of the pool is due; undefined where none of them will be. */
  readonly dueInMs: number | undefined;
}

/** One LTV with everything that stands around it: its lines, what leads there and when. */
export function poolCard(model: PoolCardModel): TemplateResult {
  const { reading, id, shown, now } = model;
  const { wire, after, before } = reading;
  const reached = reachedOf(reading);
  return html`<section class="card pool" aria-labelledby=${`title-${id}`}>
    <div class="card-head">
      <h2 id=${`title-${id}`}>${wire.title}</h2>
      <p class=${`state ${reached ?? 'safe'}`}>${stateText(reading, shown)}</p>
    </div>
    ${gauge(gaugeModel(model), shown)}
    <dl class="pairs">
      ${pair(shown.say(words('Owed')), shown.usd(after.debtUsd))}
      ${pair(shown.say(words('Collateral as it counts')), shown.usd(after.collateralUsd))}
      ${fallPair(after, reached, shown)} ${dangerPair(after, shown)}
    </dl>
    ${runwayList(model)}
    ${
      before.unpriced.length === 0
        ? nothing
        : html`<p class="notice">
            ${shown.say(words('Left out, since no price or no tiers are known: {0}', before.unpriced.map((coin) => shown.name(coin)).join(', ')))}
          </p>`
    }
    <p class="fine">
      ${wire.source} ${saidText(reading, shown)} ${ageText(reading, now, shown)}
    </p>
  </section>`;
}

/** The worst line that is reached at the prices looked at. */
export function reachedOf({ after, moved }: PoolReading): Line | undefined {
  return reachedLine(after, moved.thresholds);
}

function gaugeModel({ reading, id }: PoolCardModel): GaugeModel {
  const { wire, after, before, today } = reading;
  return {
    id,
    title: wire.title,
    ltv: after.ltv,
    today: before.ltv,
    reached: reachedOf(reading),
    lines: wire.lines.map(({ line, name }) => ({ line, name, at: today.thresholds[line] })),
  };
}

/** What the LTV means, in a few words. */
export function stateText(reading: PoolReading, shown: Shown): string {
  const { after, wire } = reading;
  if (after.uncovered) return shown.say(words('nothing counts as collateral'));
  if (after.ltv === undefined) return shown.say(words('nothing owed'));
  const reached = reachedOf(reading);
  // A line that the pool has not of its own stands at its liquidation, which is reached with it.
  const known = wire.lines.findLast(({ line }) => line === reached) ?? wire.lines.at(-1);
  return reached === undefined || known === undefined ? shown.say(words('under all lines')) : known.past;
}

function pair(name: string, figure: string | TemplateResult): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${figure}</dd></div>`;
}

function fallPair(after: Figures, reached: Line | undefined, shown: Shown): TemplateResult {
  const title = shown.say(words('Liquidation if all coins fall by'));
  if (reached === 'liquidation') return pair(title, shown.say(words('reached')));
  const { liquidation } = after.drop;
  return pair(
    title,
    liquidation === undefined ? shown.say(words('no fall leads there')) : shown.percent(liquidation),
  );
}

function dangerPair(after: Figures, shown: Shown): TemplateResult {
  const nearest = nearestDanger(after.liquidation);
  return pair(
    shown.say(words('By one coin alone')),
    nearest === undefined ? shown.say(words('no price leads there')) : shown.say(dangerWords(nearest, shown)),
  );
}

/** A price that leads to liquidation, rounded to the safe side. */
export function dangerWords({ coin, side, at, reached, move }: PriceDanger, shown: Shown): Words {
  const name = shown.name(coin);
  const price = shown.dangerPrice(at, side === 'below' ? 'up' : 'down');
  if (reached) return words('{0} at {1}: reached', name, price);
  const by = shown.percent(move);
  return side === 'below'
    ? words('{0} falls by {1}, to {2}', name, by, price)
    : words('{0} rises by {1}, to {2}', name, by, price);
}

/** Prices of a coin that lead to liquidation, for a table: below and above. */
export function dangerPrices(
  after: Figures,
  coin: string,
): Partial<Record<PriceDanger['side'], PriceDanger>> {
  const found = after.liquidation.find((prices) => prices.coin === coin);
  if (found === undefined) return {};
  return Object.fromEntries(dangersOf(found).map((danger) => [danger.side, danger]));
}

/** When interest alone leads to each line, today's rates and prices standing still and no loan coming due. */
function runwayList({ reading, shown, dueInMs }: PoolCardModel): TemplateResult | typeof nothing {
  const { wire, before, runway } = reading;
  if (before.ltv === undefined) return nothing;
  // Behind the day on which something is due, today's debt is another one.
  const isThen = (hours: number | undefined) =>
    dueInMs === undefined || (hours !== undefined && hours * HOUR_MS <= dueInMs);
  const title =
    dueInMs === undefined
      ? words('By interest alone, at today’s prices')
      : words(
          'By interest alone, at today’s prices, until a loan is due {0}',
          shown.say(aheadWords(dueInMs)),
        );
  const text = (hours: number | undefined) =>
    isThen(hours) ? waitWords(hours, shown) : words('not by then');
  return html`<div class="runway">
    <h3>${shown.say(title)}</h3>
    <ul>
      ${wire.lines.map(
        ({ line, name }) => html`<li><span>${name}</span> <b>${shown.say(text(runway.get(line)))}</b></li>`,
      )}
    </ul>
  </div>`;
}

const HOURS_A_DAY = 24;
const HOUR_MS = 3_600_000;

function waitWords(hours: number | undefined, { locale }: Shown): Words {
  if (hours === undefined) return words('never within 100 years');
  if (hours === 0) return words('reached');
  if (hours < 2 * HOURS_A_DAY) return words('in {0} h', String(hours));
  return words('in {0} d', countText(Math.floor(hours / HOURS_A_DAY), locale));
}

function saidText({ wire, before }: PoolReading, shown: Shown): string {
  if (wire.said === null || before.ltv === undefined) return '';
  const [ours, theirs] = [shown.percent(before.ltv), shown.percent(wire.said)];
  return ours === theirs ? '' : shown.say(words('Bybit itself says an LTV of {0}.', theirs));
}

function ageText({ wire: { readAt, isStale } }: PoolReading, now: number, shown: Shown): string {
  if (readAt === null) return '';
  const age = shown.say(formatAge(now - readAt));
  return isStale
    ? shown.say(words('Out of date: read {0}, {1}.', utcTime(readAt, now), age))
    : shown.say(words('Read {0}, {1}.', utcTime(readAt, now), age));
}
