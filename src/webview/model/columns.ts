import type { Column, Kind } from '../contract';
import { type ColumnLook, LEAST_WIDTH, MOST_COLUMNS, MOST_WIDTH } from '../look-contract';

/** Pixels. */
const WIDTHS: Readonly<Record<Kind, number>> = {
  name: 176,
  /** A date and a time, to the minute. */
  moment: 192,
  text: 140,
  /** Sentences. */
  long: 280,
  short: 96,
  rate: 92,
  ratio: 108,
  amount: 132,
  usd: 120,
  /** With a figure in the coin under it. */
  cost: 200,
  count: 108,
  days: 112,
  times: 100,
  spark: 120,
};

/** A column at its place. */
export interface Arranged {
  readonly column: Column;
  /** Its index among the cells of a row. */
  readonly at: number;
  /** Pixels. */
  readonly width: number;
  readonly isShown: boolean;
}

/**
 * All columns in the order a person gave them. The first one, the name, stays first and shown; columns the person has not
 * seen yet stand after the one they follow by nature.
 */
export function arranged(columns: readonly Column[], kept: readonly ColumnLook[] = []): readonly Arranged[] {
  const looks = new Map(kept.map((look) => [look.id, look]));
  const places = new Map(columns.map((column, at) => [column.id, { column, at }]));
  const [first] = columns;
  const order = merged(
    kept.map(({ id }) => id),
    columns.map(({ id }) => id),
  );
  return [...new Set([...(first === undefined ? [] : [first.id]), ...order])].flatMap((id) => {
    const place = places.get(id);
    if (place === undefined) return [];
    const look = looks.get(id);
    const isShown = place.at === 0 || look?.isShown !== false;
    return [{ ...place, width: look?.width ?? WIDTHS[place.column.kind], isShown }];
  });
}

/** What is kept of an arrangement; what was kept of columns that are not there stays, at its place. */
export function keptOf(columns: readonly Arranged[], before: readonly ColumnLook[]): ColumnLook[] {
  const looks = new Map(before.map((look) => [look.id, look]));
  for (const { column, width, isShown } of columns) {
    const { id, kind } = column;
    looks.set(id, { id, width: width === WIDTHS[kind] ? null : width, isShown });
  }
  const order = merged(
    columns.map(({ column }) => column.id),
    before.map(({ id }) => id),
  );
  return order.flatMap((id) => looks.get(id) ?? []).slice(0, MOST_COLUMNS);
}

/** The first order, and in it what only the second has: after the one that stands before it there. */
function merged(order: readonly string[], other: readonly string[]): readonly string[] {
  const all = [...order];
  for (const [index, id] of other.entries()) {
    if (all.includes(id)) continue;
    const before = other[index - 1];
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, id);
  }
  return all;
}

/** With another width, within bounds; without one that which its kind has. */
export function widened(columns: readonly Arranged[], id: string, width?: number): readonly Arranged[] {
  return columns.map((one) => {
    if (one.column.id !== id) return one;
    const wanted = width ?? WIDTHS[one.column.kind];
    return { ...one, width: Math.round(Math.max(LEAST_WIDTH, Math.min(wanted, MOST_WIDTH))) };
  });
}

/** Shown or hidden; the first one cannot be hidden. */
export function toggled(columns: readonly Arranged[], id: string, isShown: boolean): readonly Arranged[] {
  return columns.map((one, index) => (one.column.id === id && index > 0 ? { ...one, isShown } : one));
}

/** One place on or back among those that are shown; nothing takes the place of the first. */
export function shifted(columns: readonly Arranged[], id: string, by: -1 | 1): readonly Arranged[] {
  const from = columns.findIndex(({ column }) => column.id === id);
  let to = from + by;
  while (columns[to]?.isShown === false && columns[from]?.isShown === true) to += by;
  const one = columns[from];
  if (one === undefined || from < 1 || to < 1 || to >= columns.length) return columns;
  const others = columns.filter((each) => each !== one);
  return [...others.slice(0, to), one, ...others.slice(to)];
}

/** Tracks of the rows and of the head; the last one takes what is left, so that rows reach the edge. */
export function templateColumns(columns: readonly Arranged[]): string {
  return `${columns.map(({ width }) => `${width}px`).join(' ')} minmax(0, 1fr)`;
}
