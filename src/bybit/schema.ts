import * as v from 'valibot';
import { type Decimal, parseDecimal } from './decimal';

/** A decimal number; the exchange writes text, its type tables sometimes promise a number (API.md §12). */
export const amount = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.integer())], 'not a decimal number'),
  v.rawTransform<string | number, Decimal>(({ dataset, addIssue, NEVER }) => {
    const value = parseDecimal(String(dataset.value));
    if (value !== undefined) return value;
    addIssue({ message: 'not a decimal number' });
    return NEVER;
  }),
);

/** A decimal number or "", which means "not available", not zero. */
export const amountOrNone = v.union([
  v.pipe(
    v.literal(''),
    v.transform(() => undefined),
  ),
  amount,
]);

/** As {@link amountOrNone} for a field that older answers leave out. */
export const optionalAmount = v.optional(amountOrNone);

/** Ids are text inside: the same field comes as a number or as text and exceeds 2^53. */
export const id = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())], 'not an id'),
  v.transform(String),
);

/** A whole number that carries a code or a count. */
export const whole = v.pipe(
  v.union(
    [v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number)), v.number()],
    'not a whole number',
  ),
  v.safeInteger('not a whole number'),
);

/** Milliseconds since the epoch (UTC), as a number or text on the wire. */
export const milliseconds = v.pipe(whole, v.minValue(0, 'not a time'), v.maxValue(8.64e15, 'not a time'));

/** As {@link milliseconds}, or "" where there is no such moment (a loan without a due date). */
export const millisecondsOrNone = v.union([
  v.pipe(
    v.literal(''),
    v.transform(() => undefined),
  ),
  milliseconds,
]);

/** A whole number, or "" where none applies (the term of a flexible loan). */
export const wholeOrNone = v.union([
  v.pipe(
    v.literal(''),
    v.transform(() => undefined),
  ),
  whole,
]);

/** A yes or no written 1 or 0, as a number or as text. */
export const flag = v.pipe(
  whole,
  v.transform((value) => value === 1),
);

/** Seconds or milliseconds since the epoch, told apart by size (API.md §14); milliseconds inside. */
export const secondsOrMilliseconds = v.pipe(
  milliseconds,
  v.transform((time) => (time < 100_000_000_000 ? time * 1000 : time)),
);

/** Result of calls that answer `{}`. Unknown fields pass. */
export const nothing = v.looseObject({});

/** A page of a history: newest first; the cursor is opaque and undefined at the end (API.md §5). */
export function page<Row>(row: v.GenericSchema<unknown, Row>) {
  return v.looseObject({
    list: v.array(row),
    nextPageCursor: v.pipe(
      v.optional(v.nullable(v.string())),
      v.transform((cursor) => (cursor === '' || cursor === null ? undefined : cursor)),
    ),
  });
}

export interface PageRequest {
  /** Rows a page, "1" to "100"; the exchange takes 10 when left out. */
  readonly limit?: string;
  readonly cursor?: string;
}

/** Status of flexible borrowings, repayments and adjustments (API.md §10). */
export const Status = { success: 1, processing: 2, fail: 3 } as const;
