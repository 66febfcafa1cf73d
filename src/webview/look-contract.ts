import * as v from 'valibot';
import { isDecimal } from '../bybit/decimal';

// How a person looks at one table: part of the panel's contract, and kept over restarts. What was added later is optional,
// so that a look which an older version kept still reads.

export const MOST_COLUMNS = 60;
/** Characters of a filter; the field takes no more, or the whole look would be refused. */
export const MOST_FILTER = 200;
/** Decimals of a number in a filter: more than any cell has. */
export const MOST_FILTER_PLACES = 40;
/** Pixels of a column. */
export const LEAST_WIDTH = 48;
export const MOST_WIDTH = 800;
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));

export const PERIODS = ['year', 'hour'] as const;

/**
 * What a column holds; see `src/desk/tables/table.ts`. `short` and `long` are texts that need less or more room, `moment` is
 * a date with its time as the name of a row.
 */
export const KINDS = [
  'name',
  'moment',
  'text',
  'short',
  'long',
  'rate',
  'ratio',
  'amount',
  'usd',
  'cost',
  'count',
  'days',
  'times',
  'spark',
] as const;

const NUMBER_OPS = ['>', '>=', '<', '<=', '=', '..'] as const;

const columnFilter = v.pipe(
  v.object({
    column: id,
    /** `has` for texts that contain the value; `..` from the first value to the second, both in but for what is `without`. */
    op: v.picklist(['has', ...NUMBER_OPS]),
    /** Text, or exact decimals in the unit that the column was shown in. */
    values: v.pipe(
      v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
      v.minLength(1),
      v.maxLength(2),
    ),
    /** Which ends of `..` are out. */
    without: v.optional(v.picklist(['low', 'high', 'both'])),
    /** Decimals that `=` compares, where zeros behind the value were typed, too; without, those of the value. */
    places: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_FILTER_PLACES))),
    /** A column that holds something else by now is another one. */
    kind: v.picklist(KINDS),
    /** Whether rates were by the year or by the hour when it was typed; it keeps that meaning. */
    period: v.picklist(PERIODS),
  }),
  v.check(
    ({ op, values }) =>
      values.length === (op === '..' ? 2 : 1) && (op === 'has' || values.every((value) => isDecimal(value))),
  ),
);
/** What the cells of one column have to be. */
export type ColumnFilter = v.InferOutput<typeof columnFilter>;

const columnLook = v.object({
  id,
  /** Pixels; null for what the kind of column has by itself. */
  width: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(LEAST_WIDTH), v.maxValue(MOST_WIDTH))),
  isShown: v.boolean(),
});
export type ColumnLook = v.InferOutput<typeof columnLook>;

export const lookEntries = {
  /** Part of the name. */
  filter: v.pipe(v.string(), v.maxLength(MOST_FILTER)),
  /** The first decides, each further one among rows that are alike so far. */
  sort: v.pipe(v.array(v.object({ column: id, descending: v.boolean() })), v.maxLength(MOST_COLUMNS)),
  /** At most one a column; all of them have to pass. */
  filters: v.optional(v.pipe(v.array(columnFilter), v.maxLength(MOST_COLUMNS)), []),
  /** In the order they stand; columns that are not named stand where they do by nature. */
  columns: v.optional(v.pipe(v.array(columnLook), v.maxLength(MOST_COLUMNS)), []),
};

const look = v.object(lookEntries);
/** How one table is looked at. */
export type Look = v.InferOutput<typeof look>;

export const FIRST_LOOK: Look = { filter: '', sort: [], filters: [], columns: [] };
