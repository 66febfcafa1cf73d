import type { GridPlace } from '../place-contract';

/** Rows that are chosen to be copied: from where it began to where the keyboard is, or all. */
export class Selection {
  #anchor: string | undefined;
  #isAll = false;

  get isEmpty(): boolean {
    return this.#anchor === undefined && !this.#isAll;
  }

  clear(): void {
    this.#anchor = undefined;
    this.#isAll = false;
  }

  /** As it was kept. */
  restore(kept: GridPlace['chosen']): void {
    this.#isAll = kept === 'all';
    this.#anchor = kept === null || kept === 'all' ? undefined : kept.from;
  }

  get kept(): GridPlace['chosen'] {
    if (this.#isAll) return 'all';
    return this.#anchor === undefined ? null : { from: this.#anchor };
  }

  all(): void {
    this.#isAll = true;
  }

  /** Begins at that row, where it has not begun. */
  begin(id: string | undefined): void {
    this.#anchor ??= id;
    this.#isAll = false;
  }

  /** First and last index of the chosen rows; a row that is gone ends the choice of its range. */
  range(rows: readonly { readonly id: string }[], active: number): readonly [number, number] | undefined {
    if (rows.length === 0) return undefined;
    if (this.#isAll) return [0, rows.length - 1];
    if (this.#anchor === undefined || active < 0) return undefined;
    const from = rows.findIndex(({ id }) => id === this.#anchor);
    return from < 0 ? undefined : [Math.min(from, active), Math.max(from, active)];
  }
}
