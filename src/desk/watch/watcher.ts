import { join } from 'node:path';
import type { LocalClock } from '../../bybit/local-clock';
import type { Words } from '../../bybit/words';
import { fileName } from '../journal/journal';
import { type Lock, tryLock } from '../lock';
import { changesSince } from './away';
import type { Report } from './event';
import type { WatchFile } from './file';
import { type Fired, FRESH, type Seen, type Snoozes, type WatchState } from './state';
import { awoken, step } from './step';
import { UnlockedTurn } from './turn';

export interface WatcherOptions {
  /** What is watched: an account's id, or another name that windows share. */
  readonly name: string;
  /** Shared by windows; holds the lock of who leads. */
  readonly folder: string;
  readonly file: WatchFile;
  readonly clock: LocalClock;
  /** Reads what the watch looks at; never rejects (failures are in the snapshot). */
  readonly refresh: () => Promise<void>;
  /** What all rules say of what is known now; undefined before anything was read. */
  readonly reports: () => readonly Report[] | undefined;
  /** The position as seen now, to tell at the next start what changed; undefined where there is none. */
  readonly seen: () => Seen | undefined;
  /** BCP 47. */
  readonly locale: string;
  /** Milliseconds between two looks; undefined while the watch is off. */
  readonly intervalMs: () => number | undefined;
  /** Called in one window only, once an event. */
  readonly tell: (fired: Fired) => void;
  /** What changed while nothing watched; called once at the start, if anything did. */
  readonly tellAway: (changes: readonly Words[]) => void;
  readonly log: (line: string) => void;
}

/** How soon another window takes over when the one that leads is gone: with the lock's staleness within 15 s. */
const FOLLOW_MS = 4_000;
const LEAST_MS = 5_000;
/** The position of a quiet account is written down so often, for the next start. */
const SEEN_MS = 5 * 60_000;

/** Watches one thing while it lives, in one of all windows, and tells each event once. */
export class Watcher {
  readonly #given: WatcherOptions;
  readonly #ended = new AbortController();
  /** Snoozes whose end was told: one that could not be taken out of its file does not end again. */
  readonly #over = new Map<string, number>();
  #state: WatchState | undefined;
  /** Whether everything was asked for once since this window leads. */
  #hasLooked = false;
  #work: Promise<void> = Promise.resolve();
  #pause: AbortController | undefined;

  constructor(options: WatcherOptions) {
    this.#given = options;
    void this.#run().catch((error) => this.#note('', error));
  }

  /** Whether this window is the one that tells. */
  get leads(): boolean {
    return this.#state !== undefined;
  }

  /** Looks at what is known now; for when the snapshot has changed. Does nothing in windows that only follow. */
  look(): void {
    if (this.#state !== undefined) void this.#judge().catch(() => undefined);
  }

  /** What was told, newest last, whoever told it. */
  async fired(): Promise<readonly Fired[]> {
    return (this.#state ?? (await this.#given.file.read())).fired;
  }

  /** Keeps a key silent until a moment (local epoch milliseconds), whichever window leads. */
  async snooze(key: string, until: number): Promise<void> {
    const { file } = this.#given;
    await this.#queue(() => file.changeSnoozes((before) => new Map([...before, [key, until]])));
  }

  dispose(): void {
    this.#ended.abort();
    this.#pause?.abort();
  }

  async #run(): Promise<void> {
    const { intervalMs } = this.#given;
    while (!this.#ended.signal.aborted) {
      const lock = intervalMs() === undefined ? undefined : await this.#tryLead();
      if (lock === undefined) {
        await this.#sleep(FOLLOW_MS);
        continue;
      }
      try {
        await this.#lead(lock);
      } catch (error) {
        this.#note('', error);
        await this.#sleep(FOLLOW_MS);
      } finally {
        await this.#work;
        this.#state = undefined;
        await lock.release().catch(() => undefined);
      }
    }
  }

  async #lead(lock: Lock): Promise<void> {
    const { file, refresh, intervalMs, seen, locale, tellAway } = this.#given;
    // A memory that cannot be read must not silence an alarm: then it may be told again.
    this.#state = await file.read().catch((error) => this.#unread(error, FRESH));
    this.#hasLooked = false;
    const before = this.#state.seen;
    for (let looks = 0; !this.#ended.signal.aborted; looks += 1) {
      if (!(await lock.isHeld())) return;
      await refresh();
      this.#hasLooked = true;
      if (looks === 0) {
        const changes = changesSince(before, seen(), locale);
        if (changes.length > 0 && !this.#ended.signal.aborted) tellAway(changes);
      }
      await this.#judge();
      const interval = intervalMs();
      if (interval === undefined) return;
      await this.#sleep(Math.max(interval, LEAST_MS));
    }
  }

  /** What is remembered after a look. Before all was asked for once nothing is: what is read a moment later is history too. */
  #seenAfter({ seen }: WatchState): WatchState['seen'] {
    if (!this.#hasLooked && seen === undefined) return undefined;
    return this.#given.seen() ?? seen;
  }

  /** One look: what begins or ends is written down before it is told, so that no window tells it again. */
  async #judge(): Promise<void> {
    await this.#queue(async () => {
      const { reports, file, tell, clock } = this.#given;
      const said = reports();
      if (said === undefined || this.#state === undefined || this.#ended.signal.aborted) return;
      const snoozes = await this.#snoozes();
      const known = awoken(this.#state, snoozes, clock.now());
      const { state, told } = step(known, said, snoozes, clock.now());
      const isNews = state.fired !== known.fired || !isSameKeys(state.raised, this.#state.raised);
      const seen = this.#seenAfter(state);
      const isOld = seen !== undefined && seen.at - (state.seen?.at ?? 0) >= SEEN_MS;
      const next = { ...state, seen: isNews || isOld ? seen : state.seen };
      this.#state = next;
      if (isNews || isOld) {
        // A full disk must not silence an alarm: then it may be told again after a restart.
        await file.write(next).catch((error) => this.#note('not written: ', error));
      }
      for (const fired of told) tell(fired);
      const isOver = ([, until]: readonly [string, number]) => until <= clock.now();
      const over = [...snoozes].filter(isOver);
      if (over.length === 0) return;
      for (const [key, until] of over) this.#over.set(key, until);
      await file
        .changeSnoozes((all) => new Map([...all].filter((one) => !isOver(one))))
        .catch((error) => this.#note('not written: ', error));
    });
  }

  /** What is silent; of a list that cannot be read nothing is. */
  async #snoozes(): Promise<Snoozes> {
    const { file } = this.#given;
    const snoozes = await file.snoozes().catch((error) => this.#unread<Snoozes>(error, new Map()));
    return new Map([...snoozes].filter(([key, until]) => this.#over.get(key) !== until));
  }

  #unread<T>(error: unknown, instead: T): T {
    this.#note('not read: ', error);
    return instead;
  }

  /** In short: an error may quote a whole file. */
  #note(what: string, error: unknown): void {
    this.#given.log(`watch: ${what}${String(error).slice(0, 200)}`);
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const next = this.#work.then(work);
    this.#work = next.catch((error) => this.#note('', error));
    return next;
  }

  /** A turn at the watch; undefined while another window has it. */
  async #tryLead(): Promise<Lock | undefined> {
    const { folder, name, clock } = this.#given;
    const take = () => tryLock(join(folder, `watch-${fileName(name)}.lock`), clock);
    try {
      return await take();
    } catch (error) {
      this.#note('lock: ', error);
      return new UnlockedTurn(take);
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#pause = new AbortController();
    await this.#given.clock.sleep(ms, this.#pause.signal).catch(() => undefined);
  }
}

function isSameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}
