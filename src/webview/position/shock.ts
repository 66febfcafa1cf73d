import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import {
  type Decimal,
  decimal,
  div,
  gt,
  lt,
  max,
  min,
  mul,
  ONE,
  parseDecimal,
  round,
  ZERO,
} from '../../bybit/decimal';
import { words } from '../../bybit/words';
import { formatAmount } from '../../desk/format';
import type { Moves, Shock } from '../../desk/shock';
import { isStable } from '../../desk/stable';
import type { Undo } from '../model/undo';
import { textOf } from '../text-of';
import { isUsed, type PoolReading } from './books';
import { stateText } from './pool-card';
import type { Shown } from './shown';

export interface ShockModel {
  readonly moves: Undo<Moves>;
  readonly readings: readonly PoolReading[];
  readonly shock: Shock;
  readonly shown: Shown;
  /** The moves changed; `isDone` when the change is a step of its own. */
  readonly onMove: (moves: Moves, isDone: boolean) => void;
  /** What stands in fields that are being typed into. */
  readonly drafts: Map<string, string>;
  readonly onUndo: () => void;
  readonly onReset: () => void;
}

const HUNDRED = decimal('100');
/** Percent that a slider reaches; a field reaches further. */
const LEAST = -95;
const MOST = 100;
const LEAST_TYPED = decimal('-100');
const MOST_TYPED = decimal('10000');

/** What if prices move: one coin, several, or all; undone step by step. */
export function shockSection(model: ShockModel): TemplateResult {
  const { moves, shown, onUndo, onReset, readings } = model;
  const { say } = shown;
  const coins = coinsOf(readings);
  const isMoved = moves.now.market !== ZERO || [...moves.now.coins.values()].some((move) => move !== ZERO);
  return html`<section class="card shock" aria-labelledby="shock-title">
    <div class="card-head">
      <h2 id="shock-title">${say(words('What if prices move?'))}</h2>
      <span class="deeds">
        <button class="quiet-deed" ?disabled=${!moves.canUndo} @click=${onUndo}>${say(words('Undo'))}</button>
        <button class="quiet-deed" ?disabled=${!isMoved} @click=${onReset}>${say(words('Reset'))}</button>
      </span>
    </div>
    <div class="sliders">
      ${slider(model, {
        id: 'market',
        key: 'market',
        name: say(words('All but stable coins')),
        move: moves.now.market,
        note: undefined,
        moved: (market) => ({ ...moves.now, market }),
      })}
      ${repeat(
        coins,
        (coin) => coin,
        (coin, index) => coinSlider(coin, index, model),
      )}
    </div>
    <p class="outcome" role="status">${outcome(model, isMoved)}</p>
  </section>`;
}

/** Coins whose price matters here, those that move with the market first. */
export function coinsOf(readings: readonly PoolReading[]): readonly string[] {
  const books = readings.map(({ today }) => today.book);
  const coins = new Set(
    books.flatMap(({ debts, collateral, prices }) =>
      [...debts, ...collateral].map(({ coin }) => coin).filter((coin) => prices.has(coin)),
    ),
  );
  return [...coins].sort((a, b) => Number(isStable(a)) - Number(isStable(b)));
}

function coinSlider(coin: string, index: number, model: ShockModel): TemplateResult {
  const { moves, readings, shock, shown } = model;
  const price = readings.map(({ today }) => today.book.prices.get(coin)).find((found) => found !== undefined);
  const factor = shock.get(coin) ?? ONE;
  const note =
    price === undefined
      ? undefined
      : factor === ONE
        ? shown.price(price)
        : `${shown.price(price)} → ${shown.price(mul(price, factor))}`;
  return slider(model, {
    id: `coin-${index}`,
    key: `coin ${coin}`,
    name: shown.name(coin),
    move: moves.now.coins.get(coin) ?? ZERO,
    note,
    moved: (move) => ({ ...moves.now, coins: new Map([...moves.now.coins, [coin, move]]) }),
  });
}

interface Slider {
  /** Fit for an id. */
  readonly id: string;
  /** Of its draft. */
  readonly key: string;
  readonly name: string;
  readonly move: Decimal;
  /** The price that it leads to. */
  readonly note: string | undefined;
  readonly moved: (move: Decimal) => Moves;
}

function slider(model: ShockModel, { id, key, name, move, note, moved }: Slider): TemplateResult {
  const { shown, onMove, moves, drafts } = model;
  const { say } = shown;
  const percent = mul(move, HUNDRED);
  const set = (event: Event, isDone: boolean) => {
    drafts.delete(key);
    const wanted = percentOf(textOf(event));
    // What is no number leaves everything as it is, and the field shows that.
    onMove(wanted === undefined ? moves.now : moved(div(wanted, HUNDRED)), isDone && wanted !== undefined);
  };
  const told = say(words('{0} %', signed(percent, shown.locale)));
  return html`<div class="slider">
    <div class="of">
      <label for=${`move-${id}`}>${name}</label>
      ${note === undefined ? nothing : html`<span class="sub">${note}</span>`}
    </div>
    <input
      id=${`move-${id}`}
      type="range"
      min=${LEAST}
      max=${MOST}
      step="1"
      aria-valuetext=${note === undefined ? told : `${told}, ${note}`}
      .value=${live(slid(percent))}
      @input=${(event: Event) => set(event, false)}
      @change=${(event: Event) => set(event, true)}
    />
    <span class="typed">
      <input
        type="text"
        inputmode="decimal"
        autocomplete="off"
        aria-label=${say(words('{0}: move in percent', name))}
        .value=${live(drafts.get(key) ?? signed(percent, 'en'))}
        @input=${(event: Event) => drafts.set(key, textOf(event))}
        @change=${(event: Event) => set(event, true)}
      /><span aria-hidden="true">%</span>
    </span>
  </div>`;
}

/** A slider knows whole percents within its bounds. */
function slid(percent: Decimal): string {
  return max(decimal(LEAST), min(decimal(MOST), round(percent, 0, 'half')));
}

/** A move that was typed or dragged, percent; undefined for what is no number. A price cannot fall by more than all of it. */
export function percentOf(text: string): Decimal | undefined {
  const plain = text
    .replace(/[\s%+]/g, '')
    .replace(/[−–]/, '-')
    .replace(',', '.');
  const value = parseDecimal(plain);
  if (value === undefined) return undefined;
  return max(LEAST_TYPED, min(MOST_TYPED, round(value, 4, 'half')));
}

function signed(percent: Decimal, locale: string): string {
  const text = formatAmount(percent, { locale, maxPlaces: 4 });
  return gt(percent, ZERO) ? `+${text}` : lt(percent, ZERO) ? text.replace('-', '−') : text;
}

/** What the moves do to every LTV, in one sentence each. */
function outcome({ readings, shown }: ShockModel, isMoved: boolean): string {
  const { say } = shown;
  if (!isMoved) return say(words('Drag a coin, several, or all of them: every figure of this page follows.'));
  return readings
    .filter((reading) => isUsed(reading) && reading.after !== reading.before)
    .map((reading) => {
      const { before, after, wire } = reading;
      const [old, moved] = [before.ltv, after.ltv].map((ltv) =>
        ltv === undefined ? '–' : shown.percent(ltv),
      );
      return say(
        words('{0}: LTV {1} → {2}, {3}.', wire.title, old ?? '', moved ?? '', stateText(reading, shown)),
      );
    })
    .join(' ');
}
