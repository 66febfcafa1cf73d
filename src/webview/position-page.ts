import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import { formatAge } from '../desk/format';
import { NO_MOVES, shockOf } from '../desk/shock';
import { utcTime } from '../desk/utc';
import type { Link } from './link';
import { Undo } from './model/undo';
import { obstacleTemplate } from './obstacle';
import type { WayOn } from './obstacle-contract';
import { byDanger, isUsed, movedReading, type PoolReading, readingOf } from './position/books';
import { collateralTable, debtsTable, type HoldingsModel } from './position/holdings';
import { dueLadder, firstDueIn } from './position/ladder';
import { poolCard } from './position/pool-card';
import { refinanceTab } from './position/refinance';
import { coinsOf, type Drafts, type ShockModel, shockSection } from './position/shock';
import { Shown } from './position/shown';
import { summary } from './position/summary';
import { targetSection } from './position/target';
import {
  type Deed,
  type PositionHostMessage,
  type PositionPageMessage,
  type PositionState,
  type PositionTab,
  type PositionView,
  positionViewOf,
  type RefinanceFacts,
  type WireLoan,
} from './position-contract';
import { type Say, speaker } from './sentences';
import { panelIdOf, type Tab, tabsTemplate } from './tabs';

/** Ages on the page are told anew this often. */
const TICK_MS = 10_000;
const TABS: readonly Tab<PositionTab>[] = [
  { id: 'position', title: words('Position') },
  { id: 'refinance', title: words('Refinance') },
];
/** The same in the styles (`.columns`). */
const TWO_COLUMNS = matchMedia('(min-width: 820px)');
/** LTVs that fit beside what moves them. */
const MOST_BESIDE = 3;
/** What a field keeps of what is typed (`position-contract.ts`). */
const MOST_TYPED = 20;

/** The account on one page, today and at moved prices. Everything that prices change is computed here, at once. */
export class PositionPage {
  readonly #root: HTMLElement;
  readonly #link: Link<PositionHostMessage, PositionPageMessage>;
  readonly #moves = new Undo(NO_MOVES);
  readonly #drafts: Drafts = new Map();
  #view: PositionView;
  #pool = '';
  /** The loan that is compared, and what the host was asked for last. */
  #loan = '';
  #asked: string | null = null;
  #facts: RefinanceFacts | undefined;
  #locale = 'en';
  #say: Say = speaker({});
  #state: PositionState | undefined;
  /** The pools of the state as they are today. */
  #today: readonly PoolReading[] = [];

  constructor(root: HTMLElement, link: Link<PositionHostMessage, PositionPageMessage>) {
    this.#root = root;
    this.#link = link;
    this.#view = positionViewOf(link.kept);
  }

  begin(): void {
    this.#link.listen({
      start: ({ locale, strings }) => {
        this.#locale = locale;
        this.#say = speaker(strings);
        this.#draw();
      },
      position: ({ state }) => {
        this.#state = state;
        this.#today = byDanger(state.pools.map(readingOf));
        this.#draw();
      },
      refinance: ({ facts }) => {
        this.#facts = facts;
        this.#draw();
      },
      compare: ({ loan }) => this.#compare(loan ?? this.#loan),
    });
    setInterval(() => this.#draw(), TICK_MS);
    TWO_COLUMNS.addEventListener('change', () => this.#draw());
  }

  #compare(loan: string): void {
    this.#loan = loan;
    this.#look({ tab: 'refinance' });
  }

  /** Asks the host for what the comparison needs, when another loan is compared. */
  #ask(loan: WireLoan | undefined): void {
    const wanted = loan?.id ?? null;
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    this.#link.send({ type: 'refinance', loan: wanted });
  }

  #look(change: Partial<PositionView>): void {
    this.#view = { ...this.#view, ...change };
    this.#link.keep(this.#view);
    this.#draw();
  }

  #draw(): void {
    const state = this.#state;
    if (state === undefined) return;
    const shown = new Shown({ say: this.#say, locale: this.#locale }, state);
    render(
      html`${this.#head(state)}
        <main class="position">${this.#instead(state) ?? this.#body(state, shown)}</main>`,
      this.#root,
    );
  }

  #head({ source, areAmountsHidden, failures, remarks }: PositionState): TemplateResult {
    const say = this.#say;
    return html`<header>
      <h1 class="unseen">${say(words('Position'))}</h1>
      <div class="status">
        <span class="source">${source}</span>
        ${areAmountsHidden ? html`<span>${say(words('amounts are hidden'))}</span>` : nothing}
        <span class="age"></span>
        <button class="link" @click=${() => this.#link.send({ type: 'again' })}>${say(words('Refresh'))}</button>
      </div>
      ${failures.map(
        ({ text, advice }) =>
          html`<p class="notice" role="status">
            ${text} ${advice ?? nothing}
            <button class="link" @click=${() => this.#link.send({ type: 'again' })}>${say(words('Try Again'))}</button>
          </p>`,
      )}
      ${remarks.map((remark) => html`<p class="notice">${remark}</p>`)}
    </header>`;
  }

  /** What stands in place of the page; undefined where there is something to show. */
  #instead(state: PositionState): TemplateResult | undefined {
    const say = this.#say;
    if (state.obstacle !== null) {
      const onWay = (way: WayOn) => this.#link.send({ type: 'wayOn', way });
      return obstacleTemplate({ obstacle: state.obstacle, say, onWay });
    }
    if (state.isReading) {
      return html`<div class="instead loading">
        <p>${say(words('Reading the account…'))}</p>
        <div class="bones" aria-hidden="true">${Array.from({ length: 8 }, () => html`<div></div>`)}</div>
      </div>`;
    }
    if (this.#today.some(isUsed) || state.loans.length > 0) return undefined;
    if (state.pools.length === 0 && state.failures.length > 0) {
      return html`<div class="instead"><p class="what">${say(words('The position could not be read.'))}</p></div>`;
    }
    return html`<div class="instead">
      <p class="what">${say(words('This account owes nothing and has pledged nothing.'))}</p>
      <p>${say(words('With the first loan its LTV, liquidation prices and due dates stand here.'))}</p>
      ${
        state.canWrite
          ? html`<button class="main-deed" @click=${() => this.#deed({ command: 'borrow' })}>${say(words('Borrow…'))}</button>
              <button class="quiet-deed" @click=${() => this.#deed({ command: 'borrowFixed' })}>
                ${say(words('Borrow at a Fixed Rate…'))}
              </button>`
          : nothing
      }
    </div>`;
  }

  #deed(deed: Deed): void {
    this.#link.send({ type: 'deed', deed });
  }

  #body(state: PositionState, shown: Shown): TemplateResult {
    const { tab } = this.#view;
    return html`${tabsTemplate({
      tabs: TABS,
      chosen: tab,
      label: words('Views'),
      say: this.#say,
      onChoose: (chosen) => this.#look({ tab: chosen }),
    })}
      <div id=${panelIdOf(tab)} class="tab-body" role="tabpanel" aria-labelledby=${`tab-${tab}`}>
        ${tab === 'refinance' ? this.#refinance(state, shown) : this.#position(state, shown)}
      </div>`;
  }

  #refinance(state: PositionState, shown: Shown): TemplateResult {
    const { loans, canWrite, aheadMs } = state;
    const loan = loans.find(({ id }) => id === this.#loan) ?? loans[0];
    // Once shown it stays the one compared, whatever comes before it in the list.
    if (this.#loan === '') this.#loan = loan?.id ?? '';
    this.#ask(loan);
    const now = Date.now();
    return refinanceTab({
      loans,
      loan,
      facts: this.#facts?.loan === loan?.id ? this.#facts : undefined,
      readings: this.#today,
      days: this.#view.days,
      shown,
      canWrite,
      now,
      serverNow: now + aheadMs,
      onDeed: (deed) => this.#deed(deed),
      onLoan: (id) => this.#compare(id),
      onDays: (days) => this.#look({ days: days.slice(0, MOST_TYPED) }),
    });
  }

  #position(state: PositionState, shown: Shown): TemplateResult {
    this.#ask(undefined);
    const used = this.#today.filter(isUsed);
    const shock = shockOf(this.#moves.now, coinsOf(used));
    const readings = used.map((reading) => movedReading(reading, shock));
    // A few LTVs stand under each other beside what moves them; of many only the account's own does.
    const beside = readings.length > MOST_BESIDE ? readings.slice(0, 1) : readings;
    const others = readings.slice(beside.length);
    // The account's own alone leaves room under it for the target, and under the sliders for the next in danger.
    const isAlone = beside.length === 1;
    // All under each other, the target would push the sliders away while they move: its ways come and go.
    const isTargetLeft = isAlone && TWO_COLUMNS.matches;
    const [next] = isAlone ? others : [];
    const rest = next === undefined ? others : others.slice(1);
    const now = Date.now();
    const holdings: HoldingsModel = {
      readings,
      loans: state.loans,
      shown,
      canWrite: state.canWrite,
      onDeed: (deed) => this.#deed(deed),
      onCompare: ({ id }) => this.#compare(id),
    };
    const serverNow = now + state.aheadMs;
    const card = (reading: PoolReading, index: number) =>
      poolCard({
        reading,
        id: `pool-${index}`,
        shown,
        now,
        dueInMs: firstDueIn(reading.wire.id, state.loans, serverNow),
      });
    const moving = shockSection({
      moves: this.#moves,
      drafts: this.#drafts,
      readings,
      shock,
      shown,
      ...this.#shockDeeds,
    });
    const target = targetSection({
      ...holdings,
      state,
      typed: this.#view.target,
      pool: this.#pool,
      onType: (typed) => this.#look({ target: typed.slice(0, MOST_TYPED) }),
      onPool: (pool) => {
        this.#pool = pool;
        this.#draw();
      },
    });
    return html`${summary({ readings, state, shown, serverNow })}
      <div class="columns">
        <div>${beside.map(card)} ${isTargetLeft ? target : nothing}</div>
        <div>${moving} ${isTargetLeft ? nothing : target} ${next === undefined ? nothing : card(next, beside.length)}</div>
      </div>
      ${rest.length === 0 ? nothing : html`<div class="cards">${rest.map((reading, index) => card(reading, readings.length - rest.length + index))}</div>`}
      ${this.#part(words('Due dates'), dueLadder({ ...holdings, state, serverNow }))}
      ${this.#part(words('Debts'), debtsTable(holdings))} ${this.#part(words('Collateral'), collateralTable(holdings))}
      ${this.#ages(state, now)}`;
  }

  get #shockDeeds(): Pick<ShockModel, 'onMove' | 'onUndo' | 'onReset'> {
    return {
      onMove: (moves, isDone) => {
        if (isDone) this.#moves.set(moves);
        else this.#moves.drag(moves);
        this.#draw();
      },
      onUndo: () => {
        this.#moves.undo();
        this.#draw();
      },
      onReset: () => {
        this.#moves.reset();
        this.#draw();
      },
    };
  }

  #part(title: Words, content: TemplateResult): TemplateResult {
    return html`<section class="part"><h2>${this.#say(title)}</h2>${content}</section>`;
  }

  /** How old each part is that the page rests on. */
  #ages({ parts }: PositionState, now: number): TemplateResult {
    const say = this.#say;
    return html`<details class="ages">
      <summary>${say(words('How old the data is'))}</summary>
      <ul>
        ${parts.map(({ name, readAt, isStale }) => {
          const age =
            readAt === null
              ? words('not read yet')
              : isStale
                ? words('out of date: read {0}, {1}', utcTime(readAt, now), say(formatAge(now - readAt)))
                : words('read {0}, {1}', utcTime(readAt, now), say(formatAge(now - readAt)));
          return html`<li><span>${name}</span> ${say(age)}</li>`;
        })}
      </ul>
    </details>`;
  }
}
