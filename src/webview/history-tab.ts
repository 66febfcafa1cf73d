import { html, nothing, render } from 'lit/html.js';
import { words } from '../bybit/words';
import type { HistoryView } from './charts/history-view';
import { loadCharts } from './charts/load';
import type { HistoryAnswer, HistoryAsk } from './history-contract';
import type { Say } from './sentences';

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
}

/** The place of the charts: loads their bundle when it is looked at first, and hands on what arrives. */
export class HistoryTab {
  readonly element = document.createElement('div');
  readonly #source: ScriptSource;
  readonly #options: HistoryTabOptions;
  #view: HistoryView | undefined;
  #answer: HistoryAnswer | undefined;
  #isLoading = false;

  constructor(source: ScriptSource, options: HistoryTabOptions) {
    this.#source = source;
    this.#options = options;
    this.element.className = 'history';
  }

  /** It came to the screen. */
  open(): void {
    if (this.#view === undefined && !this.#isLoading) void this.#load();
  }

  show(answer: HistoryAnswer): void {
    this.#answer = answer;
    this.#view?.show(answer);
  }

  async #load(): Promise<void> {
    const { say } = this.#options;
    this.#isLoading = true;
    render(html`<p class="nothing">${say(words('Loading the charts…'))}</p>`, this.element);
    try {
      const { src, nonce } = this.#source;
      const charts = await loadCharts(new URL('charts.js', src).href, nonce);
      render(nothing, this.element);
      this.#view = charts.mount({ ...this.#options, place: this.element });
      if (this.#answer !== undefined) this.#view.show(this.#answer);
    } catch {
      render(
        html`<div class="instead">
          <p class="what">${say(words('The charts could not be loaded.'))}</p>
          <button class="main-deed" @click=${() => void this.#load()}>${say(words('Try Again'))}</button>
        </div>`,
        this.element,
      );
    } finally {
      this.#isLoading = false;
    }
  }
}
