import { type Exchange, RECV_WINDOW_MS } from '../../bybit/exchange';
import type { LocalClock } from '../../bybit/local-clock';
import { Status } from '../../bybit/schema';
import type { Record } from '../journal/record';
import type { OpenOperation, Verdict } from '../operation';
import type { HistoryRow } from '../operations/definition';
import { type Deed, deedOf } from '../operations/registry';
import { findRecord, hasMoved } from './readback';
import { absent, done, failed } from './verdicts';

/** How far a clock may be off, and a margin (promises.md §1, 9). */
const SKEW_MS = 1000;
const MARGIN_MS = 2000;
const CERTAIN_MS = RECV_WINDOW_MS + SKEW_MS + MARGIN_MS;
/** Readings that must agree before something is said not to have happened. */
const AGREEING = 3;
/**
 * Histories lag by up to half a minute (promises.md §2), counted from the last instant at which a request is let in:
 * until then a missing record proves nothing.
 */
const SILENT_MS = RECV_WINDOW_MS + SKEW_MS + 30_000 + 1000;
/** A change without a record waits longer for one: what it ends in is work for a person. */
const PATIENCE_MS = 45_000;

/** How long a record must show success while no amount shows its effect. */
const STAYS_MS = 10_000;

/** What one look showed: the end, or how it stands until the next one. */
export type Glance = { readonly verdict: Verdict } | { readonly state: OpenOperation['state'] };

/** A glance without an end as the journal notes it. */
export function stateOf({ state }: { readonly state: OpenOperation['state'] }) {
  return { state: state === 'sending' ? ('unknown' as const) : state };
}

/** Looks for one open operation in what the exchange shows, again and again, and judges what is seen. */
export class Lookout {
  readonly #exchange: Exchange;
  readonly #clock: LocalClock;
  /** Monotonic time at which it had certainly left. */
  readonly #left: number;
  /** Milliseconds between the sending and the beginning of this look: what it reads may be as old as that. */
  #since = 0;
  /** Latest server time of an answer: what is asked from now on starts after it. */
  #serverTime = 0;
  #quiet = 0;
  #moved = 0;
  /** Monotonic time since which its record shows success. */
  #good: number | undefined;

  /** `left` is the monotonic time of the sending, where this process did it. */
  constructor(exchange: Exchange, clock: LocalClock, left?: number) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#left = left ?? clock.monotonic();
  }

  /** One look. Rejects when something could not be read: then it says nothing. */
  async look(record: Record): Promise<Glance> {
    if (record.sent === undefined && !record.accepted && record.recordId === undefined)
      return this.#unsent(record);
    this.#since = this.#clock.monotonic() - this.#left;
    const deed = deedOf(record.operation);
    const certain = this.#hasPassed(record, CERTAIN_MS + deed.recordWithin);
    const { row, isRivalled, isDoubtful, time } = await findRecord(this.#exchange, deed, record);
    this.#serverTime = Math.max(this.#serverTime, time);
    if (row !== undefined && isRivalled) return this.#doubt(record);
    if (row?.status === Status.success) return await this.#success(record, deed, row);
    this.#good = undefined;
    if (row?.status === Status.fail) return await this.#failure(record, deed, { row, isDoubtful, certain });
    // Whose it is nobody knows: until the end it is looked for as before, and not by this id.
    if (row !== undefined) return { state: 'processing' };
    if (record.accepted && !deed.failsSilently) return { state: 'processing' };
    if (isDoubtful) return this.#doubt(record);
    if (!certain) return { state: waiting(record) };
    if (await this.#hasMoved(record, deed))
      return record.accepted ? this.#underWay() : this.#change(record, deed.recordWithin);
    return this.#silence(record, deed.recordWithin);
  }

  /**
   * Whether so much time had passed since it left when this look began: by the server's clock as read, and by ours as passed, so
   * that neither clock's jump makes it certain too early, nor an answer that was long on its way or tells a time that is none.
   */
  #hasPassed({ sent }: Record, ms: number): boolean {
    return this.#serverTime >= (sent?.last ?? 0) + ms && this.#since >= ms;
  }

  /** Nothing says that it left; it did not, unless a line that cannot be read said so. */
  #unsent({ isBlurred, state }: Record): Glance {
    if (isBlurred || state !== 'sending') return { state: 'needsLook' };
    return { verdict: absent(undefined) };
  }

  async #hasMoved({ sent, baseline }: Record, deed: Deed): Promise<boolean> {
    const ms = sent === undefined ? 0 : this.#serverTime - sent.first;
    return await hasMoved(this.#exchange, deed, baseline.totals, ms);
  }

  /** A record may say success and take it back; it is believed together with its effect, or when it stays so. */
  async #success(record: Record, deed: Deed, row: HistoryRow): Promise<Glance> {
    const now = this.#clock.monotonic();
    this.#good ??= now;
    const isSure = row.final === true || deed.marks.length === 0 || now - this.#good >= STAYS_MS;
    if (isSure || (await this.#hasMoved(record, deed))) return { verdict: done(row) };
    return { state: 'processing' };
  }

  /**
   * A record of failure is that of the operation for certain when the answer named it, or when it shows how the thing itself
   * stands. Any other may be that of the same done elsewhere, while the own one is late: it is believed when that would show,
   * and no amount has moved.
   */
  async #failure(
    record: Record,
    deed: Deed,
    { row, isDoubtful, certain }: { row: HistoryRow; isDoubtful: boolean; certain: boolean },
  ): Promise<Glance> {
    if (record.recordId !== undefined || row.undated === true) return { verdict: failed(row) };
    if (isDoubtful) return this.#doubt(record);
    if (!certain) return { state: waiting(record) };
    if (await this.#hasMoved(record, deed)) return this.#change(record, deed.recordWithin);
    return this.#silence(record, deed.recordWithin, row);
  }

  /** Two records could be it and end differently, or one could whose time makes no sense: nobody can tell. */
  #doubt(record: Record): Glance {
    const waited = this.#clock.monotonic() - this.#left >= PATIENCE_MS;
    return { state: waited || record.state === 'needsLook' ? 'needsLook' : record.state };
  }

  /** It was taken and has had an effect; only its record is missing. */
  #underWay(): Glance {
    this.#quiet = 0;
    return { state: 'processing' };
  }

  /** Nothing shows an effect; `row` is a record of failure that could be its own. */
  #silence(record: Record, recordWithin: number, row?: HistoryRow): Glance {
    this.#moved = 0;
    this.#quiet += 1;
    const wouldShow = this.#hasPassed(record, SILENT_MS + recordWithin);
    if (this.#quiet < AGREEING || !wouldShow) return { state: waiting(record) };
    if (row !== undefined) return { verdict: failed(row) };
    return { verdict: record.accepted ? failed({ id: record.recordId }) : absent(record.code) };
  }

  #change(record: Record, recordWithin: number): Glance {
    this.#quiet = 0;
    this.#moved += 1;
    const waited = this.#clock.monotonic() - this.#left >= Math.max(PATIENCE_MS, CERTAIN_MS + recordWithin);
    if (record.state === 'needsLook') return { state: 'needsLook' };
    return { state: this.#moved >= AGREEING && waited ? 'needsLook' : waiting(record) };
  }
}

/** How it stands while nothing can be said of it. */
function waiting({ accepted }: Record): OpenOperation['state'] {
  return accepted ? 'processing' : 'unknown';
}

/** Milliseconds until the next look: at once, soon, then with patience. */
export function pauseAfter(looks: number): number {
  if (looks <= 1) return 500;
  if (looks <= 30) return looks <= 4 ? 1000 : 2000;
  return looks <= 80 ? 5000 : 15_000;
}
