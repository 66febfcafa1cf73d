import type * as vscode from 'vscode';
import { type Words, words } from '../bybit/words';
import { veiled } from './privacy';

const KEY = 'hideAmounts';

/** Whether amounts are hidden on this screen. A matter of looks: flows and reviews show what is about to be done. */
export class PrivacyMode {
  readonly #memento: vscode.Memento;
  readonly #redraw: () => void;
  readonly #tell: (sentence: Words) => void;

  /** `tell` says in passing what a command did: where no amount is in sight nothing else would. */
  constructor(memento: vscode.Memento, redraw: () => void, tell: (sentence: Words) => void) {
    this.#memento = memento;
    this.#redraw = redraw;
    this.#tell = tell;
  }

  get isOn(): boolean {
    return this.#memento.get<unknown>(KEY) === true;
  }

  async toggle(): Promise<void> {
    await this.#memento.update(KEY, !this.isOn);
    this.#redraw();
    this.#tell(this.isOn ? words('Amounts are hidden.') : words('Amounts are shown.'));
  }

  /** The sentence as this screen may show it. */
  show(sentence: Words): Words {
    return this.isOn ? veiled(sentence) : sentence;
  }
}
