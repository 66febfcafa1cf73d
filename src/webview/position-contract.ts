import * as v from 'valibot';
import { type Decimal, isDecimal } from '../bybit/decimal';
import { TERMS } from '../bybit/terms';
import { SERIES } from '../desk/history/series';
import { LINES } from '../desk/lines';
import { obstacle, wayOn } from './obstacle-contract';
import { parserOf } from './wire';

// Everything that crosses between the extension host and the position panel, and nothing else.

const MOST_TEXT = 1_000;
const MOST_ROWS = 2_000;

const text = v.pipe(v.string(), v.maxLength(MOST_TEXT));
const sentence = v.pipe(v.string(), v.maxLength(4_000));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_TEXT));
const milliseconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const session = v.pipe(v.string(), v.minLength(16), v.maxLength(64));
const exact = v.custom<Decimal>(
  (value) => typeof value === 'string' && value.length <= MOST_TEXT && isDecimal(value),
);
function rows<const Schema extends v.GenericSchema>(schema: Schema) {
  return v.pipe(v.array(schema), v.maxLength(MOST_ROWS));
}

// ── The account ─────────────────────────────────────────────────────────────

const coinAmount = v.object({ coin: text, amount: exact });
const band = v.object({ from: exact, to: v.nullable(exact), ratio: exact });

const SYSTEMS = ['flexible', 'fixed', 'legacy', 'institutional'] as const;
const system = v.picklist(SYSTEMS);

/** Flows that the page may lead into; they ask everything themselves and are only pre-filled from here. */
export const DEEDS = [
  'borrow',
  'borrowFixed',
  'repay',
  'repayWithCollateral',
  'adjustCollateral',
  'renew',
] as const;
export type DeedName = (typeof DEEDS)[number];

const pool = v.object({
  id,
  name: v.picklist(['shared', 'legacy', 'institutional']),
  title: text,
  record: v.nullable(text),
  debts: rows(
    v.object({
      coin: text,
      system,
      amount: exact,
      interest: v.nullable(exact),
      hourlyRate: v.nullable(exact),
    }),
  ),
  collateral: rows(coinAmount),
  wallet: rows(coinAmount),
  /** USD, by coin. */
  prices: rows(v.object({ coin: text, usd: exact })),
  bands: rows(v.object({ coin: text, bands: v.pipe(v.array(band), v.maxLength(100)) })),
  thresholds: v.object({
    initial: exact,
    marginCall: exact,
    delayedLiquidation: exact,
    liquidation: exact,
  }),
  /** The lines that the pool has of its own, from the first to the worst, in words. */
  lines: v.pipe(
    v.array(v.object({ line: v.picklist(LINES), name: text, past: text, meaning: text })),
    v.minLength(1),
    v.maxLength(LINES.length),
  ),
  /** Where the lines come from, and of when. */
  source: sentence,
  /** The LTV as the exchange itself shows it. */
  said: v.nullable(exact),
  /** When the oldest of what the figures rest on was read, local epoch milliseconds. */
  readAt: v.nullable(milliseconds),
  /** Whether the last read of any of it failed. */
  isStale: v.boolean(),
});
export type WirePool = v.InferOutput<typeof pool>;

const loan = v.object({
  /** Unique among all loans. */
  id,
  pool: id,
  system,
  record: v.nullable(text),
  coin: text,
  owed: exact,
  principal: v.nullable(exact),
  interest: v.nullable(exact),
  penalty: exact,
  /** Annual fraction. */
  annualRate: v.nullable(exact),
  isFloating: v.boolean(),
  prepaid: v.nullable(exact),
  start: v.nullable(milliseconds),
  due: v.nullable(milliseconds),
  /** Days. */
  term: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  isOverdue: v.boolean(),
  atMaturity: v.nullable(v.picklist(['repay', 'toFlexible', 'nothing'])),
  deeds: v.pipe(v.array(v.picklist(DEEDS)), v.maxLength(DEEDS.length)),
});
export type WireLoan = v.InferOutput<typeof loan>;

/** What is due, in the order of the ladder. */
const rung = v.object({ loan: id, short: v.nullable(exact) });

const failure = v.object({ text: sentence, advice: v.nullable(sentence) });

const state = v.object({
  /** Whose position it is: account and environment. */
  source: text,
  /** Why there is nothing to show, e.g. no account; null when there is. */
  obstacle: v.nullable(obstacle),
  /** The first read is under way. */
  isReading: v.boolean(),
  canWrite: v.boolean(),
  areAmountsHidden: v.boolean(),
  /** What the exchange's clock is ahead of the local one. */
  aheadMs: v.pipe(v.number(), v.safeInteger()),
  pools: rows(pool),
  loans: rows(loan),
  ladder: rows(rung),
  /** Whether every list that due dates stand in was read. */
  areDuesKnown: v.boolean(),
  /** Coins as they may be shown, by their names, where that differs. */
  names: rows(v.object({ coin: text, shown: text })),
  /** Sentences about the account that belong to no figure, e.g. that a liquidation hides the unit. */
  remarks: v.pipe(v.array(sentence), v.maxLength(20)),
  failures: v.pipe(v.array(failure), v.maxLength(100)),
  parts: v.pipe(
    v.array(v.object({ name: text, readAt: v.nullable(milliseconds), isStale: v.boolean() })),
    v.maxLength(100),
  ),
});
export type PositionState = v.InferOutput<typeof state>;

// ── Refinancing ─────────────────────────────────────────────────────────────

const bounds = v.object({ least: v.nullable(exact), most: v.nullable(exact) });
const pastCost = v.object({
  series: v.picklist(SERIES),
  /** Milliseconds of the window for which the rate was recorded. */
  knownMs: milliseconds,
  averageRate: exact,
  /** In the coin of the loan, over the known time. */
  cost: exact,
});

/** What is known for the comparison of one loan with what could stand in its place. Rates are annual fractions. */
const refinanceFacts = v.object({
  /** Id of the loan. */
  loan: id,
  flexible: v.nullable(exact),
  offers: v.pipe(
    v.array(v.object({ term: v.picklist(TERMS), annualRate: exact })),
    v.maxLength(TERMS.length),
  ),
  bounds: v.object({ flexible: bounds, fixed: bounds }),
  /** When the rates were read, local epoch milliseconds; null before the first time. */
  readAt: v.nullable(milliseconds),
  /** What the recorded past would have cost, by rate; null while it is read. */
  past: v.nullable(v.pipe(v.array(pastCost), v.maxLength(SERIES.length))),
  /** Days of the past that are looked at. */
  pastDays: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  isRecording: v.boolean(),
  isSimulated: v.boolean(),
});
export type RefinanceFacts = v.InferOutput<typeof refinanceFacts>;

// ── How the user looks at it ────────────────────────────────────────────────

export const POSITION_TABS = ['position', 'refinance'] as const;
export type PositionTab = (typeof POSITION_TABS)[number];

const positionView = v.object({
  tab: v.picklist(POSITION_TABS),
  /** The target LTV as it was typed, percent. */
  target: v.pipe(v.string(), v.maxLength(20)),
  /** Days compared, as they were typed. */
  days: v.pipe(v.string(), v.maxLength(20)),
});
/** Kept over hiding and reload; never holds data. */
export type PositionView = v.InferOutput<typeof positionView>;

export const FIRST_POSITION_VIEW: PositionView = { tab: 'position', target: '60', days: '30' };

/** A view that was kept somewhere, or the first one where it is none. */
export function positionViewOf(kept: unknown): PositionView {
  const parsed = v.safeParse(positionView, kept);
  return parsed.success ? parsed.output : FIRST_POSITION_VIEW;
}

// ── Messages ────────────────────────────────────────────────────────────────

const hostMessage = v.variant('type', [
  /** The answer to `ready`. */
  v.object({
    type: v.literal('start'),
    session,
    /** BCP 47. */
    locale: v.pipe(v.string(), v.maxLength(60)),
    /** Sentences by their English text. */
    strings: v.record(sentence, sentence),
  }),
  /** Everything that is shown, anew. */
  v.object({ type: v.literal('position'), session, state }),
  /** The answer to `refinance`, again whenever it changes. */
  v.object({ type: v.literal('refinance'), session, facts: refinanceFacts }),
  /** Show the comparison of a loan, null of any. */
  v.object({ type: v.literal('compare'), session, loan: v.nullable(id) }),
]);
export type PositionHostMessage = v.InferOutput<typeof hostMessage>;

/** What a flow is started with: it pre-fills and nothing more. */
const deed = v.object({
  command: v.picklist(DEEDS),
  coin: v.optional(text),
  amount: v.optional(exact),
  record: v.optional(text),
  direction: v.optional(v.picklist(['add', 'reduce'])),
  sold: v.optional(text),
  term: v.optional(v.picklist(TERMS)),
});
export type Deed = v.InferOutput<typeof deed>;

const pageMessage = v.variant('type', [
  v.object({ type: v.literal('ready'), session }),
  /** Read everything anew. */
  v.object({ type: v.literal('again'), session }),
  v.object({ type: v.literal('deed'), session, deed }),
  /** To an account that can be shown. */
  v.object({ type: v.literal('wayOn'), session, way: wayOn }),
  /** Which loan is compared from now on; null for none. */
  v.object({ type: v.literal('refinance'), session, loan: v.nullable(id) }),
]);
export type PositionPageMessage = v.InferOutput<typeof pageMessage>;

export const parsePositionHostMessage = parserOf(hostMessage);
export const parsePositionPageMessage = parserOf(pageMessage);
