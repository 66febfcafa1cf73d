import type { Row } from '../contract';
import type { Open } from '../model/heights';
import { MOST_OPEN } from '../place-contract';

/** Pixels that an open row is higher by until it was on the screen: two lines of details. */
const LIKELY = 52;

/** Which rows are open: each shows all it holds under itself, hidden columns too. */
export class Opened {
  #ids = new Set<string>();
  /** Pixels of the details, by row, as the browser told last. */
  readonly #heights = new Map<string, number>();
  readonly #rows = new WeakMap<Element, string>();
  readonly #sizes: ResizeObserver;

  /** `onChange` where the details of a row turn out to need other room than thought, before that is painted. */
  constructor(onChange: () => void) {
    this.#sizes = new ResizeObserver((entries) => {
      let isOther = false;
      for (const { target, borderBoxSize } of entries) {
        const id = this.#rows.get(target);
        // Rows stand at whole pixels. None where it is hidden.
        const height = Math.ceil(borderBoxSize[0]?.blockSize ?? 0);
        if (id === undefined || height === 0 || height === this.#heights.get(id)) continue;
        this.#heights.set(id, height);
        isOther = true;
      }
      if (isOther) onChange();
    });
  }

  /** Details that were drawn for a row: told of once they are laid out, and whenever they need other room. */
  watch(details: Element, id: string): void {
    this.#rows.set(details, id);
    // Told anew, also where another row with the same height was shown.
    this.#sizes.unobserve(details);
    this.#sizes.observe(details);
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
    this.#heights.clear();
  }

  /** Those that were opened last. */
  get kept(): string[] {
    return [...this.#ids].slice(-MOST_OPEN);
  }

  /** The open ones among these rows, and how much higher they are. */
  among(rows: readonly Row[]): readonly Open[] {
    if (this.#ids.size === 0) return [];
    return rows.flatMap(({ id }, index) =>
      this.#ids.has(id) ? [{ index, extra: this.#heights.get(id) ?? LIKELY }] : [],
    );
  }
}
