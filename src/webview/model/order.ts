import { compare, type Decimal } from '../../bybit/decimal';
import { type Column, isNumber, type Row, type Table } from '../contract';
import type { Look } from '../look-contract';
import { isOf, passesFilter } from './condition';

const NONE: ReadonlySet<string> = new Set();

type Compare = (a: Row, b: Row) => number;
type Sort = Look['sort'];

/**
 * The rows that pass the filters, in the order asked for, those of favourite coins before all others; rows alike in
 * everything keep the order of the exchange. Columns behind those that are shown filter and sort as well, as long as none that
 * is shown bears their id.
 */
export function shownRows(
  table: Pick<Table, 'rows' | 'columns' | 'behind'>,
  { filter, sort, filters = [] }: Pick<Look, 'filter' | 'sort'> & Partial<Look>,
  favourites: ReadonlySet<string> = NONE,
): readonly Row[] {
  const columns = allColumns(table);
  const rows = passing(filtered(table.rows, filter), columns, filters);
  const compares = sort.flatMap(({ column, descending }) => {
    const index = columns.findIndex(({ id }) => id === column);
    const found = columns[index];
    return found === undefined ? [] : [byCell(index, found, descending)];
  });
  if (compares.length === 0) return favouritesFirst(rows, favourites);
  const sorted = [...rows].sort((a, b) => {
    for (const by of compares) {
      const order = by(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
  return favouritesFirst(sorted, favourites);
}

/** Those that are shown and those behind, in the order of the cells. */
export function allColumns({ columns, behind = [] }: Pick<Table, 'columns' | 'behind'>): readonly Column[] {
  return behind.length === 0 ? columns : [...columns, ...behind];
}

/** The rows of favourite coins before all others; both parts in the order they had. */
export function favouritesFirst(rows: readonly Row[], favourites: ReadonlySet<string>): readonly Row[] {
  if (favourites.size === 0) return rows;
  const isFirst = ({ coin }: Row) => coin !== null && favourites.has(coin);
  return [...rows.filter(isFirst), ...rows.filter((row) => !isFirst(row))];
}

/** Rows whose name contains one of the words, whatever their case. */
function filtered(rows: readonly Row[], filter: string): readonly Row[] {
  const wanted = filter
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return rows;
  return rows.filter(({ cells: [name] }) => {
    const own = (name ?? '').toLowerCase();
    return wanted.some((word) => own.includes(word));
  });
}

/** Rows that pass the filters of all columns; one of a column that is not there is none. */
function passing(rows: readonly Row[], columns: readonly Column[], filters: Look['filters']): readonly Row[] {
  const judges = filters.flatMap((filter) => {
    const index = columns.findIndex((column) => isOf(filter, column));
    return index < 0 ? [] : [{ index, passes: passesFilter(filter) }];
  });
  if (judges.length === 0) return rows;
  return rows.filter(({ cells }) => judges.every(({ index, passes }) => passes(cells[index] ?? null)));
}

/** Cells without a value come last, both ways. */
function byCell(index: number, column: Column, descending: boolean): Compare {
  const sign = descending ? -1 : 1;
  const values = isNumber(column.kind) ? byNumber : byText;
  return (rowA, rowB) => {
    const a = rowA.cells[index] ?? null;
    const b = rowB.cells[index] ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * values(a, b);
  };
}

function byNumber(a: string, b: string): number {
  // The contract let only decimals into columns of numbers.
  return compare(a as Decimal, b as Decimal);
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What a click on a column's head does: ascending, descending, none; others stay only when added to. */
export function sortedBy(sort: Sort, column: string, isAdded: boolean): Sort {
  const now = sort.find((entry) => entry.column === column);
  const others = isAdded ? sort.filter((entry) => entry.column !== column) : [];
  if (now === undefined) return [...others, { column, descending: false }];
  if (now.descending) return others;
  const turned = { column, descending: true };
  return isAdded ? sort.map((entry) => (entry.column === column ? turned : entry)) : [turned];
}
