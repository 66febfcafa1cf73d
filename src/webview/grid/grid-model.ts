import type { Column, Deed, Row, Table, View } from '../contract';
import type { ColumnFilter, Look } from '../look-contract';
import type { Changes } from '../model/changes';
import type { Arranged } from '../model/columns';
import type { GridPlace } from '../place-contract';
import type { Say } from '../sentences';

/** What the grid needs of a table. */
export type GridTable = Pick<Table, 'title' | 'columns'> & { readonly id: string };

/** Everything the grid draws. */
export interface GridModel {
  readonly table: GridTable;
  /** Those that are shown, in order; the first one stays when the others scroll. */
  readonly columns: readonly Arranged[];
  /** The rows of the table that are shown, in order. */
  readonly rows: readonly Row[];
  /** How many rows are going to follow these. */
  readonly missing?: number;
  /** Whether a person may give columns other places and widths. */
  readonly isArrangeable?: boolean;
  /** By what the rows are sorted, all of it of this table. */
  readonly sort: Look['sort'];
  /** Filters of the columns; undefined where columns are not filtered. */
  readonly filters?: Look['filters'];
  readonly period: View['period'];
  readonly locale: string;
  /** Coins that are favourites; undefined where rows are not marked as such. */
  readonly favourites?: ReadonlySet<string>;
  readonly changes: Changes;
  /** Whether what rows offer can be started. */
  readonly canAct: boolean;
  /** Where it begins when the table comes to the screen. */
  readonly place?: GridPlace;
  readonly say: Say;
}

export interface GridDeeds {
  /** Another order is wanted. */
  sort(sort: Look['sort']): void;
  /** The person is in a row. */
  enter?(row: Row): void;
  /** Begins what a row offers. */
  start(deed: Deed): void;
  /** Shows the charts of a coin. */
  history?(coin: string): void;
  /** Puts a text on the clipboard; it holds these rows. */
  copy(text: string, rows: readonly Row[]): void;
  /** Columns have other places or widths. */
  arrange?(shown: readonly Arranged[]): void;
  /** A coin becomes a favourite, or is none any more. */
  favourite?(coin: string, isFavourite: boolean): void;
  /** Other rows may be in sight. */
  scrolled?(): void;
  /** The person may be at another place of the table. */
  moved?(): void;
  /** A column gets another filter, or none. */
  filter?(column: Column, filter: ColumnFilter | null): void;
}
