import { live } from 'lit/directives/live.js';
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { words } from '../../bybit/words';
import { SERIES } from '../../desk/history/series';
import { aloneOf, type HistoryAnswer, type HistoryAsk } from '../history-contract';
import type { Say } from '../sentences';
import { MOST_COINS, SPANS } from './choices';
import { Figure } from './figure';
import { depthFigure, historyFigure, termsFigure } from './models';

export interface HistoryViewOptions {
  readonly place: HTMLElement;
  readonly say: Say;
  /** BCP 47. */
  readonly locale: string;
  /** Another coin, rate or stretch of time is wanted. */
  readonly ask: (ask: HistoryAsk) => void;
}

/** The charts of recorded rates, with what chooses among them. */
export class HistoryView {
  readonly #options: HistoryViewOptions;
  readonly #history: Figure;
  readonly #terms: Figure;
  readonly #depth: Figure;
  #answer: HistoryAnswer | undefined;
  #typed = '';
  #problem = '';

  constructor(options: HistoryViewOptions) {
    this.#options = options;
    this.#history = new Figure(options.say);
    this.#terms = new Figure(options.say);
    this.#depth = new Figure(options.say);
    this.#draw();
  }

  show(answer: HistoryAnswer): void {
    const { say, locale } = this.#options;
    this.#answer = answer;
    this.#draw();
    this.#history.show(historyFigure(answer, { say, locale }));
    this.#terms.show(termsFigure(answer, { say, locale }));
    this.#depth.show(depthFigure(answer, { say, locale }));
  }

  dispose(): void {
    for (const figure of [this.#history, this.#terms, this.#depth]) figure.dispose();
    render(nothing, this.#options.place);
  }

  #draw(): void {
    const { say, place } = this.#options;
    const answer = this.#answer;
    render(
      answer === undefined
        ? html`<p class="nothing">${say(words('Reading the recorded rates…'))}</p>`
        : html`${this.#toolbar(answer)}
            <div class="charts">
              ${this.#history.element}
              ${answer.ask.coins.length === 0 ? nothing : html`${this.#alone(answer)} ${this.#terms.element} ${this.#depth.element}`}
            </div>`,
      place,
    );
  }

  #toolbar({ ask, names }: HistoryAnswer): TemplateResult {
    const { say } = this.#options;
    return html`<div class="toolbar">
      <ul class="chips" aria-label=${say(words('Coins shown'))}>
        ${ask.coins.map(
          (coin) =>
            html`<li>
              <button
                aria-label=${say(words('Remove {0}', coin))}
                title=${say(words('Remove {0}', coin))}
                @click=${() => this.#remove(coin)}
              >
                ${coin}<span aria-hidden="true"> ✕</span>
              </button>
            </li>`,
        )}
      </ul>
      <form
        class="add"
        @submit=${(event: Event) => {
          event.preventDefault();
          this.#add(this.#typed);
        }}
      >
        <input
          id="add-coin"
          type="search"
          list="coin-names"
          autocomplete="off"
          spellcheck="false"
          aria-label=${say(words('Add a coin'))}
          placeholder=${say(words('Add a coin'))}
          aria-describedby="add-problem"
          .value=${live(this.#typed)}
          @input=${(event: Event) => {
            this.#typed = textOf(event);
            // A name out of the list comes whole, with no key pressed.
            if (event instanceof InputEvent && event.inputType === 'insertReplacementText')
              this.#add(this.#typed);
            else this.#say('');
          }}
        />
        <datalist id="coin-names">${names.map((name) => html`<option value=${name}></option>`)}</datalist>
        <button type="submit">${say(words('Add'))}</button>
      </form>
      <label class="choice"
        ><span>${say(words('Rate'))}</span>
        <select id="series" .value=${live(ask.series)} @change=${(event: Event) => this.#choose(textOf(event))}>
          ${SERIES.map(
            (name) =>
              html`<option value=${name} ?selected=${name === ask.series}>
                ${name === 'flexible' ? say(words('Flexible')) : say(words('{0} days', name))}
              </option>`,
          )}
        </select>
      </label>
      <div class="switch" role="radiogroup" aria-label=${say(words('Time shown'))}>
        ${SPANS.map(
          (days) =>
            html`<label
              ><input
                type="radio"
                name="days"
                value=${String(days)}
                .checked=${live(ask.days === days)}
                @change=${() => this.#change({ days })}
              /><span>${days === null ? say(words('All')) : say(words('{0} d', String(days)))}</span></label
            >`,
        )}
      </div>
      <p id="add-problem" class="problem" role="status">${this.#problem}</p>
    </div>`;
  }

  /** Asks of which coin the charts below are that show one alone. */
  #alone({ ask }: HistoryAnswer): TemplateResult | typeof nothing {
    const { coins } = ask;
    if (coins.length < 2) return nothing;
    const shown = aloneOf(ask);
    return html`<label class="choice"
      ><span>${this.#options.say(words('Terms and fixed market of'))}</span>
      <select
        id="alone"
        .value=${live(shown ?? '')}
        @change=${(event: Event) => this.#change({ alone: textOf(event) })}
      >
        ${coins.map((coin) => html`<option value=${coin} ?selected=${coin === shown}>${coin}</option>`)}
      </select>
    </label>`;
  }

  #choose(text: string): void {
    const series = SERIES.find((name) => name === text);
    if (series !== undefined) this.#change({ series });
  }

  #add(text: string): void {
    const { say } = this.#options;
    const answer = this.#answer;
    const wanted = text.trim();
    if (answer === undefined || wanted === '') return;
    const coin =
      answer.names.find((name) => name === wanted) ??
      answer.names.find((name) => name.toUpperCase() === wanted.toUpperCase());
    const { coins } = answer.ask;
    if (coin === undefined) this.#say(say(words('No coin is called {0}.', wanted)));
    else if (coins.includes(coin)) this.#say(say(words('{0} is shown already.', coin)));
    else if (coins.length >= MOST_COINS) {
      this.#say(say(words('At most {0} coins at once: remove one first.', String(MOST_COINS))));
    } else {
      this.#typed = '';
      this.#problem = '';
      this.#change({ coins: [...coins, coin] });
    }
  }

  #remove(coin: string): void {
    const { coins } = this.#answer?.ask ?? { coins: [] };
    this.#change({ coins: coins.filter((one) => one !== coin) });
    // The button is gone with its coin: the focus goes where the next one is chosen.
    this.#options.place.querySelector<HTMLElement>('#add-coin')?.focus();
  }

  #say(problem: string): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#draw();
  }

  #change(change: Partial<HistoryAsk>): void {
    const answer = this.#answer;
    if (answer === undefined) return;
    const ask = { ...answer.ask, ...change };
    // What was chosen shows at once; its rates follow.
    this.#answer = { ...answer, ask };
    this.#draw();
    this.#options.ask(ask);
  }
}

function textOf({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}
