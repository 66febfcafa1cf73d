/** What tells rows apart. */
interface ListRow {
  readonly value: unknown;
  readonly label: string;
}

/**
 * Rows of a list that changed their places while a person looked at it. VS Code tells which row was accepted by its place in the
 * list that was on the screen then: an Enter that was on its way while the list was drawn anew names the neighbour of the row that was
 * seen.
 */
export class MovedRows<Row extends ListRow> {
  /** Lists that may still be on the screen, the latest last. */
  readonly #before = new Set<readonly Row[]>();

  /** Another list is on its way to the screen in place of `rows`; to be called, what it returns, when it has come there. */
  replaced(rows: readonly Row[]): () => void {
    const before = [...rows];
    this.#before.add(before);
    return () => this.#before.delete(before);
  }

  /** The other row that may have been seen where `row` stands now; undefined where it can only have been this one. */
  doubt(place: number, row: Row): Row | undefined {
    return [...this.#before]
      .flatMap((rows) => rows[place] ?? [])
      .findLast(({ value, label }) => value !== undefined && value !== row.value && label !== row.label);
  }
}
