import * as v from 'valibot';
import { MARK_KINDS } from '../operations/definition';
import { decimalText } from '../operations/params';
import { schemaOfOperation } from '../operations/schema';

/** Version of the lines written now. Lines of other versions are kept and skipped. */
export const JOURNAL_VERSION = 1;

/** Characters of a review that are kept. */
export const MOST_REVIEW = 20_000;

const texts = v.pipe(v.array(v.string()), v.readonly());
const words = v.object({ text: v.string(), args: texts });

const total = v.object({
  what: v.picklist(MARK_KINDS),
  coin: v.string(),
  id: v.optional(v.string()),
  amount: decimalText,
});

const baseline = v.object({ ids: texts, totals: v.pipe(v.array(total), v.readonly()) });
/** What the exchange showed just before an operation was sent: ids of its history, and amounts the operation moves. */
export type Baseline = v.InferOutput<typeof baseline>;
export type Total = v.InferOutput<typeof total>;

const common = {
  v: v.literal(JOURNAL_VERSION),
  /** Of the operation. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Local epoch milliseconds. */
  at: v.number(),
};

/** Confirmed by a person; written and flushed before anything is sent. */
const intent = v.object({
  ...common,
  type: v.literal('intent'),
  operation: schemaOfOperation,
  title: words,
  baseline,
  /** Before -> after as the person saw and confirmed it, in their language. */
  review: v.optional(v.pipe(v.string(), v.maxLength(MOST_REVIEW))),
});
/** Leaves now, signed with the time `t` (server clock, milliseconds); once more after a clean refusal. */
const sent = v.object({ ...common, type: v.literal('sent'), t: v.number() });
/** What came back, or what later reads showed, short of an end. */
const state = v.object({
  ...common,
  type: v.literal('state'),
  state: v.picklist(['processing', 'unknown', 'needsLook']),
  code: v.optional(v.string()),
  recordId: v.optional(v.string()),
  /** Whether the exchange's answer itself said that it took it. */
  accepted: v.optional(v.boolean()),
});
/** The end. */
const verdict = v.object({
  ...common,
  type: v.literal('verdict'),
  state: v.picklist(['done', 'failed', 'refused', 'absent']),
  words,
  code: v.optional(v.string()),
  recordId: v.optional(v.string()),
  /** A person's word where nothing could be read. */
  by: v.picklist(['desk', 'person']),
});

export const journalEvent = v.variant('type', [intent, sent, state, verdict]);
/** One line of the journal. */
export type JournalEvent = v.InferOutput<typeof journalEvent>;
export type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { readonly type: Type }>;
