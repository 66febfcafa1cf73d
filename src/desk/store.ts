import { vipLevelOf } from '../bybit/account';
import type { VipLevel } from '../bybit/common';
import { BybitError, RefusalError, TransportError } from '../bybit/errors';
import type { LocalClock } from '../bybit/local-clock';
import { plain, words } from '../bybit/words';
import { outdatedBy } from './parts/position';
import { MINUTE_MS } from './parts/reader';
import { READERS } from './parts/readers';
import type { Failure, Part, PartName, Parts, Snapshot } from './snapshot';
import type { Reads } from './windows/reads';

export interface StoreOptions {
  readonly reads: Reads;
  readonly clock: LocalClock;
  /** Without one only the public parts are read. */
  readonly hasAccount: boolean;
  /** Called after every change of the snapshot. */
  readonly onChange: () => void;
  readonly log: (line: string) => void;
}

/** A part of long life that failed is asked again after this: an outage must not multiply the requests. */
const RETRY_MS = MINUTE_MS;
const EMPTY = { value: undefined, readAt: undefined, failure: undefined, loading: false } as const;
const NAMES = Object.keys(READERS) as readonly PartName[];

interface Flight {
  readonly done: Promise<void>;
  /** Whether it asks the exchange itself, rather than take what another window has read a while ago. */
  readonly isFresh: boolean;
}

/** How long nobody asks again for what an account does not have. */
const ABSENT_LIFE_MS = 30 * MINUTE_MS;

/** Nothing read yet. */
export function emptySnapshot(): Snapshot {
  // Every name has a reader, and every part begins alike.
  const parts = Object.fromEntries(NAMES.map((name) => [name, EMPTY])) as unknown as Snapshot['parts'];
  return { parts, vipLevel: 'VIP0' };
}

/** Holds the snapshot and reads its parts, each on its own: one flight a part, a failure stays with its part. */
export class Store {
  readonly #options: StoreOptions;
  readonly #flights = new Map<PartName, Flight>();
  /** Absent by a status of HTTP alone: anything on the way can give that, not only the exchange. */
  readonly #doubted = new Set<PartName>();
  #snapshot: Snapshot = emptySnapshot();
  #disposed = false;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Reads parts now, from the exchange; a flight under way is joined. Never rejects. */
  async read(names: readonly PartName[] = NAMES): Promise<void> {
    await this.#readAll(names, true);
  }

  /** Reads parts in flights that begin after this call, so that they see what has just been done. */
  async readAnew(names: readonly PartName[] = NAMES): Promise<void> {
    await Promise.all(names.map((name) => this.#flights.get(name)?.done));
    await this.read(names);
  }

  /**
   * Reads the parts that have outlived their life, and those that what came does not fit. When one comes back, the others that failed are asked at once, and those
   * that may have been called absent by what stood in the way.
   */
  async readDue(): Promise<void> {
    const now = this.#options.clock.now();
    const failed = this.#failed();
    const { value: before } = this.#snapshot.parts.position;
    const due = NAMES.filter((name) => this.#isDue(name, now));
    await this.#readAll(due, false);
    await this.read(outdatedBy(before, this.#snapshot.parts.position.value));
    const still = this.#failed();
    if (failed.every((name) => still.includes(name))) return;
    await this.read([...still, ...this.#doubted]);
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #readAll(names: readonly PartName[], isFresh: boolean): Promise<void> {
    const wanted = names.filter((name) => this.#options.hasAccount || READERS[name].isPublic);
    await Promise.all(wanted.map((name) => this.#inTurn(name, wanted, isFresh)));
  }

  /** Reads a part, behind the first look at the part it depends on. */
  async #inTurn(name: PartName, wanted: readonly PartName[], isFresh: boolean): Promise<void> {
    const { after, isOfValue } = READERS[name];
    if (after !== undefined) {
      if (wanted.includes(after) && this.#snapshot.parts[after].value === undefined)
        await this.#fly(after, isFresh);
      if (this.#snapshot.parts[after].absent) {
        this.#putAbsent(name);
        return;
      }
      const { value, failure } = this.#snapshot.parts[after];
      if (isOfValue && value === undefined && failure !== undefined) {
        this.#put(name, { failure });
        return;
      }
    }
    await this.#fly(name, isFresh);
  }

  /** Whether nothing is known of it: neither a value nor that there is none. */
  #isUnread(name: PartName): boolean {
    const { value, absent } = this.#snapshot.parts[name];
    return value === undefined && absent === undefined;
  }

  #failed(): readonly PartName[] {
    return NAMES.filter((name) => this.#snapshot.parts[name].failure !== undefined);
  }

  #isDue(name: PartName, now: number): boolean {
    const { readAt, failure, absent } = this.#snapshot.parts[name];
    const { life, after } = READERS[name];
    const isOver = (at: number | undefined, ms: number) => at === undefined || Math.abs(now - at) >= ms;
    if (failure !== undefined) return isOver(failure.at, Math.min(life, RETRY_MS));
    if (absent && after !== undefined && !this.#snapshot.parts[after].absent) return true;
    return isOver(readAt, absent ? ABSENT_LIFE_MS : life);
  }

  #fly(name: PartName, isFresh: boolean): Promise<void> {
    const under = this.#flights.get(name);
    if (under !== undefined) {
      return isFresh && !under.isFresh ? under.done.then(() => this.#fly(name, isFresh)) : under.done;
    }
    const done = this.#load(name, isFresh).finally(() => this.#flights.delete(name));
    this.#flights.set(name, { done, isFresh: isFresh || !this.#options.reads.isShared });
    return done;
  }

  async #load<Name extends PartName>(name: Name, isFresh: boolean): Promise<void> {
    const { reads, clock, log } = this.#options;
    const { life, isPrivate = false } = READERS[name];
    const { vipLevel, parts } = this.#snapshot;
    this.#put(name, { loading: true });
    try {
      const { value, readAt } = await reads.through<Parts[Name] | undefined>(
        { name, life, isFresh, isPrivate },
        (exchange) => READERS[name].read({ exchange, vipLevel, parts }),
      );
      this.#doubted.delete(name);
      if (value === undefined) this.#putAbsent(name);
      else this.#putAnew(name, { value, readAt, failure: undefined, loading: false });
      if (name === 'key') this.#setTier();
    } catch (error) {
      const isKnown = parts[name].value !== undefined;
      if (error instanceof BybitError && READERS[name].isAbsence?.(error, isKnown) === true) {
        if (error instanceof TransportError) this.#doubted.add(name);
        else this.#doubted.delete(name);
        log(`read ${name}: none here ${codeOf(error) ?? ''}`.trimEnd());
        this.#putAbsent(name);
        return;
      }
      const failure = failureOf(error, clock.now());
      log(`read ${name}: ${plain(failure.words)} ${failure.code ?? ''}`.trimEnd());
      if (!(error instanceof BybitError)) log(`read ${name}: ${String(error).slice(0, 300)}`);
      this.#put(name, { failure, loading: false });
    }
  }

  #put<Name extends PartName>(name: Name, change: Partial<Part<Parts[Name]>>): void {
    this.#putAnew(name, { ...this.#snapshot.parts[name], ...change });
  }

  #putAbsent(name: PartName): void {
    this.#putAnew(name, { ...EMPTY, readAt: this.#options.clock.now(), absent: true });
  }

  #putAnew<Name extends PartName>(name: Name, part: Part<Parts[Name]>): void {
    if (this.#disposed) return;
    this.#snapshot = { ...this.#snapshot, parts: { ...this.#snapshot.parts, [name]: part } };
    this.#options.onChange();
  }

  /** Rates and limits depend on the tier: when the key turns out to have another, those parts are read again. */
  #setTier(): void {
    const key = this.#snapshot.parts.key.value;
    if (key === undefined || this.#disposed) return;
    const { level, known } = vipLevelOf(key.vipLevel);
    if (!known)
      this.#options.log(`unknown VIP level ${JSON.stringify(key.vipLevel).slice(0, 40)}, taken as VIP0`);
    if (level === this.#snapshot.vipLevel) return;
    this.#changeTier(level);
  }

  #changeTier(vipLevel: VipLevel): void {
    this.#snapshot = { ...this.#snapshot, vipLevel };
    this.#options.onChange();
    const byTier = NAMES.filter((name) => READERS[name].after === 'key');
    const stale = byTier.filter((name) => !this.#isUnread(name) || this.#flights.has(name));
    if (stale.length > 0) void this.readAnew(stale);
  }
}

/** An error of a read in words for a row. Anything but our own errors is a fault of ours and says so. */
export function failureOf(error: unknown, at: number): Failure {
  if (!(error instanceof BybitError)) {
    return {
      words: words('Something unexpected went wrong; the log has more.'),
      advice: undefined,
      code: undefined,
      at,
    };
  }
  return { words: error.words, advice: error.advice, code: codeOf(error), at };
}

/** "148009", "HTTP 502", "ECONNRESET"; undefined when the error has none. */
export function codeOf(error: BybitError): string | undefined {
  if (error instanceof RefusalError) return String(error.retCode);
  if (!(error instanceof TransportError)) return undefined;
  // What the proxy said stands in the words; the log has our own code for it.
  const status = error.httpStatus ?? error.proxyStatus;
  return status === undefined ? error.code : `HTTP ${status}`;
}
