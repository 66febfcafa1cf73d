import { type Words, words } from '../bybit/words';
import type { Row, Status } from './contract';

type Costs = Status['costs'];

/**
 * Costs rest on offers, which are read for rows in sight alone. Who takes more rows along wants those of all: asks for them, and
 * does what can wait once they are read.
 */
export class WholeCosts {
  readonly #ask: () => void;
  #waiting: (() => void) | undefined;
  #isCopied = false;
  #isBegun = false;

  /** `ask` has the offers of all rows read; the host answers in any case. */
  constructor(ask: () => void) {
    this.#ask = ask;
  }

  /** Does it once all is read that can be; at once where nothing is missing. */
  first(costs: Costs | undefined, run: () => void): void {
    if (costs == null || costs.read >= costs.all || costs.reach === 'all') {
      run();
      return;
    }
    this.#waiting = run;
    this.#ask();
  }

  /** Copies these rows as they are, and has the offers read that are missing. */
  copied(rows: readonly Row[], copy: () => void): void {
    copy();
    if (!rows.some(({ notes }) => notes?.some((note) => note?.mark === 'unread') === true)) return;
    this.#isCopied = true;
    this.#ask();
  }

  /** What the host said last; gives what is to be done when that is on the screen. */
  told(costs: Costs): (() => void) | undefined {
    // Reading that ended before its end was given up: somebody looked at something else.
    const isOver = costs === null || costs.reach === 'all' || (costs.reach === 'sight' && this.#isBegun);
    this.#isBegun = costs?.reach === 'reading';
    if (!isOver) return undefined;
    const run = costs?.reach === 'all' ? this.#waiting : undefined;
    this.#waiting = undefined;
    this.#isCopied = false;
    return run;
  }

  /** What a person has to know meanwhile. */
  get words(): Words | undefined {
    if (this.#waiting !== undefined) return words('CSV follows when all are read.');
    return this.#isCopied ? words('Copied before all were read.') : undefined;
  }
}
