import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalClock } from './local-clock';

/** One file a minute, so that what is read stays short. */
const MINUTE_MS = 60_000;
/** So long into a minute the lines of the last one still count. */
const CARRY_MS = 10_000;
/** Nobody waits longer for a place than this: what asks for more was written under another clock. */
const FARTHEST_MS = 30_000;
/** An address is barred at 600 requests in 5 s (API.md §4); all windows together stay well below. */
const ADDRESS_REQUESTS = 500;
const ADDRESS_WINDOW_MS = 5000;
const LINE = /^(\d{1,15}) (\d{1,7}) (book|hold) (\S+) ([0-9a-f]{12})$/;

export interface PaceLogOptions {
  /** Shared by the windows of this machine. */
  readonly folder: string;
  /** Of the address; each has its own log. */
  readonly host: string;
  /** Of the account: its limits are its own. */
  readonly account: string;
  readonly clock: LocalClock;
}

interface Entry {
  readonly at: number;
  readonly ms: number;
  readonly kind: 'book' | 'hold';
  readonly name: string;
  readonly mark: string;
}

/**
 * Lets windows share the limits of one account and address, without a lock: each appends a line for every request, and
 * everybody works out from the order of the lines when whose turn is. Files that cannot be read or written limit
 * nothing: then each window keeps the limits for itself.
 */
export class PaceLog {
  readonly #options: PaceLogOptions;
  readonly #prefix: string;
  #minute = 0;

  constructor(options: PaceLogOptions) {
    this.#options = options;
    this.#prefix = `pace-${fileName(options.host)}`;
  }

  /** Books the next place of an endpoint; gives how long to wait for it, ms. */
  async book(path: string, spacingMs: number): Promise<number> {
    const now = this.#options.clock.now();
    const own = entry(now, spacingMs, 'book', this.#nameOf(path));
    try {
      await this.#append(own);
      return placeOf(own, await this.#recent(now)) - now;
    } catch {
      return 0;
    }
  }

  /** Nothing of the endpoint leaves for so long, from any window. */
  async hold(path: string, ms: number): Promise<void> {
    await this.#append(entry(this.#options.clock.now(), ms, 'hold', this.#nameOf(path))).catch(
      () => undefined,
    );
  }

  /** Nothing is sent to the address before this time, epoch milliseconds; also by windows that open later. */
  async silence(until: number): Promise<void> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true })
      .then(() => writeFile(this.#silencePath(), String(until)))
      .catch(() => undefined);
  }

  /** Until when nothing is sent, epoch milliseconds; 0 when it may. */
  async silentUntil(): Promise<number> {
    const text = await readFile(this.#silencePath(), 'utf8').catch(() => '');
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
  }

  #silencePath(): string {
    return join(this.#options.folder, `${this.#prefix}-silence`);
  }

  #nameOf(path: string): string {
    return `${fileName(this.#options.account)}${path}`;
  }

  #pathOf(minute: number): string {
    return join(this.#options.folder, `${this.#prefix}-${minute}`);
  }

  async #append({ at, ms, kind, name, mark }: Entry): Promise<void> {
    const minute = Math.floor(at / MINUTE_MS);
    if (minute !== this.#minute) {
      await mkdir(this.#options.folder, { recursive: true });
      await this.#tidy(minute);
      this.#minute = minute;
    }
    await appendFile(this.#pathOf(minute), `${at} ${Math.ceil(ms)} ${kind} ${name} ${mark}\n`);
  }

  async #recent(now: number): Promise<Entry[]> {
    const minute = Math.floor(now / MINUTE_MS);
    const minutes = now % MINUTE_MS < CARRY_MS ? [minute - 1, minute] : [minute];
    const texts = minutes.map((one) => readFile(this.#pathOf(one), 'utf8').catch(() => ''));
    return (await Promise.all(texts)).flatMap((text) => text.split('\n').flatMap(read));
  }

  async #tidy(minute: number): Promise<void> {
    const files = await readdir(this.#options.folder);
    const old = files.filter((name) => {
      const own = name.startsWith(`${this.#prefix}-`)
        ? Number(name.slice(this.#prefix.length + 1))
        : Number.NaN;
      return Math.abs(own - minute) > 1;
    });
    await Promise.all(old.map((name) => unlink(join(this.#options.folder, name)).catch(() => undefined)));
  }
}

function entry(at: number, ms: number, kind: Entry['kind'], name: string): Entry {
  return { at, ms, kind, name, mark: randomBytes(6).toString('hex') };
}

function read(line: string): Entry[] {
  const [, at = '', ms = '', kind, name = '', mark = ''] = LINE.exec(line) ?? [];
  if (kind !== 'book' && kind !== 'hold') return [];
  return [{ at: Number(at), ms: Number(ms), kind, name, mark }];
}

/**
 * When a booked request may leave: everybody who reads the same lines finds the same times. A line from the future was
 * written before a clock was set back and counts for nothing.
 */
function placeOf(own: Entry, entries: readonly Entry[]): number {
  const free = new Map<string, number>();
  const leaving: number[] = [];
  for (const { at, ms, kind, name, mark } of entries) {
    if (at > own.at + FARTHEST_MS) continue;
    const before = Math.min(free.get(name) ?? 0, own.at + FARTHEST_MS);
    if (kind === 'hold') {
      free.set(name, Math.max(before, at + ms));
      continue;
    }
    const place = Math.max(at, before, addressFree(leaving, at));
    if (mark === own.mark) return Math.min(place, own.at + FARTHEST_MS);
    free.set(name, place + ms);
    leaving.push(place);
  }
  return own.at;
}

function addressFree(leaving: readonly number[], at: number): number {
  const first = leaving[leaving.length - ADDRESS_REQUESTS];
  return first === undefined ? at : first + ADDRESS_WINDOW_MS;
}

function fileName(text: string): string {
  return text.replace(/[^\w.-]/g, '_').slice(0, 80);
}
