import { html, nothing, render } from 'lit/html.js';
import { type Keys, keysText } from '../model/key-names';
import type { Say } from '../sentences';
import { type Anchor, Popup } from './popup';

export interface MenuItem {
  readonly title: string;
  /** Keys that do the same. */
  readonly keys?: Keys;
  readonly run: () => void;
}

/** A menu as ARIA has it. It goes when the focus leaves it; the focus goes back to where it was. */
export class Menu {
  readonly #popup = new Popup({ name: 'menu', mode: 'manual', prepare: (element) => this.#hear(element) });
  #back: (() => void) | undefined;

  #hear(element: HTMLElement): void {
    element.addEventListener('keydown', (event) => this.#onKey(event));
    element.addEventListener('contextmenu', (event) => event.preventDefault());
    element.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) this.#popup.close();
    });
  }

  open(
    anchor: Anchor,
    label: string,
    items: readonly MenuItem[],
    { say, back }: { readonly say: Say; readonly back: () => void },
  ): void {
    if (items.length === 0) return;
    // Of the machine that shows the page: the extension may run on another one.
    const isMac = navigator.platform.startsWith('Mac');
    this.#back = back;
    // Within a landmark of the page, so that those who go from one to the next find it.
    document.querySelector('main')?.append(this.#popup.element);
    render(
      html`<div role="menu" aria-label=${label}>
        ${items.map(
          ({ title, keys, run }) => html`<button role="menuitem" tabindex="-1" @click=${() => this.#run(run)}>
            <span>${title}</span>${keys === undefined ? nothing : html`<kbd aria-hidden="true">${keysText(keys, isMac, say)}</kbd>`}
          </button>`,
        )}
      </div>`,
      this.#popup.element,
    );
    this.#popup.open(anchor);
    this.#items()[0]?.focus();
  }

  #items(): readonly HTMLElement[] {
    return [...this.#popup.element.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  #leave(): void {
    this.#popup.close();
    this.#back?.();
  }

  #run(run: () => void): void {
    this.#leave();
    run();
  }

  #onKey(event: KeyboardEvent): void {
    // What is under the menu hears none of its keys.
    event.stopPropagation();
    const items = this.#items();
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const to = target(event.key, at, items);
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') this.#leave();
    else return;
    event.preventDefault();
  }
}

function target(key: string, at: number, items: readonly HTMLElement[]): number | undefined {
  const moves = new Map([
    ['ArrowDown', at + 1],
    ['ArrowUp', at - 1],
    ['Home', 0],
    ['End', items.length - 1],
  ]);
  if (key.length !== 1 || key === ' ') return moves.get(key);
  const begins = (item: HTMLElement) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
  const next = items.findIndex((item, index) => index > at && begins(item));
  const found = next >= 0 ? next : items.findIndex(begins);
  return found >= 0 ? found : at;
}
