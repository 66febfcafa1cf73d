import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalClock } from '../../bybit/local-clock';

const SIGN = /^here-[0-9a-f-]{36}$/;
/** Signs so old belong to windows that were killed. */
const DEAD_MS = 60 * 60_000;

/** Which windows look at one thing: each has a file in the same folder, with the time of its last sign of life. */
export class Presence {
  readonly #folder: string;
  readonly #clock: LocalClock;
  readonly #own = `here-${randomUUID()}`;

  constructor(folder: string, clock: LocalClock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Gives a sign of life; tells whether any other window gave one within `ms`. Rejects where nothing can be written. */
  async look(ms: number): Promise<boolean> {
    // What windows read of an account lies there, too: it is the person's alone.
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.#folder, this.#own), String(this.#clock.now()), { mode: 0o600 });
    const ages = await agesIn(this.#folder, this.#clock, this.#own);
    return ages.some((age) => age <= ms);
  }

  /** Takes the sign back, and with the last one all that lies in the folder. */
  async leave(): Promise<void> {
    await rm(join(this.#folder, this.#own), { force: true });
    await clearIfDead(this.#folder, this.#clock);
  }
}

/** Removes what windows that were killed left in the folders of a folder. Never rejects. */
export async function clearDead(parent: string, clock: LocalClock): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  await Promise.all(names.map((name) => clearIfDead(join(parent, name), clock).catch(() => undefined)));
}

async function clearIfDead(folder: string, clock: LocalClock): Promise<void> {
  const ages = await agesIn(folder, clock).catch(() => undefined);
  if (ages?.every((age) => age > DEAD_MS) === true) await rm(folder, { recursive: true, force: true });
}

/** Ages of signs, ms; one from the future (the clock was set back) is as old as it is ahead. */
async function agesIn(folder: string, clock: LocalClock, but?: string): Promise<readonly number[]> {
  const names = (await readdir(folder)).filter((name) => SIGN.test(name) && name !== but);
  const texts = names.map((name) => readFile(join(folder, name), 'utf8').catch(() => ''));
  const times = (await Promise.all(texts)).filter((text) => /^\d{1,16}$/.test(text));
  return times.map((text) => Math.abs(clock.now() - Number(text)));
}
