/** Milliseconds after which a letter begins a new word. */
const PAUSE_MS = 1_000;

/** Finds the row whose name begins with what is typed, until one pauses. */
export class TypeAhead {
  readonly #now: () => number;
  #typed = '';
  #last = Number.NEGATIVE_INFINITY;

  /** `now` is a clock in milliseconds that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether another letter would belong to the same word. */
  get isTyping(): boolean {
    return this.#typed !== '' && this.#now() - this.#last < PAUSE_MS;
  }

  /** Whether a key belongs to a name: a blank or a slash only within one, since alone they mean something else. */
  takes({ key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
    if (key.length !== 1 || ctrlKey || metaKey) return false;
    return this.isTyping || (key !== '/' && key !== ' ');
  }

  /** The row to go to from that one, or undefined where none begins so. The same letter again goes to the next row. */
  next(letter: string, names: readonly string[], from: number): number | undefined {
    const typed = (this.isTyping ? this.#typed : '') + letter.toLowerCase();
    this.#typed = typed;
    this.#last = this.#now();
    const [first = ''] = typed;
    const isOne = typed === first.repeat(typed.length);
    // The row one is in may go on matching while the word grows.
    return (
      found(names, typed, typed.length > 1 ? from : from + 1) ??
      (isOne ? found(names, first, from + 1) : undefined)
    );
  }
}

/** From that row on and round to it again. */
function found(names: readonly string[], begin: string, from: number): number | undefined {
  const { length } = names;
  for (let step = 0; step < length; step += 1) {
    const at = (from + step + length) % length;
    if (names[at]?.toLowerCase().startsWith(begin) === true) return at;
  }
  return undefined;
}
