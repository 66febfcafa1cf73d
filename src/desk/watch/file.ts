import { join } from 'node:path';
import { type LocalClock, systemClock } from '../../bybit/local-clock';
import { fileName } from '../journal/journal';
import { readJson, writeJson } from '../json-file';
import { whileLocked } from '../lock';
import { setAside } from '../set-aside';
import {
  FRESH,
  readSnoozes,
  readState,
  type Snoozes,
  snoozesValue,
  stateValue,
  type WatchState,
} from './state';

/**
 * What a watch remembers, in files that windows share. Only the window that leads writes what was told; any
 * may write the snoozes, which are therefore a file of their own.
 */
export class WatchFile {
  readonly path: string;
  readonly #log: (line: string) => void;
  readonly #clock: LocalClock;

  constructor(folder: string, name: string, log: (line: string) => void, clock = systemClock) {
    this.path = join(folder, `watch-${fileName(name)}.json`);
    this.#log = log;
    this.#clock = clock;
  }

  /** A missing file is fresh; one that cannot be understood is set aside and said so, and the watch begins anew. */
  async read(): Promise<WatchState> {
    const read = await readJson(this.path);
    if (read === 'missing') return FRESH;
    const state = read === 'damaged' ? undefined : readState(read.value);
    if (state !== undefined) return state;
    const aside = await setAside(this.path);
    this.#log(`watch: the memory could not be read and was set aside as ${aside ?? 'nothing'}`);
    return FRESH;
  }

  async snoozes(): Promise<Snoozes> {
    const read = await readJson(this.#snoozes);
    return typeof read === 'string' ? new Map() : readSnoozes(read.value);
  }

  /** Of changes by several windows at the same time none is lost. */
  async changeSnoozes(change: (before: Snoozes) => Snoozes): Promise<void> {
    await whileLocked(`${this.#snoozes}.lock`, this.#clock, async () =>
      writeJson(this.#snoozes, snoozesValue(change(await this.snoozes()))),
    );
  }

  get #snoozes(): string {
    return `${this.path}.snoozed`;
  }

  async write(state: WatchState): Promise<void> {
    await writeJson(this.path, stateValue(state));
  }
}
