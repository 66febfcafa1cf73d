import type * as v from 'valibot';
import type { CallOptions, Exchange } from '../../bybit/exchange';
import type { Words } from '../../bybit/words';
import type { Book, Thresholds } from '../book';
import type { Finding } from '../operation';
import type { Pool } from '../pools/pool';
import type { PartName, Snapshot } from '../snapshot';

/** What a check may look at: all of it is known already, nothing is read. */
export interface Situation {
  readonly snapshot: Snapshot;
  /** Undefined until position, collateral rules and prices were read once; then only the coin's own rules are checked. */
  readonly book: Book | undefined;
  readonly thresholds: Thresholds;
  /** BCP 47, for the numbers in sentences. */
  readonly locale: string;
}

/** One row of a history of the exchange, as far as all histories are alike. */
export interface HistoryRow {
  readonly id: string;
  /** Server time, epoch milliseconds. */
  readonly time: number;
  /** 1 success, 2 processing, 3 fail (API.md §10). */
  readonly status: number;
  /** Whether coin, amount and kind are those of the operation. */
  readonly matches: boolean;
  /** Whether it shows how something stands instead of when it came so; `time` then is that of the answer. */
  readonly undated?: true;
  /** Whether it has no status that could be taken back: what is listed, or listed as ended, is so. */
  readonly final?: true;
  /** What to tell a person of it, where the usual words would not be true. */
  readonly words?: Words | undefined;
}

export interface HistoryPage {
  readonly rows: readonly HistoryRow[];
  readonly cursor: string | undefined;
  /** Server time of the answer, epoch milliseconds. */
  readonly time: number;
  /** Whether what must be listed is not: then the page says nothing of the operation, not that there was none. */
  readonly isBlind?: true;
}

/** Where an amount is read (`settle/gauges/`). */
export const MARK_KINDS = [
  'debt',
  'collateral',
  'wallet',
  'contract',
  'fixedBorrowing',
  'legacyDebt',
  'legacyCollateral',
  'unitDebt',
  'unifiedWallet',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** One amount that the operation moves; before and after are compared when no record names the operation. */
export interface Mark {
  readonly what: MarkKind;
  readonly coin: string;
  /** The contract or order, where the amount is not one of the whole coin. */
  readonly id?: string | undefined;
}

/** `recordWithin` of what is carried out later than it is accepted, while nothing shows that it is under way. */
export const UNSEEN_WORK_MS = 15_000;

/** Everything the desk knows about one kind of operation. `P` are its parameters. */
export interface Definition<P> {
  /** Of the parameters, for lines of the journal. */
  readonly schema: v.GenericSchema<unknown, P>;
  /** One sentence, e.g. "Borrow 0.1 BTC against 1000 USDT and 1 ETH". */
  title(params: P, locale: string): Words;
  /** What would be refused and why, and what a person should know; the rules of API.md §11. */
  check(params: P, situation: Situation): readonly Finding[];
  /** The pool's book afterwards, at today's prices. Expects that `check` found no error. */
  apply(book: Book, params: P, snapshot: Snapshot): Book;
  /** Sends once; gives the exchange's id of the record, where it names one. */
  send(exchange: Exchange, params: P, options: CallOptions): Promise<string | undefined>;
  /** A page of the history in which the operation will stand, newest first. */
  history(exchange: Exchange, params: P, cursor: string | undefined): Promise<HistoryPage>;
  /** The amounts that move, and that nothing but the operation and interest should move meanwhile. */
  marks(params: P): readonly Mark[];
  /**
   * Milliseconds that the exchange may take until there is a record at all, where no amount shows the effect sooner:
   * nothing is called absent before. None when left out; the usual lag of histories comes on top.
   */
  readonly recordWithin?: number;
  /** Whether only what succeeded is recorded: what was accepted and left neither a record nor an effect has failed. */
  readonly failsSilently?: true;
  /** Why another operation is refused while this one has no end, where more can be said than that. */
  readonly meanwhile?: Words;
  /** Whether a key without the Spot trade permission may do it (institutional calls name none, API.md §2). */
  readonly withoutSpotTrade?: true;
  /** The pool that a review shows; the account's shared one when left out. Undefined while it is not known. */
  pool?(params: P, snapshot: Snapshot): Pool | undefined;
  /** Lists that the operation is about, beside what its pool rests on. */
  readonly grounds?: readonly PartName[];
  /** Parts of the snapshot to read again afterwards. */
  readonly touches: readonly PartName[];
}
