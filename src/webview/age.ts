import { html, nothing, render } from 'lit/html.js';
import { words } from '../bybit/words';
import { formatAge } from '../desk/format';
import { utcTime } from '../desk/utc';
import type { Say } from './sentences';

/** From this age on it helps to know the time, too. */
const OLD_MS = 60_000;

export interface AgeModel {
  /** Milliseconds since what is shown was read; undefined where nothing was. */
  readonly age: number | undefined;
  /** Whether reading it anew failed. */
  readonly hasFailed: boolean;
  readonly say: Say;
}

/** How old is what is shown. By itself, since it grows by the second: nothing else of the page is drawn for it. */
export class Age {
  readonly element = document.createElement('span');
  #told = '';

  show({ age, hasFailed, say }: AgeModel): void {
    this.element.className = hasFailed ? 'age failed' : 'age';
    const now = Date.now();
    const read = age === undefined ? '' : say(words('Read {0}', say(formatAge(age))));
    const at = age === undefined || age < OLD_MS ? '' : utcTime(now - age, now);
    const told = `${read} ${at}`;
    if (told === this.#told) return;
    this.#told = told;
    render(html`${read}${at === '' ? nothing : html`<span class="at"> · ${at}</span>`}`, this.element);
  }
}
