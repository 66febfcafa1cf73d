import * as v from 'valibot';
import { isDecimal } from '../bybit/decimal';
import type { RecordFilter } from '../desk/records/filter';
import { RECORD_KINDS } from '../desk/records/record';
import { obstacle, wayOn } from './obstacle-contract';
import { copiedText } from './sheet-contract';
import { parserOf } from './wire';

// Everything that crosses between the extension host and the page of the account's history, and nothing else.

const MOST_RECORDS = 100_000;

const text = v.pipe(v.string(), v.maxLength(4_000));
const milliseconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const session = v.pipe(v.string(), v.minLength(16), v.maxLength(64));
const kind = v.picklist(RECORD_KINDS);

const recordRow = v.object({
  /** Unique among all rows. */
  id: text,
  /** Epoch milliseconds. */
  time: milliseconds,
  kind,
  coin: text,
  /** Exact, in the coin; null where the history does not tell it or amounts are hidden. */
  amount: v.nullable(v.pipe(v.string(), v.maxLength(1_000), v.check(isDecimal))),
  system: text,
  what: text,
  state: text,
  details: text,
});
export type RecordRow = v.InferOutput<typeof recordRow>;

const failure = v.object({ text, advice: v.nullable(text) });

const recordsState = v.object({
  /** Whose history it is: account and environment. */
  source: text,
  /** Why there is nothing to read, e.g. no account; null when there is. */
  obstacle: v.nullable(obstacle),
  rows: v.pipe(v.array(recordRow), v.maxLength(MOST_RECORDS)),
  isReading: v.boolean(),
  /** Whether every history was read to its end. */
  isComplete: v.boolean(),
  /** Histories that are missing, one sentence each. */
  failures: v.pipe(v.array(failure), v.maxLength(100)),
  /** When it was begun to be read, epoch milliseconds; null before. */
  readAt: v.nullable(milliseconds),
  areAmountsHidden: v.boolean(),
});
export type RecordsState = v.InferOutput<typeof recordsState>;

const filter = v.object({
  kind: v.union([v.literal(''), kind]),
  coin: v.pipe(v.string(), v.maxLength(200)),
  from: v.pipe(v.string(), v.maxLength(10)),
  to: v.pipe(v.string(), v.maxLength(10)),
}) satisfies v.GenericSchema<unknown, RecordFilter>;

/** A filter that was kept somewhere; undefined where it is none. */
export function recordFilterOf(kept: unknown): RecordFilter | undefined {
  const parsed = v.safeParse(filter, kept);
  return parsed.success ? parsed.output : undefined;
}

const hostMessage = v.variant('type', [
  /** The answer to `ready`. */
  v.object({
    type: v.literal('start'),
    session,
    /** BCP 47. */
    locale: v.pipe(v.string(), v.maxLength(60)),
    /** Sentences by their English text. */
    strings: v.record(text, text),
  }),
  /** Everything that is shown, anew. */
  v.object({ type: v.literal('records'), session, state: recordsState }),
]);
export type RecordsHostMessage = v.InferOutput<typeof hostMessage>;

const pageMessage = v.variant('type', [
  v.object({ type: v.literal('ready'), session }),
  /** Read on: the next pages, or all there are. */
  v.object({ type: v.literal('more'), session, all: v.boolean() }),
  /** To an account that can be shown. */
  v.object({ type: v.literal('wayOn'), session, way: wayOn }),
  /** Read everything anew. */
  v.object({ type: v.literal('again'), session }),
  /** Save what passes the filter as a file. */
  v.object({ type: v.literal('export'), session, filter }),
  /** To the clipboard. */
  v.object({ type: v.literal('copy'), session, text: copiedText }),
]);
export type RecordsPageMessage = v.InferOutput<typeof pageMessage>;

export const parseRecordsHostMessage = parserOf(hostMessage);
export const parseRecordsPageMessage = parserOf(pageMessage);
