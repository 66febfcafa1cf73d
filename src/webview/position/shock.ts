import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Decimal, decimal, div, max, min, mul, ONE, round, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { Moves, Shock } from '../../desk/shock';
import { isStable } from '../../desk/stable';
import type { Undo } from '../model/undo';
import { textOf } from '../text-of';
import { isUsed, type PoolReading } from './books';
import { moveText, readMove } from './move-input';
import { stateText } from './pool-card';
import type { Shown } from './shown';

export interface ShockModel {
  readonly moves: Undo<Moves>;
  readonly readings: readonly PoolReading[];
  readonly shock: Shock;
  readonly shown: Shown;
  /** The moves changed; `isDone` when the change is a step of its own. */
  readonly onMove: (moves: Moves, isDone: boolean) => void;
  /** What stands in fields that are being typed into, or did not pass. */
  readonly drafts: Drafts;
  readonly onUndo: () => void;
  readonly onReset: () => void;
}

/** By the key of the field. */
export type Drafts = Map<string, { readonly text: string; readonly problem?: Words }>;

const HUNDRED = decimal('100');
/** Percent that a slider reaches; a field reaches further. */
const LEAST = -95;
const MOST = 100;

/** What if prices move: one coin, several, or all; undone step by step. */
export function shockSection(model: ShockModel): TemplateResult {
  const { moves, shown, readings, drafts } = model;
  const { say } = shown;
  const coins = coinsOf(readings);
  const afresh = (deed: () => void) => () => {
    drafts.clear();
    deed();
  };
  const isMoved = moves.now.market !== ZERO || [...moves.now.coins.values()].some((move) => move !== ZERO);
  return html`<section class="card shock" aria-labelledby="shock-title">
    <div class="card-head">
      <h2 id="shock-title">${say(words('What if prices move?'))}</h2>
      <span class="deeds">
        <button class="quiet-deed" ?disabled=${!moves.canUndo} @click=${afresh(model.onUndo)}>${say(words('Undo'))}</button>
        <button class="quiet-deed" ?disabled=${!isMoved} @click=${afresh(model.onReset)}>${say(words('Reset'))}</button>
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
  return [...coins].sort((a, b) => Number(isStable(a)) - Number(isStable(b)) || (a < b ? -1 : 1));
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
  const { say, locale } = shown;
  const percent = mul(move, HUNDRED);
  const slide = (event: Event, isDone: boolean) => {
    drafts.delete(key);
    onMove(moved(div(decimal(textOf(event)), HUNDRED)), isDone);
  };
  const type = (event: Event) => {
    const read = readMove(textOf(event), locale);
    // What does not pass leaves everything as it is, and stays to be mended.
    if ('problem' in read) drafts.set(key, { text: textOf(event), problem: read.problem });
    else drafts.delete(key);
    onMove('problem' in read ? moves.now : moved(div(read.value, HUNDRED)), !('problem' in read));
  };
  const draft = drafts.get(key);
  const told = say(words('{0} %', moveText(percent, locale)));
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
      @input=${(event: Event) => slide(event, false)}
      @change=${(event: Event) => slide(event, true)}
    />
    <span class="typed">
      <input
        type="text"
        inputmode="decimal"
        autocomplete="off"
        aria-label=${say(words('{0}: move in percent', name))}
        aria-invalid=${draft?.problem === undefined ? 'false' : 'true'}
        aria-describedby=${draft?.problem === undefined ? nothing : `problem-${id}`}
        .value=${live(draft?.text ?? moveText(percent, locale))}
        @input=${(event: Event) => drafts.set(key, { ...drafts.get(key), text: textOf(event) })}
        @change=${type}
      /><span aria-hidden="true">%</span>
    </span>
    ${
      draft?.problem === undefined
        ? nothing
        : html`<p id=${`problem-${id}`} class="problem" role="status">${say(draft.problem)}</p>`
    }
  </div>`;
}

/** A slider knows whole percents within its bounds. */
function slid(percent: Decimal): string {
  return max(decimal(LEAST), min(decimal(MOST), round(percent, 0, 'half')));
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
