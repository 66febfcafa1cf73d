import { join } from 'node:path';
import type { Exchange } from '../../bybit/exchange';
import type { LocalClock } from '../../bybit/local-clock';
import { keeping, NotKept, replaying } from '../../bybit/replay';
import { fileName } from '../journal/journal';
import { type Lock, tryLock } from '../lock';
import { keepReading, keptReading } from './kept-reading';
import { Presence } from './presence';
import { type Got, ownReads, type Reads, type Wanted, type Work } from './reads';

export interface SharedReadsOptions {
  readonly exchange: Exchange;
  readonly clock: LocalClock;
  /** Of the account, or of the host without one; shared by the windows that show it. Readings lie there while several do. */
  readonly folder: string;
  /** Between two polls of a window. */
  readonly intervalMs: () => number;
  readonly log: (line: string) => void;
}

/** A window that gave no sign of life for so many polls does not look at the account any more. */
const POLLS_MISSED = 3;
const LEAST_PRESENCE_MS = 60_000;
/** The longest one waits for another window's reading: longer than a lock that a dead one left. */
const PATIENCE_MS = 12_000;
const STEP_MS = 250;

/**
 * Readings that windows on one account make for each other. What one has read within half the time after which it would be
 * read again does for the others, and while one reads they wait for it, so that together they ask as often as one would.
 * Answers are shared as the exchange gave them, and read again by each. A window that is alone writes nothing but its sign of
 * life; where nothing can be written, each reads for itself.
 */
export class SharedReads implements Reads {
  readonly #options: SharedReadsOptions;
  readonly #presence: Presence;
  /** When the reading began that was made or taken last, by name: never again an older one. */
  readonly #askedAt = new Map<string, number>();
  #isAlone = true;
  #lagMs = 0;
  #said = false;
  #disposed = false;

  constructor(options: SharedReadsOptions) {
    this.#options = options;
    this.#presence = new Presence(options.folder, options.clock);
  }

  get isShared(): boolean {
    return !this.#isAlone;
  }

  /** Looks for other windows; before each poll. Never rejects. */
  async begin(): Promise<void> {
    if (this.#disposed) return;
    const within = Math.max(this.#intervalMs * POLLS_MISSED, LEAST_PRESENCE_MS);
    try {
      this.#isAlone = !(await this.#presence.look(within));
    } catch (error) {
      this.#isAlone = true;
      this.#note(error);
    }
    // Disposed meanwhile: the sign was written after it was taken back.
    if (this.#disposed) await this.#presence.leave().catch(() => undefined);
  }

  /** How old the oldest was that was taken since the last call, ms: by so much the next poll comes sooner, to keep step. */
  takeLag(): number {
    const lag = this.#lagMs;
    this.#lagMs = 0;
    return lag;
  }

  async through<T>(wanted: Wanted, work: Work<T>): Promise<Got<T>> {
    const { clock, exchange } = this.#options;
    if (wanted.isPrivate === true) return await ownReads(exchange, clock).through(wanted, work);
    if (this.#isAlone || wanted.isFresh === true) return await this.#own(wanted, work);
    for (const until = clock.monotonic() + PATIENCE_MS; ; ) {
      const taken = await this.#take(wanted, work);
      if (taken !== undefined) return taken;
      const lock = wanted.isLong === true ? 'none' : await this.#turn(wanted);
      if (lock !== undefined) return await this.#inTurn(lock, wanted, work);
      if (clock.monotonic() >= until || wanted.signal?.aborted === true) return await this.#own(wanted, work);
      await clock.sleep(STEP_MS, wanted.signal).catch(() => undefined);
    }
  }

  dispose(): void {
    this.#disposed = true;
    void this.#presence.leave().catch(() => undefined);
  }

  get #intervalMs(): number {
    const ms = this.#options.intervalMs();
    return Number.isFinite(ms) ? ms : 0;
  }

  async #turn({ name }: Wanted): Promise<Lock | 'none' | undefined> {
    try {
      return await tryLock(`${this.#pathOf(name)}.lock`, this.#options.clock);
    } catch (error) {
      this.#note(error);
      return 'none';
    }
  }

  async #inTurn<T>(lock: Lock | 'none', wanted: Wanted, work: Work<T>): Promise<Got<T>> {
    if (lock === 'none') return await this.#own(wanted, work);
    try {
      // Who had the turn before may have ended between the look and the lock.
      return (await this.#take(wanted, work)) ?? (await this.#own(wanted, work));
    } finally {
      await lock.release();
    }
  }

  /** What another window has read, if it will do. */
  async #take<T>({ name, life }: Wanted, work: Work<T>): Promise<Got<T> | undefined> {
    const { clock, exchange } = this.#options;
    const kept = await keptReading(this.#pathOf(name));
    if (kept === undefined || kept.name !== name) return undefined;
    const { askedAt, readAt, bodies } = kept;
    const age = clock.now() - askedAt;
    const isNews = askedAt > (this.#askedAt.get(name) ?? Number.NEGATIVE_INFINITY);
    if (!isNews || readAt < askedAt || readAt > clock.now()) return undefined;
    if (age > Math.max(life, this.#intervalMs) / 2) return undefined;
    let value: T;
    try {
      value = await work(
        replaying(bodies, () => exchange.now()),
        () => askedAt,
      );
    } catch (error) {
      // Another version asks otherwise, or the file was harmed: what the exchange says itself will tell.
      if (!(error instanceof NotKept)) this.#note(error);
      return undefined;
    }
    this.#askedAt.set(name, askedAt);
    if (life < this.#intervalMs) this.#lagMs = Math.max(this.#lagMs, age);
    return { value, readAt };
  }

  async #own<T>(wanted: Wanted, work: Work<T>): Promise<Got<T>> {
    const { name } = wanted;
    const { clock, exchange } = this.#options;
    const askedAt = clock.now();
    const kept = this.#isAlone ? undefined : keeping(exchange);
    const got = await ownReads(kept?.exchange ?? exchange, clock).through(wanted, work);
    this.#askedAt.set(name, askedAt);
    if (kept !== undefined && !this.#disposed) {
      const reading = { name, askedAt, readAt: got.readAt, bodies: kept.bodies };
      await keepReading(this.#pathOf(name), reading).catch((error) => this.#note(error));
    }
    return got;
  }

  #pathOf(name: string): string {
    return join(this.#options.folder, `${fileName(name)}.json`);
  }

  /** Once, and in short: what cannot be shared now cannot with every poll. */
  #note(error: unknown): void {
    if (this.#said) return;
    this.#said = true;
    this.#options.log(`windows: readings are not shared: ${String(error).slice(0, 200)}`);
  }
}
