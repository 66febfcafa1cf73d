import type * as vscode from 'vscode';
import type { Words } from '../bybit/words';
import { veiled } from './privacy';

const KEY = 'hideAmounts';

/** Whether amounts are hidden on this screen. A matter of looks: flows and reviews show what is about to be done. */
export class PrivacyMode {
  readonly #memento: vscode.Memento;
  readonly #redraw: () => void;

  constructor(memento: vscode.Memento, redraw: () => void) {
    this.#memento = memento;
    this.#redraw = redraw;
  }

  get isOn(): boolean {
    return this.#memento.get<unknown>(KEY) === true;
  }

  async toggle(): Promise<void> {
    await this.#memento.update(KEY, !this.isOn);
    this.#redraw();
  }

  /** The sentence as this screen may show it. */
  show(sentence: Words): Words {
    return this.isOn ? veiled(sentence) : sentence;
  }
}
