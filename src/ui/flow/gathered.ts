import type { Disposable } from 'vscode';

/** A poll changes a dozen parts, each when its answer comes: sooner than this nobody reads what has changed. */
const GATHER_MS = 200;

/** Work that is asked for again and again: done at once, then at most once in a fifth of a second, and a last time at the end. */
export class Gathered implements Disposable {
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsked = false;

  constructor(work: () => void) {
    this.#work = work;
  }

  ask(): void {
    this.#isAsked = true;
    if (this.#timer === undefined) this.#do();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #do(): void {
    this.#timer = undefined;
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.#timer = setTimeout(() => this.#do(), GATHER_MS);
    this.#work();
  }
}
