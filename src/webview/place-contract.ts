import * as v from 'valibot';

// Where a person is in a grid: kept with how they look at it, by what rows and columns are called, since rows move.

/** Open rows that are kept; those that were opened last. */
export const MOST_OPEN = 50;
const MOST_ROWS = 20_000;
const MOST_PIXELS = 10_000_000;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_ROWS));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_PIXELS));

/** A row, and where it stood, for when it is gone. */
const rowEntries = { id, at: index };

export const gridPlaceEntries = {
  /** The first row in sight, and how much of it is not; null at the top. */
  top: v.nullable(v.object({ ...rowEntries, past: pixels })),
  left: pixels,
  /** The cell that the keyboard comes to, in no row where it is in the head; null before the keyboard was there. */
  cell: v.nullable(v.object({ row: v.nullable(v.object(rowEntries)), column: id })),
  /** Rows that are chosen: all, or from this one to the cell. */
  chosen: v.nullable(v.union([v.literal('all'), v.object({ from: id })])),
  open: v.pipe(v.array(id), v.maxLength(MOST_OPEN)),
};

const gridPlace = v.object(gridPlaceEntries);
export type GridPlace = v.InferOutput<typeof gridPlace>;

/** Where everybody begins. */
export const FIRST_PLACE: GridPlace = { top: null, left: 0, cell: null, chosen: null, open: [] };
