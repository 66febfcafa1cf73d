import { BybitError } from '../../bybit/errors';
import type { Exchange } from '../../bybit/exchange';
import type { LocalClock } from '../../bybit/local-clock';
import { words } from '../../bybit/words';
import type { Account } from '../account';
import { guarded } from '../guarded';
import { JOURNAL_VERSION, MOST_REVIEW } from '../journal/event';
import { operationId } from '../journal/file';
import type { Journal } from '../journal/journal';
import type { Record } from '../journal/record';
import type { Lock } from '../lock';
import type { ExecuteOptions, Finding, OpenOperation, Operation, Stage, Verdict } from '../operation';
import { type Deed, deedOf } from '../operations/registry';
import type { PartName } from '../snapshot';
import { codeOf } from '../store';
import { AccountLock } from './account-lock';
import { Ends } from './ends';
import { Lookout, pauseAfter, stateOf } from './look';
import { readBaseline } from './readback';
import {
  anotherWindow,
  asOpen,
  asStray,
  byHand,
  concluded,
  keyGone,
  leftOpen,
  NotSent,
  notRead,
  notWritten,
  refusedBy,
  refusedHere,
  standing,
  strayStanding,
} from './verdicts';
import { Waiters } from './waiters';

export interface OperatorOptions {
  readonly account: Account;
  readonly exchange: Exchange;
  readonly clock: LocalClock;
  readonly journal: Journal;
  /** Where the lock file lies, shared by windows. */
  readonly folder: string;
  readonly locale: string;
  readonly check: (operation: Operation) => readonly Finding[];
  /** See `DeskOptions`. */
  readonly isKept: () => Promise<boolean>;
  /** After every change of what is open. */
  readonly onChange: () => void;
  /** After an operation ended or got on: parts worth reading again, all when left open. */
  readonly onSettled: (parts: readonly PartName[] | undefined) => Promise<void>;
  readonly log: (line: string) => void;
}

/** How long a caller is kept waiting for an end; after it the looking goes on in the background. */
const WAIT_MS = 60_000;
/** How long an answer waits for the parts to be read again. */
const REFRESH_MS = 3_000;
/** How often an operation that another window settles is looked at in the journal. */
const OTHERS_MS = 5_000;

/**
 * Sends operations of one account and finds out how they end, by the protocol of promises.md §1: lock, read back,
 * intent on disk, one sending, settle. Windows share the journal; only the one with the lock sends and settles.
 */
export class Operator {
  readonly #options: OperatorOptions;
  readonly #ended = new AbortController();
  readonly #waiters: Waiters;
  readonly #lock: AccountLock;
  readonly #lookouts = new Map<string, Lookout>();
  readonly #ends: Ends;
  /** The operation that is being sent. */
  #busy: string | undefined;
  #settling: Promise<void> | undefined;
  #refreshed: Promise<void> = Promise.resolve();
  #pause: AbortController | undefined;

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#lock = new AccountLock(options);
    this.#ends = new Ends(options);
    this.#waiters = new Waiters(options.clock, this.#ended.signal);
    if (options.journal.open().length > 0) this.#settle(undefined);
  }

  get open(): readonly OpenOperation[] {
    const { journal, clock } = this.#options;
    const now = clock.now();
    const strays = journal.strays().map((stray) => asStray(stray, now));
    return [...journal.open().map((record) => asOpen(record, record.id === this.#busy, now)), ...strays];
  }

  /** See `Desk.verdictOf`. */
  verdictOf(id: string): Verdict | undefined {
    const { journal } = this.#options;
    const record = journal.record(id);
    if (record !== undefined) return concluded(record) ?? this.#ends.unwritten(id) ?? standing(record);
    return journal.strays().some((stray) => stray.id === id) ? strayStanding() : undefined;
  }

  /** Takes in what other windows wrote. */
  async refresh(): Promise<void> {
    const { journal, log, onChange } = this.#options;
    try {
      if (await journal.refresh()) onChange();
    } catch (error) {
      log(`journal: cannot be read: ${String(error).slice(0, 200)}`);
    }
    if (this.#busy === undefined && journal.open().length > 0) this.#settle(undefined);
  }

  /** See `Desk.execute`. */
  async execute(operation: Operation, options: ExecuteOptions = {}): Promise<Verdict> {
    const { account, log, onChange } = this.#options;
    if (operation.accountId !== account.id) return refusedHere(words('It was meant for another account.'));
    if (this.#ended.signal.aborted)
      return refusedHere(words('The account is not open in this window any more.'));
    if (this.#busy !== undefined) return refusedHere(words('Another operation is under way.'));
    const id = operationId();
    this.#busy = id;
    const onStage = (stage: Stage) => guarded(log, () => options.onStage?.(stage));
    let verdict: Verdict | undefined;
    try {
      verdict = await this.#begin(id, operation, { ...options, onStage });
    } catch (error) {
      log(`execute: ${String(error).slice(0, 300)}`);
      // Once it may have left, only the exchange can say what became of it.
      if (this.#options.journal.record(id)?.sent === undefined) verdict = refusedBy(error);
    } finally {
      this.#busy = undefined;
      onChange();
    }
    if (verdict !== undefined) return verdict;
    onStage('settling');
    const outcome = await this.#outcome(id, options.signal);
    // What the caller draws next should show it; a slow read does not hold the answer back for long.
    await this.#waiters.within(REFRESH_MS, this.#refreshed);
    return outcome;
  }

  /** Everything up to the answer: a verdict when it ended there, undefined when it is being settled. */
  async #begin(id: string, operation: Operation, options: ExecuteOptions): Promise<Verdict | undefined> {
    let lock = await this.#takeLock().catch(() => {
      throw new NotSent(notWritten());
    });
    try {
      const obstacle = await this.#obstacle(operation, lock !== undefined);
      if (lock === undefined || obstacle !== undefined) return obstacle ?? anotherWindow();
      const verdict = await this.#send(id, operation, lock, options);
      if (verdict !== undefined) return verdict;
      this.#settle(lock);
      lock = undefined;
      return undefined;
    } finally {
      await lock?.release().catch(() => undefined);
      if (this.#options.journal.open().length > 0) this.#settle(undefined);
    }
  }

  /** Looks now at whatever is open, once. */
  async lookAgain(): Promise<void> {
    await this.refresh();
    const looked = this.#waiters.changed();
    this.#pause?.abort();
    if (this.#settling !== undefined) await Promise.race([looked, this.#settling]);
  }

  /** Ends an open operation by a person's word. Rejects when that cannot be written. */
  async resolveByHand(id: string, happened: boolean): Promise<void> {
    const found = this.open.find((one) => one.id === id);
    if (found === undefined) return;
    await this.#ends.say(id, byHand(happened));
    this.#lookouts.delete(id);
    this.#pause?.abort();
    this.#changed();
    await this.#options.onSettled(found.operation && deedOf(found.operation).touches);
  }

  dispose(): void {
    this.#ended.abort();
    this.#pause?.abort();
  }

  async #takeLock(): Promise<Lock | undefined> {
    // The last operation has its end and its lock is about to be let go.
    if (this.#options.journal.open().length === 0) await this.#settling;
    // A window that settles holds the lock as long as something is open; waiting for it would not help.
    return this.#lock.takeSoon(this.#ended.signal, () => this.#settling === undefined);
  }

  /** Why it may not be sent. The journal is read again first: another window may have written since. */
  async #obstacle(operation: Operation, hasLock: boolean): Promise<Verdict | undefined> {
    const { journal } = this.#options;
    await journal.refresh().catch(() => {
      throw new NotSent(notRead());
    });
    const [first] = this.open;
    if (first !== undefined) {
      return refusedHere(
        first.meanwhile ?? words('Another operation of this account has no end yet. Nothing was sent.'),
        words('Look at it in the list of loans, then try again.'),
      );
    }
    if (!hasLock) return anotherWindow();
    await this.#mustHaveKey();
    const fault = this.#options.check(operation).find((finding) => finding.severity === 'error');
    return fault === undefined ? undefined : refusedHere(fault.words);
  }

  /** From the baseline to the answer; a verdict when it ended there, undefined when it has to be settled. */
  async #send(
    id: string,
    operation: Operation,
    lock: Lock,
    { onStage, review }: ExecuteOptions,
  ): Promise<Verdict | undefined> {
    const { exchange, clock, journal, locale } = this.#options;
    const deed = deedOf(operation);
    onStage?.('reading');
    const prepared = await this.#prepare(deed);
    if ('refusal' in prepared) return prepared.refusal;
    const seen = review?.slice(0, MOST_REVIEW);
    const intent = { operation, title: deed.title(locale), ...prepared, review: seen };
    try {
      await journal.append({ ...this.#stamp(id), type: 'intent', ...intent });
    } catch {
      // A part of it may stand on the disk after all; an intent that was never sent ends as such.
      await this.#ends.note(id, notWritten());
      return notWritten();
    }
    this.#changed();
    onStage?.('sending');
    let leaving = false;
    const beforeSend = async (t: number): Promise<void> => {
      leaving = false;
      await this.#mustHold(lock, id);
      await this.#mustHaveKey();
      await journal.append({ ...this.#stamp(id), type: 'sent', t }).catch(() => {
        throw new NotSent(notWritten());
      });
      // Stopped for long in between (a debugger, a suspended process), another window may have judged it.
      await this.#mustHold(lock, id);
      leaving = true;
      this.#lookouts.set(id, new Lookout(exchange, clock, clock.monotonic()));
    };
    try {
      const recordId = await deed.send(exchange, { beforeSend });
      const named = recordId === undefined ? {} : { recordId };
      await journal.note({
        ...this.#stamp(id),
        type: 'state',
        state: 'processing',
        accepted: true,
        ...named,
      });
    } catch (error) {
      const effect = error instanceof BybitError ? error.effect : 'unknown';
      if (!leaving || effect === 'none') return await this.#refused(id, error);
      const code = error instanceof BybitError ? codeOf(error) : undefined;
      const named = code === undefined ? {} : { code };
      await journal.note({ ...this.#stamp(id), type: 'state', state: 'unknown', ...named });
    }
    this.#changed();
    return undefined;
  }

  async #mustHold(lock: Lock, id: string): Promise<void> {
    if (this.#options.journal.record(id)?.verdict !== undefined || !(await lock.isHeld())) {
      throw new NotSent(anotherWindow());
    }
  }

  async #mustHaveKey(): Promise<void> {
    if (!(await this.#options.isKept())) throw new NotSent(keyGone());
  }

  async #prepare(
    deed: Deed,
  ): Promise<{ readonly baseline: Record['baseline'] } | { readonly refusal: Verdict }> {
    try {
      return { baseline: await readBaseline(this.#options.exchange, deed) };
    } catch (error) {
      if (!(error instanceof BybitError)) throw error;
      return { refusal: refusedBy(error) };
    }
  }

  async #refused(id: string, error: unknown): Promise<Verdict> {
    const verdict = refusedBy(error);
    await this.#ends.note(id, verdict);
    this.#lookouts.delete(id);
    this.#changed();
    return verdict;
  }

  /** Waits for the end, or for as much as can be said when waiting ends. */
  async #outcome(id: string, signal: AbortSignal | undefined): Promise<Verdict> {
    const { clock, journal } = this.#options;
    const until = clock.monotonic() + WAIT_MS;
    for (;;) {
      const record = journal.record(id);
      const verdict = record === undefined ? undefined : (concluded(record) ?? this.#ends.unwritten(id));
      if (verdict !== undefined) return verdict;
      const over = clock.monotonic() >= until || signal?.aborted || this.#ended.signal.aborted;
      if (record !== undefined && (over || record.state === 'needsLook')) {
        return this.#ended.signal.aborted ? leftOpen(record) : standing(record);
      }
      await this.#waiters.next(until - clock.monotonic(), signal);
    }
  }

  /** Starts settling what is open, unless that runs already (then the lock is not needed a second time). */
  #settle(lock: Lock | undefined): void {
    if (this.#settling !== undefined || this.#ended.signal.aborted) {
      if (lock !== undefined) void lock.release().catch(() => undefined);
      return;
    }
    this.#settling = this.#settleAll(lock).finally(() => {
      this.#settling = undefined;
      this.#changed();
    });
  }

  async #settleAll(given: Lock | undefined): Promise<void> {
    const { journal, log } = this.#options;
    let lock = given;
    try {
      for (let looks = 1; !this.#ended.signal.aborted; looks += 1) {
        await journal.refresh().catch((error) => log(`journal: ${String(error).slice(0, 200)}`));
        if (journal.open().length === 0) break;
        if (lock === undefined) {
          lock = await this.#lock.takeNow();
          // With the lock just taken, what the other window wrote is read before anything is judged.
          if (lock === undefined) await this.#sleep(OTHERS_MS);
          else this.#lookouts.clear();
          continue;
        }
        if (!(await lock.isHeld())) {
          await lock.release();
          lock = undefined;
          continue;
        }
        for (const record of journal.open()) await this.#look(record);
        this.#changed();
        if (journal.open().length > 0) await this.#sleep(pauseAfter(looks));
      }
    } finally {
      await lock?.release().catch(() => undefined);
    }
  }

  async #sleep(ms: number): Promise<void> {
    this.#pause = new AbortController();
    if (this.#ended.signal.aborted) return;
    await this.#options.clock.sleep(ms, this.#pause.signal).catch(() => undefined);
  }

  async #look(record: Record): Promise<void> {
    const { exchange, clock, journal, log, onSettled } = this.#options;
    const lookout = this.#lookouts.get(record.id) ?? new Lookout(exchange, clock);
    this.#lookouts.set(record.id, lookout);
    try {
      const glance = await lookout.look(record);
      if (this.#ended.signal.aborted) return;
      if ('verdict' in glance) {
        if (await this.#ends.conclude(record.id, glance.verdict)) this.#lookouts.delete(record.id);
        this.#changed();
        this.#refreshed = onSettled(deedOf(record.operation).touches);
      } else if (glance.state !== record.state) {
        await journal.note({ ...this.#stamp(record.id), type: 'state', ...stateOf(glance) });
      }
    } catch (error) {
      log(`look for ${record.operation.kind}: ${String(error).slice(0, 200)}`);
    }
  }

  #stamp(id: string) {
    return { v: JOURNAL_VERSION, id, at: this.#options.clock.now() } as const;
  }

  #changed(): void {
    this.#options.onChange();
    this.#waiters.wake();
  }
}
