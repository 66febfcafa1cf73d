import type { Row, Table } from '../contract';
import type { Open } from '../model/heights';
import { MOST_OPEN } from '../place-contract';

/** Pixels; the same in the styles (`.detail`). */
const LINE = 20;
const EDGES = 12;
const ENTRY = 240;
const SIDES = 46;

/** Which rows are open: each shows all it holds under itself, hidden columns too. */
export class Opened {
  #ids = new Set<string>();
  #room = 0;

  /** Whether it lies otherwise now that there is so much room, in pixels; none tells nothing, it is hidden then. */
  fit(room: number): boolean {
    const before = this.#perLine;
    if (room > 0) this.#room = room;
    return this.#ids.size > 0 && before !== this.#perLine;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  toggle(id: string): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
  }

  /** These, and no others. */
  restore(ids: readonly string[]): void {
    this.#ids = new Set(ids);
  }

  /** Those that were opened last. */
  get kept(): string[] {
    return [...this.#ids].slice(-MOST_OPEN);
  }

  /** The open ones among these rows, and how much higher they are. */
  among(rows: readonly Row[], { columns }: Pick<Table, 'columns'>): readonly Open[] {
    if (this.#ids.size === 0) return [];
    const extra = Math.ceil((columns.length - 1) / this.#perLine) * LINE + EDGES;
    return rows.flatMap(({ id }, index) => (this.#ids.has(id) ? [{ index, extra }] : []));
  }

  get #perLine(): number {
    return Math.max(1, Math.floor((this.#room - SIDES) / ENTRY));
  }
}
