import { html, render } from 'lit/html.js';
import { words } from '../../bybit/words';
import { type Arranged, shifted, toggled } from '../model/columns';
import type { Say } from '../sentences';
import { type Anchor, Popup } from './popup';

export interface ColumnsPopupModel {
  /** All columns, at their places. */
  readonly columns: readonly Arranged[];
  readonly say: Say;
  readonly arrange: (columns: readonly Arranged[]) => void;
  /** Back to how they are by nature. */
  readonly reset: () => void;
}

/** Which columns are shown, and in which order. What is chosen holds at once. */
export class ColumnsPopup {
  readonly #popup = new Popup({ name: 'columns-popup' });
  #model: ColumnsPopupModel | undefined;

  open(anchor: Anchor, model: ColumnsPopupModel): void {
    this.show(model);
    this.#popup.open(anchor);
    this.#popup.element.querySelector('input')?.focus();
  }

  get isOpen(): boolean {
    return this.#popup.isOpen;
  }

  /** Draws anew, open or not. */
  show(model: ColumnsPopupModel): void {
    this.#model = model;
    const { columns, say, arrange, reset } = model;
    const title = say(words('Columns'));
    render(
      html`<div role="dialog" aria-label=${title}>
        <h2>${title}</h2>
        <ul>
          ${
            // The first one stays where it is.
            columns.slice(1).map(
              ({ column: { id, title: name }, isShown }) => html`<li>
              <label
                ><input
                  type="checkbox"
                  .checked=${isShown}
                  @change=${() => arrange(toggled(columns, id, !isShown))}
                />${name}</label
              >${this.#shift(id, -1, say(words('Move {0} up', name)))}${this.#shift(id, 1, say(words('Move {0} down', name)))}
            </li>`,
            )
          }
        </ul>
        <div class="deeds">
          <button class="quiet-deed" @click=${reset}>${say(words('Reset'))}</button>
          <button class="main-deed" @click=${() => this.#popup.close()}>${say(words('Done'))}</button>
        </div>
      </div>`,
      this.#popup.element,
    );
  }

  #shift(id: string, by: -1 | 1, label: string) {
    const columns = this.#model?.columns ?? [];
    return html`<button
      class="shift"
      aria-label=${label}
      title=${label}
      ?disabled=${shiftedInList(columns, id, by) === columns}
      @click=${() => this.#onShift(id, by)}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true"><path d=${by < 0 ? 'M2 8l4-4 4 4' : 'M2 4l4 4 4-4'} /></svg>
    </button>`;
  }

  /** The focus goes with the column; at the end of the way the button back takes it. */
  #onShift(id: string, by: -1 | 1): void {
    const before = this.#model;
    if (before === undefined) return;
    before.arrange(shiftedInList(before.columns, id, by));
    const at = this.#model?.columns.findIndex(({ column }) => column.id === id) ?? 0;
    const buttons = this.#popup.element.querySelectorAll(`li:nth-child(${at}) > :enabled`);
    const button = buttons[by < 0 ? 0 : buttons.length - 1];
    if (button instanceof HTMLElement) button.focus();
  }
}

/** In the list every column is a step, hidden ones, too. */
function shiftedInList(columns: readonly Arranged[], id: string, by: -1 | 1): readonly Arranged[] {
  const moved = shifted(
    columns.map((one) => ({ ...one, isShown: true })),
    id,
    by,
  );
  const shown = new Map(columns.map((one) => [one.column.id, one]));
  const order = moved.flatMap(({ column }) => shown.get(column.id) ?? []);
  return order.every((one, index) => one === columns[index]) ? columns : order;
}
