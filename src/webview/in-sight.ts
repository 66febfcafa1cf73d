import { MOST_IN_SIGHT } from './contract';

/** Scrolling rests after this long. */
const REST_MS = 300;

/** Tells the host which rows are in sight, once the scrolling rests, and only when they are others than before. */
export class InSight {
  readonly #rows: () => readonly string[];
  readonly #send: (rows: string[]) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was told last. */
  #told = '';

  /** `rows` gives the ids of the rows in sight. */
  constructor(rows: () => readonly string[], send: (rows: string[]) => void) {
    this.#rows = rows;
    this.#send = send;
  }

  /** Other rows may be in sight; `isWanted` is whether anybody needs to know. */
  moved(isWanted: boolean): void {
    clearTimeout(this.#timer);
    if (!isWanted) return;
    this.#timer = setTimeout(() => {
      const rows = this.#rows().slice(0, MOST_IN_SIGHT);
      const told = rows.join('\n');
      if (rows.length === 0 || told === this.#told) return;
      this.#told = told;
      this.#send(rows);
    }, REST_MS);
  }
}
