import * as v from 'valibot';
import { isDecimal } from '../bybit/decimal';
import { TERMS } from '../bybit/terms';
import { readSpark } from '../desk/history/sparkline';
import { DEEDS } from '../desk/tables/deed';
import { readFailure } from './failure-contract';
import { FIRST_ASK, historyAnswer, historyAsk, historyStatus } from './history-contract';
import { KINDS, lookEntries, MOST_COLUMNS, PERIODS } from './look-contract';
import { gridPlaceEntries } from './place-contract';
import { copiedText, sheet } from './sheet-contract';
import { parserOf } from './wire';

// Everything that crosses between the extension host and the rates panel, and nothing else. Both ends check what arrives:
// an unknown kind, another page's session, a shape that is wrong or a size beyond all reason is dropped.

const MOST_ROWS = 20_000;
const MOST_FAVOURITES = 1_000;
/** Rows that are read more closely at one time. */
export const MOST_IN_SIGHT = 60;
/** Also names of coins, which may be anything. */
const MOST_TEXT = 1_000;

const text = v.pipe(v.string(), v.maxLength(MOST_TEXT));
/** May hold such a name. */
const sentence = v.pipe(v.string(), v.maxLength(4_000));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_TEXT));
const milliseconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const TABLE_IDS = ['borrow', 'lend', 'fixed', 'legacy', 'institutional', 'collateral'] as const;
export type TableId = (typeof TABLE_IDS)[number];
const tableId = v.picklist(TABLE_IDS);

// ── How the user looks at it ────────────────────────────────────────────────

const tableView = v.object({ table: tableId, ...lookEntries });
export type TableView = v.InferOutput<typeof tableView>;

const tablePlace = v.object({ table: tableId, ...gridPlaceEntries });
/** Where a person is in one table. */
export type TablePlace = v.InferOutput<typeof tablePlace>;

const places = v.pipe(v.array(tablePlace), v.maxLength(TABLE_IDS.length));

/** What somebody would borrow, as typed: an amount with its coin, and days. */
const costAsk = v.object({
  amount: v.pipe(v.string(), v.maxLength(100)),
  days: v.pipe(v.string(), v.maxLength(10)),
});
export type CostText = v.InferOutput<typeof costAsk>;

const TABS = ['rates', 'history'] as const;

export const NO_COST: CostText = { amount: '', days: '30' };

const view = v.object({
  /** The table named by `table`, or the charts. */
  tab: v.optional(v.picklist(TABS), 'rates'),
  table: tableId,
  /** Rates by the year or by the hour. */
  period: v.picklist(PERIODS),
  /** VIP level whose rates are shown; null follows the account. */
  tier: v.nullable(v.pipe(v.string(), v.maxLength(10))),
  /** Coin whose order book is shown; null before one was chosen. */
  coin: v.optional(v.nullable(id), null),
  tables: v.pipe(v.array(tableView), v.maxLength(TABLE_IDS.length)),
  /** Of tables where a person has gone on from the beginning. */
  places: v.optional(places, []),
  /** The borrow table shows what this would cost; rates while there is no amount. */
  cost: v.optional(costAsk, NO_COST),
  /** What the charts show. */
  history: v.optional(historyAsk, FIRST_ASK),
});
/** Kept over hiding, reload and restart; never holds data. */
export type View = v.InferOutput<typeof view>;

export const FIRST_VIEW: View = {
  tab: 'rates',
  table: 'borrow',
  period: 'year',
  tier: null,
  coin: null,
  tables: [],
  places: [],
  cost: NO_COST,
  history: FIRST_ASK,
};

/** A view that was kept somewhere, or the first one where it is none. */
export function viewOf(kept: unknown): View {
  const parsed = v.safeParse(view, kept);
  return parsed.success ? parsed.output : FIRST_VIEW;
}

// ── What is shown ───────────────────────────────────────────────────────────

const column = v.object({
  id,
  title: text,
  kind: v.picklist(KINDS),
  hint: v.nullable(text),
});
export type Column = v.InferOutput<typeof column>;
export type Kind = Column['kind'];

const TEXT_KINDS: ReadonlySet<Kind> = new Set(['name', 'moment', 'text', 'short', 'long', 'spark']);

/** Whether cells of the kind are exact decimals. */
export function isNumber(kind: Kind): boolean {
  return !TEXT_KINDS.has(kind);
}

export interface Note {
  /** A figure in the coin, or words. */
  readonly text: string;
  /** The figure, where the text is one: an exact decimal. */
  readonly value: string | null;
  /** What limits the figure. */
  readonly limit: string | null;
  /** `best` of its row; `weak` where it cannot be had as asked; `unread` where that is not known. */
  readonly mark: 'best' | 'weak' | 'unread' | null;
}

/** A flow to start with what is named filled in, and nothing else. */
const deed = v.object({
  kind: v.picklist(DEEDS),
  coin: id,
  term: v.nullable(v.picklist(TERMS)),
});
export type Deed = v.InferOutput<typeof deed>;

export interface Row {
  readonly id: string;
  /** One a column, those `behind` last: text, or an exact decimal where the kind is a number; null where there is none. */
  readonly cells: readonly (string | null)[];
  /** Second lines of the cells, one a column that is shown; null where the cells have one line. */
  readonly notes: readonly (Note | null)[] | null;
  /** The coin it is about, which can be a favourite; null where it is about none. */
  readonly coin: string | null;
  /** What can be started from this row. */
  readonly deed: Deed | null;
}

const table = v.pipe(
  v.object({
    id: tableId,
    title: sentence,
    columns: v.pipe(v.array(column), v.minLength(1), v.maxLength(MOST_COLUMNS)),
    /** Not shown, but filters of them hold. */
    behind: v.optional(v.pipe(v.array(column), v.maxLength(MOST_COLUMNS))),
    rows: v.custom<readonly Row[]>(isRows),
    empty: sentence,
  }),
  v.check((value) => fitsColumns(value)),
);
export type Table = v.InferOutput<typeof table>;

// By hand, since a message holds up to a hundred thousand cells and the first paint waits for this.
function isRows(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MOST_ROWS && value.every(isRow);
}

function isRow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id: own, cells, notes, coin, deed: started } = value as { readonly [Key in keyof Row]?: unknown };
  return (
    isText(own) &&
    (coin === null || isText(coin)) &&
    (started === null || v.is(deed, started)) &&
    Array.isArray(cells) &&
    cells.every(isTextOrNull) &&
    (notes === null || (Array.isArray(notes) && notes.every(isNoteOrNull)))
  );
}

const MARKS: readonly unknown[] = ['best', 'weak', 'unread', null];

function isNoteOrNull(value: unknown): value is Note | null {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { text: own, value: figure, limit, mark } = value as { readonly [Key in keyof Note]?: unknown };
  return (
    isText(own) &&
    (figure === null || (isText(figure) && isDecimal(figure))) &&
    isTextOrNull(limit) &&
    MARKS.includes(mark)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_TEXT;
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

interface Sheet {
  readonly columns: readonly Column[];
  readonly behind?: readonly Column[] | undefined;
  readonly rows: readonly Row[];
}

function fitsColumns({ columns, behind = [], rows }: Sheet) {
  const numbers = [...columns, ...behind].map(({ kind }) => isNumber(kind));
  const sparks = [...columns, ...behind].map(({ kind }) => kind === 'spark');
  return rows.every(
    ({ cells, notes }) =>
      cells.length === numbers.length &&
      (notes === null || notes.length === columns.length) &&
      cells.every(
        (cell, index) =>
          cell === null ||
          (numbers[index] !== true && sparks[index] !== true) ||
          (numbers[index] === true ? isDecimal(cell) : readSpark(cell) !== undefined),
      ),
  );
}

const status = v.object({
  /** Whose rates these are: account and environment. */
  source: text,
  /** Levels to choose from. */
  tiers: v.array(v.object({ id: text, title: text })),
  /** The level of what is shown. */
  tier: text,
  /** The account's own level; null without an account. */
  ownTier: v.nullable(text),
  /** Coin of a table that shows one alone; null for the others. */
  coin: v.nullable(text),
  /** Coins it can show. */
  coins: v.pipe(v.array(text), v.maxLength(MOST_ROWS)),
  /** Age of what is shown when the message left; null where nothing was read yet. */
  ageMs: v.nullable(milliseconds),
  /** Whether rows are still missing that are being read. */
  isPartial: v.boolean(),
  /** Why the last read failed; what is shown is older then. */
  failure: v.nullable(readFailure),
  /** Whether what rows offer can be started: it needs an account whose key may write. */
  canAct: v.boolean(),
  /** The amount and days that the costs are of, as typed, and of how many coins the offers are read; null where rates are shown. */
  costs: v.nullable(
    v.object({
      ...costAsk.entries,
      read: v.pipe(v.number(), v.integer(), v.minValue(0)),
      all: v.pipe(v.number(), v.integer(), v.minValue(0)),
      /** Offers of the rows in sight alone, of all coins that are being read, or of all: nothing more comes. */
      reach: v.picklist(['sight', 'reading', 'all']),
    }),
  ),
  /** Why what was typed as a cost cannot be reckoned. */
  costProblem: v.nullable(text),
  /** Rates are shown until the prices are read that the cost asked for needs. */
  isReadingPrices: v.boolean(),
});
export type Status = v.InferOutput<typeof status>;

// ── Messages ────────────────────────────────────────────────────────────────

const session = v.pipe(v.string(), v.minLength(16), v.maxLength(64));

const mark = v.pipe(v.string(), v.maxLength(10));
const digits = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9));

const hostMessage = v.variant('type', [
  /** The answer to `ready`: the editor's language, its sentences, and how the user looked at it last. */
  v.object({
    type: v.literal('start'),
    session,
    /** BCP 47. */
    locale: v.pipe(v.string(), v.maxLength(60)),
    /** How it writes numbers. */
    marks: v.object({
      decimal: mark,
      group: v.optional(mark),
      minus: mark,
      sizes: v.pipe(v.strictTuple([digits, digits]), v.readonly()),
      least: digits,
    }),
    /** Sentences by their English text. */
    strings: v.record(sentence, sentence),
    view,
  }),
  /** Everything that is shown of one table, anew. `table` is null until it was read once. */
  v.pipe(
    v.object({
      type: v.literal('snapshot'),
      session,
      of: tableId,
      table: v.nullable(table),
      status,
      /** How many rows the table has, where these are only the first: `all` asks for the others. Null where these are all. */
      ahead: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.maxValue(MOST_ROWS))), null),
    }),
    v.check((message) => message.table === null || message.table.id === message.of),
    v.check(({ table: shown, ahead }) => ahead === null || (shown !== null && shown.rows.length < ahead)),
  ),
  /** Coins that stand first; the same as in the tree of coins. */
  v.object({
    type: v.literal('favourites'),
    session,
    coins: v.pipe(v.array(id), v.maxLength(MOST_FAVOURITES)),
  }),
  /** Show the charts of a coin now: it was chosen elsewhere. */
  v.object({ type: v.literal('chart'), session, coin: id }),
  /** What is recorded of what the charts ask for. */
  v.object({ type: v.literal('history'), session, answer: historyAnswer }),
  /** How old it is, and what of it could not be read. */
  v.object({ type: v.literal('historyStatus'), session, status: historyStatus }),
]);
export type HostMessage = v.InferOutput<typeof hostMessage>;

const panelMessage = v.variant('type', [
  /** The page listens now. */
  v.object({ type: v.literal('ready'), session }),
  v.object({ type: v.literal('view'), session, view }),
  /** Where a person is by now: part of the view, but nothing that is shown depends on it. */
  v.object({ type: v.literal('places'), session, places }),
  v.object({ type: v.literal('deed'), session, deed }),
  v.object({ type: v.literal('retry'), session }),
  /** The first rows are on the screen, or of no use: now all of them. */
  v.object({ type: v.literal('all'), session }),
  /** To the clipboard. */
  v.object({ type: v.literal('copy'), session, text: copiedText }),
  /** Read the offers of all rows, not only of those in sight; answered with a snapshot in any case. */
  v.object({ type: v.literal('offers'), session }),
  /** Save what is shown as a file. */
  v.object({ type: v.literal('export'), session, of: tableId, sheet }),
  /** A coin becomes a favourite, or is none any more. */
  v.object({ type: v.literal('favourite'), session, coin: id, isFavourite: v.boolean() }),
  /** Rows that can be seen, by id: what costs more to read is read for these. */
  v.object({ type: v.literal('sight'), session, rows: v.pipe(v.array(id), v.maxLength(MOST_IN_SIGHT)) }),
]);
export type PanelMessage = v.InferOutput<typeof panelMessage>;

/** A message of the host to the page of this session; undefined for everything else. */
export const parseHostMessage = parserOf(hostMessage);

/** A message of the page of this session to the host; undefined for everything else. */
export const parsePanelMessage = parserOf(panelMessage);
