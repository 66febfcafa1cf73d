import { gt, lt, sub, ZERO } from '../../bybit/decimal';
import type { Exchange } from '../../bybit/exchange';
import type { Baseline, Total } from '../journal/event';
import type { HistoryRow, Mark } from '../operations/definition';
import type { Deed } from '../operations/registry';
import { readMarks } from './gauges/gauges';

/** The signed time runs ahead of the server by less than this, or the request is refused (API.md §2). */
const MOST_AHEAD_MS = 1000;
/** Pages looked through: far more than anybody's operations between sending and looking. */
const MOST_PAGES = 20;

/** What the exchange shows before an operation is sent. Rejects when any of it cannot be read. */
export async function readBaseline(exchange: Exchange, deed: Deed): Promise<Baseline> {
  const page = await deed.history(exchange, undefined);
  const marks = await readMarks(exchange, deed.marks);
  return {
    ids: page.rows.map((row) => row.id),
    totals: marks.map(({ mark, reading }) => ({ ...mark, amount: reading.amount })),
  };
}

/** Whether the marks of an operation differ from its baseline by more than interest explains. Rejects as the reads do. */
export async function hasMoved(
  exchange: Exchange,
  { marks }: Deed,
  baseline: readonly Total[],
): Promise<boolean> {
  const now = await readMarks(exchange, marks);
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
  /** Server time of the last answer. */
  readonly time: number;
}

export interface Quarry {
  readonly baseline: Baseline;
  /** Signed time of the first sending, server clock. */
  readonly since: number;
  /** The id the exchange answered with; then only that row counts. */
  readonly recordId: string | undefined;
}

/**
 * Looks for the record of an operation. Without an id it is the oldest row that was not there before, is not older than
 * the sending, and has the operation's coin, amount and kind.
 */
export async function findRecord(exchange: Exchange, deed: Deed, quarry: Quarry): Promise<Sighting> {
  const known = new Set(quarry.baseline.ids);
  const earliest = quarry.since - MOST_AHEAD_MS;
  const seen = new Set<string>();
  let found: HistoryRow | undefined;
  let cursor: string | undefined;
  let time = 0;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await deed.history(exchange, cursor);
    time = Math.max(time, page.time);
    for (const row of page.rows) {
      const isIt =
        quarry.recordId === undefined
          ? row.matches && !known.has(row.id) && row.time >= earliest
          : row.id === quarry.recordId;
      if (isIt && (found === undefined || row.time < found.time)) found = row;
    }
    const reachedOld = page.rows.some((row) => row.time < earliest || known.has(row.id));
    if (reachedOld || page.rows.length === 0 || page.cursor === undefined || seen.has(page.cursor)) break;
    seen.add(page.cursor);
    cursor = page.cursor;
  }
  return { row: found, time };
}
