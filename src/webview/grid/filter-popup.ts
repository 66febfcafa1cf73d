import { live } from 'lit/directives/live.js';
import { html, nothing, render } from 'lit/html.js';
import { type Words, words } from '../../bybit/words';
import { type Column, isNumber } from '../contract';
import type { ColumnFilter } from '../look-contract';
import type { CellStyle } from '../model/cell-text';
import { conditionExamples, exactExample, filterText, readFilter } from '../model/condition';
import { unitOf } from '../model/units';
import type { Say } from '../sentences';
import { textOf } from '../text-of';
import { type Anchor, Popup } from './popup';

export interface FilterPopupModel {
  readonly column: Column;
  /** The filter there is already. */
  readonly filter: ColumnFilter | undefined;
  readonly style: CellStyle;
  readonly say: Say;
  /** Called with every text that is a filter, while it is typed; null for none. */
  readonly apply: (filter: ColumnFilter | null) => void;
}

/**
 * Asks for the filter of one column. What is typed holds at once. What is no filter is explained and changes nothing: who goes
 * away from it has the filter there was before.
 */
export class FilterPopup {
  readonly #popup = new Popup({ name: 'filter-popup' });
  #model: FilterPopupModel | undefined;
  #text = '';
  #problem: Words | undefined;

  open(anchor: Anchor, model: FilterPopupModel): void {
    // The one that is open may have something to take back.
    this.#popup.close();
    const { filter, style } = model;
    this.#model = { ...model, style: { ...style, period: filter?.period ?? style.period } };
    this.#text = filter === undefined ? '' : filterText(filter, style.locale);
    this.#problem = undefined;
    this.#draw();
    this.#popup.open(anchor, () => {
      // A part of what was typed may have been a filter.
      if (this.#problem !== undefined) model.apply(filter ?? null);
      this.#problem = undefined;
    });
    this.#popup.element.querySelector('input')?.select();
  }

  #type(text: string): void {
    const model = this.#model;
    if (model === undefined) return;
    this.#text = text;
    const read = readFilter(text, model.column, model.style);
    this.#problem = 'problem' in read ? read.problem : undefined;
    if ('filter' in read) model.apply(read.filter);
    this.#draw();
  }

  #draw(): void {
    const model = this.#model;
    if (model === undefined) return;
    const { column, style, say } = model;
    const unit = unitOf(column.kind, style.period, say);
    const problem = this.#problem;
    const title = say(words('Filter {0}', column.title));
    render(
      html`<div role="dialog" aria-label=${title}>
        <label for="condition">${title}${unit === undefined ? nothing : html`<span class="unit">${unit}</span>`}</label>
        <input
          id="condition"
          type="text"
          autocomplete="off"
          spellcheck="false"
          maxlength="200"
          aria-describedby="condition-help"
          aria-invalid=${problem === undefined ? 'false' : 'true'}
          .value=${live(this.#text)}
          @input=${(event: Event) => this.#type(textOf(event))}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key !== 'Enter') return;
            // The focus goes back to the button that opened this: the key would press it.
            event.preventDefault();
            this.#finish();
          }}
        />
        <p id="condition-help" class=${problem === undefined ? '' : 'notice'}>
          ${problem === undefined ? this.#help(column, style, say) : say(problem)}
        </p>
        <div class="deeds">
          <button class="quiet-deed" ?disabled=${this.#text === ''} @click=${() => this.#clear()}>
            ${say(words('Clear'))}
          </button>
          <button class="main-deed" @click=${() => this.#finish()}>${say(words('Done'))}</button>
        </div>
      </div>`,
      this.#popup.element,
    );
  }

  #help({ kind }: Column, { locale }: CellStyle, say: Say): string {
    return isNumber(kind)
      ? `${say(words('For example {0}', conditionExamples(locale)))}. ${say(exactExample(locale))}`
      : say(words('Part of the text, in any case.'));
  }

  /** What is no filter is there to be mended. */
  #finish(): void {
    if (this.#problem === undefined) this.#popup.close();
    else this.#popup.element.querySelector('input')?.focus();
  }

  #clear(): void {
    this.#type('');
    this.#popup.element.querySelector('input')?.focus();
  }
}
