import type { TableId, TablePlace } from './contract';
import type { Grid } from './grid/grid';
import { FIRST_PLACE, type GridPlace } from './place-contract';

/** Moving rests after this long. */
const REST_MS = 300;

export interface PlacesOptions {
  readonly grid: Pick<Grid, 'place' | 'leave'>;
  /** The table that the grid shows, while it shows one. */
  readonly table: () => TableId;
  readonly kept: () => readonly TablePlace[];
  readonly keep: (places: TablePlace[]) => void;
}

/** Where a person is in each table: kept when the moving rests, and before the table leaves the screen. */
export class Places {
  readonly #options: PlacesOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PlacesOptions) {
    this.#options = options;
    // The page may be thrown away before the moving has rested.
    window.addEventListener('pagehide', () => this.keep());
  }

  /** Where the table begins when it comes to the screen. */
  of(table: TableId): GridPlace {
    return this.#options.kept().find((one) => one.table === table) ?? FIRST_PLACE;
  }

  /** A person may be elsewhere by now. */
  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), REST_MS);
  }

  keep(): void {
    clearTimeout(this.#timer);
    const { grid, table: shown, kept, keep } = this.#options;
    const { place } = grid;
    const table = shown();
    if (place === undefined || isSame(place, this.of(table))) return;
    const others = kept().filter((one) => one.table !== table);
    keep(isSame(place, FIRST_PLACE) ? others : [...others, { table, ...place }]);
  }

  /** Whether the grid is on the screen from now on. */
  show(isShown: boolean): void {
    if (isShown) return;
    this.keep();
    this.#options.grid.leave();
  }
}

function isSame(one: GridPlace, other: GridPlace): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ top, left, cell, chosen, open }: GridPlace): string {
  return JSON.stringify([
    top && [top.id, top.at, top.past],
    left,
    cell && [cell.row && [cell.row.id, cell.row.at], cell.column],
    chosen !== null && chosen !== 'all' ? chosen.from : [chosen],
    open,
  ]);
}
