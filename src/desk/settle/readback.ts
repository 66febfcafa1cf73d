import { gt, lt, sub, ZERO } from '../../bybit/decimal';
import { type Exchange, RECV_WINDOW_MS } from '../../bybit/exchange';
import { Status } from '../../bybit/schema';
import type { Baseline, Total } from '../journal/event';
import type { Record } from '../journal/record';
import type { HistoryPage, HistoryRow, Mark } from '../operations/definition';
import type { Deed } from '../operations/registry';
import { readMarks } from './gauges/gauges';

/** The signed time runs ahead of the server by less than this, or the request is refused (API.md §2). */
const MOST_AHEAD_MS = 1000;
/** How long after it was let in the exchange may write its record, beside what the operation's kind takes. */
const RECORD_MS = 5000;
const HOUR_MS = 3_600_000;
/** Pages looked through: far more than anybody's operations between sending and looking. */
const MOST_PAGES = 20;
/** Pages without a row that are passed over, one after another, as long as a cursor leads on. */
const MOST_BLANKS = 2;
/** Before the exchange lent anything. */
const FIRST_MS = Date.UTC(2020, 0);
const DAY_MS = 24 * HOUR_MS;

/** What the exchange shows before an operation is sent. Rejects when any of it cannot be read. */
export async function readBaseline(exchange: Exchange, deed: Deed): Promise<Baseline> {
  const page = await deed.history(exchange, undefined);
  const marks = await readMarks(exchange, deed.marks, 0);
  return {
    ids: page.rows.map((row) => row.id),
    totals: marks.map(({ mark, reading }) => ({ ...mark, amount: reading.amount })),
  };
}

/**
 * Whether the marks of an operation differ from its baseline, read `ms` milliseconds ago, by more than interest explains.
 * Rejects as the reads do.
 */
export async function hasMoved(
  exchange: Exchange,
  { marks }: Deed,
  baseline: readonly Total[],
  ms: number,
): Promise<boolean> {
  const now = await readMarks(exchange, marks, Math.ceil(Math.max(ms, 0) / HOUR_MS));
  return now.some(({ mark, reading }) => {
    const before = baseline.find((total) => isSame(total, mark))?.amount ?? ZERO;
    const change = sub(reading.amount, before);
    return lt(change, ZERO) || gt(change, reading.mayRise);
  });
}

function isSame(a: Mark, b: Mark): boolean {
  return a.what === b.what && a.coin === b.coin && a.id === b.id;
}

export interface Sighting {
  readonly row: HistoryRow | undefined;
  /** Whether another row could be it as well, and does not end as it does: then neither says what became of it. */
  readonly isRivalled: boolean;
  /**
   * Whether something was listed that could be it but for a time that makes no sense, or nothing was where something must be:
   * then nobody can say that it is not there.
   */
  readonly isDoubtful: boolean;
  /** Server time of the last answer. */
  readonly time: number;
}

export interface Quarry {
  readonly baseline: Baseline;
  /** Signed times of the first and the last sending, server clock; undefined when they are not known. */
  readonly sent: Record['sent'];
  /** Whether the exchange said that it took it: then there is a record, however late. */
  readonly accepted: boolean;
  /** The id the exchange answered with; then only that row counts. */
  readonly recordId: string | undefined;
}

/**
 * Looks for the record of an operation. Without an id it is the oldest row that was not there before, is not older than
 * the sending nor younger than it can be, and has the operation's coin, amount and kind: the same done elsewhere an hour
 * later is not this one.
 */
export async function findRecord(exchange: Exchange, deed: Deed, quarry: Quarry): Promise<Sighting> {
  const known = new Set(quarry.baseline.ids);
  const earliest = (quarry.sent?.first ?? 0) - MOST_AHEAD_MS;
  const latest = latestOf(deed, quarry);
  const isIt = (row: HistoryRow) =>
    quarry.recordId === undefined
      ? row.matches &&
        !known.has(row.id) &&
        row.time >= earliest &&
        (row.time <= latest || row.undated === true)
      : row.id === quarry.recordId;
  const found = new Map<string, HistoryRow>();
  let isDoubtful = false;
  let time = 0;
  for await (const page of pagesOf(exchange, deed)) {
    time = Math.max(time, page.time);
    for (const row of page.rows.filter(isIt)) found.set(row.id, row);
    const isStrange = (row: HistoryRow) =>
      row.matches && !known.has(row.id) && !isIt(row) && isNonsense(row.time, page.time);
    isDoubtful ||= page.isBlind === true || page.rows.some(isStrange);
    const isOld = (row: HistoryRow) => row.time < earliest && !isNonsense(row.time, page.time);
    if (page.rows.some((row) => known.has(row.id) || isOld(row))) break;
  }
  const [row, ...rivals] = [...found.values()].sort((a, b) => a.time - b.time);
  const isOpen = rivals.length > 0 && row?.status === Status.processing;
  const isRivalled = isOpen || rivals.some(({ status }) => status !== row?.status);
  return { row, isRivalled, isDoubtful, time };
}

/** The pages of the history, newest first; a cursor behind a page without rows is followed, one seen before is not. */
async function* pagesOf(exchange: Exchange, deed: Deed): AsyncGenerator<HistoryPage> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  let blanks = 0;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await deed.history(exchange, cursor);
    yield page;
    blanks = page.rows.length === 0 ? blanks + 1 : 0;
    cursor = page.cursor;
    if (cursor === undefined || cursor === '' || seen.has(cursor) || blanks > MOST_BLANKS) return;
    seen.add(cursor);
  }
}

/** Whether the time of a record is none: 0, seconds in place of milliseconds, or long after the answer that tells it. */
function isNonsense(time: number, answered: number): boolean {
  return time < FIRST_MS || time > answered + DAY_MS;
}

/** The latest time that the record of an operation can bear, server clock. */
function latestOf({ recordWithin }: Deed, { sent, accepted }: Quarry): number {
  if (sent === undefined || accepted) return Number.POSITIVE_INFINITY;
  return sent.last + RECV_WINDOW_MS + RECORD_MS + recordWithin;
}
