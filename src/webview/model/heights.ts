/** A row that is higher than the others. */
export interface Open {
  readonly index: number;
  /** Pixels more. */
  readonly extra: number;
}

/** Where rows lie, when all are alike but a few: positions in pixels from the top of the first. */
export class Heights {
  readonly #row: number;
  readonly #count: number;
  readonly #open: readonly Open[];

  /** `open` in ascending order. */
  constructor(row: number, count: number, open: readonly Open[] = []) {
    this.#row = row;
    this.#count = count;
    this.#open = open;
  }

  get total(): number {
    return this.topOf(this.#count);
  }

  topOf(index: number): number {
    let top = index * this.#row;
    for (const one of this.#open) if (one.index < index) top += one.extra;
    return top;
  }

  /** The row at a position; the first or last one beyond the ends. */
  indexAt(position: number): number {
    let above = 0;
    let most = this.#count - 1;
    for (const { index, extra } of this.#open) {
      const end = (index + 1) * this.#row + above + extra;
      if (position < end) {
        // Not beyond this row, however far down its extra height reaches.
        most = Math.min(most, index);
        break;
      }
      above += extra;
    }
    const index = Math.floor((position - above) / this.#row);
    return Math.max(0, Math.min(index, most));
  }
}
