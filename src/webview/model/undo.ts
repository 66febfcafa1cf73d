/** A value with the way back: what it was before each step. */
export class Undo<T> {
  readonly #first: T;
  #now: T;
  #past: readonly T[] = [];
  /** Where a step that is under way began. */
  #start: { readonly value: T } | undefined;

  constructor(first: T) {
    this.#first = first;
    this.#now = first;
  }

  get now(): T {
    return this.#now;
  }

  get canUndo(): boolean {
    return this.#past.length > 0 || this.#start !== undefined;
  }

  /** A value on the way, while something is dragged: the way back leads to before it was. */
  drag(value: T): void {
    if (value === this.#now) return;
    this.#start ??= { value: this.#now };
    this.#now = value;
  }

  /** A step ends with this value. */
  set(value: T): void {
    const before = this.#start?.value ?? this.#now;
    this.#start = undefined;
    this.#now = value;
    this.#past = [...this.#past, before];
  }

  /** Back to before the last step, or to where the one under way began. */
  undo(): void {
    if (this.#start !== undefined) {
      this.#now = this.#start.value;
      this.#start = undefined;
      return;
    }
    const last = this.#past.at(-1);
    if (last === undefined) return;
    this.#now = last;
    this.#past = this.#past.slice(0, -1);
  }

  /** Back to the first value: a step of its own, that can be undone. */
  reset(): void {
    this.set(this.#first);
  }
}
