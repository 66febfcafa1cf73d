import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import { Age } from './age';
import type { HistoryView } from './charts/history-view';
import { loadCharts } from './charts/load';
import type { HistoryAnswer, HistoryAsk, HistoryStatus } from './history-contract';
import type { Say } from './sentences';
import { panelIdOf } from './tabs';
import { retryTemplate, troubleTemplate } from './trouble';

/** Where the page's own script came from: the charts lie beside it. */
export interface ScriptSource {
  readonly src: string;
  readonly nonce: string;
}

export interface HistoryTabOptions {
  readonly say: Say;
  /** BCP 47. */
  readonly locale: string;
  readonly ask: (ask: HistoryAsk) => void;
  /** Read again what failed. */
  readonly retry: () => void;
  /** Its template is another one now. */
  readonly onChange: () => void;
}

/** The tab of the charts: loads their bundle when it is looked at first, and hands on what arrives, with its age and failures. */
export class HistoryTab {
  readonly #place = document.createElement('div');
  readonly #source: ScriptSource;
  readonly #options: HistoryTabOptions;
  readonly #age = new Age();
  #view: HistoryView | undefined;
  #answer: HistoryAnswer | undefined;
  /** `at` by the clock that sleep does not stop. */
  #status: { readonly told: HistoryStatus; readonly at: number } | undefined;
  /** From then on its button loads the bundle again. */
  #isBegun = false;
  /** Whether the host was asked to read again, and has not answered. */
  #isTrying = false;

  constructor(source: ScriptSource, options: HistoryTabOptions) {
    this.#source = source;
    this.#options = options;
    this.#place.className = 'history';
  }

  /** It is on the screen. */
  open(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    void this.#load();
  }

  show(answer: HistoryAnswer): void {
    const isFirst = this.#answer === undefined;
    this.#answer = answer;
    this.#view?.show(answer);
    if (isFirst) this.#options.onChange();
  }

  tell(status: HistoryStatus): void {
    this.#status = { told: status, at: Date.now() };
    this.#isTrying = false;
    this.#options.onChange();
  }

  /** All of the page under its `head`: the charts, how old their figures are, and what failed. */
  template(head: TemplateResult): TemplateResult {
    const failure = this.#status?.told.failure ?? null;
    const retry = { say: this.#options.say, isTrying: this.#isTrying, onRetry: () => this.#retry() };
    const isThere = this.#answer !== undefined;
    this.tellAge();
    return html`<header>
        ${head}
        <div class="status">${this.#age.element}</div>
      </header>
      <main class="main">
        <div class="panel scrolling" role="tabpanel" id=${panelIdOf('history')} aria-labelledby="tab-history">
          ${
            isThere || failure === null
              ? this.#place
              : html`<div class="instead">
                  <p class="what">${failure.text}</p>
                  ${failure.advice === null ? nothing : html`<p>${failure.advice}</p>`}
                  ${retryTemplate(retry, 'main-deed')}
                </div>`
          }
        </div>
      </main>
      ${troubleTemplate({ failure: isThere ? failure : null, ...retry })}`;
  }

  #retry(): void {
    this.#isTrying = true;
    this.#options.retry();
    this.#options.onChange();
  }

  /** To be called as time goes by. */
  tellAge(): void {
    const { told, at = 0 } = this.#status ?? {};
    const ageMs = told?.ageMs ?? null;
    this.#age.show({
      age: ageMs === null ? undefined : ageMs + Date.now() - at,
      hasFailed: told?.failure != null,
      say: this.#options.say,
    });
  }

  async #load(): Promise<void> {
    const { say } = this.#options;
    render(html`<p class="nothing">${say(words('Loading the charts…'))}</p>`, this.#place);
    try {
      const { src, nonce } = this.#source;
      const charts = await loadCharts(new URL('charts.js', src).href, nonce);
      render(nothing, this.#place);
      this.#view = charts.mount({ ...this.#options, place: this.#place });
      if (this.#answer !== undefined) this.#view.show(this.#answer);
    } catch {
      render(
        html`<div class="instead">
          <p class="what">${say(words('The charts could not be loaded.'))}</p>
          <button class="main-deed" @click=${() => void this.#load()}>${say(words('Try Again'))}</button>
        </div>`,
        this.#place,
      );
    }
  }
}
