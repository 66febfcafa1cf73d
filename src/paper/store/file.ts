import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { State } from '../ledger/state';
import { decode, encode } from './codec';
import { type Lock, takeLock } from './lock';
import type { Store } from './store';

export interface FileStoreOptions {
  readonly folder: string;
  /** A fresh ledger, for an empty folder or one whose ledger is unreadable. */
  readonly begin: () => State;
  /** Told when an unreadable ledger was put aside, with the name it was given. */
  readonly onAside?: (file: string) => void;
}

/** Which file it was: a rename brings another one. */
interface Version {
  readonly inode: bigint;
  readonly modified: bigint;
  readonly size: bigint;
}

/**
 * Keeps the ledger as one file in a folder that processes share. Every change happens under a lock, from the newest
 * ledger, and lands by writing another file, flushing and renaming it: a process killed at any point leaves the ledger
 * as it was before or after. An unreadable ledger is renamed, never deleted.
 */
export function fileStore({ folder, begin, onAside }: FileStoreOptions): Store {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'paper-ledger.json');
  let known: { readonly version: Version; readonly state: State } | undefined;

  /** The ledger as it lies there; undefined when there is none, 'unreadable' when it cannot be understood. */
  function load(): State | 'unreadable' | undefined {
    const version = versionOf(path);
    if (version === undefined) return undefined;
    if (known !== undefined && same(known.version, version)) return known.state;
    const state = decode(readFileSync(path, 'utf8'));
    if (state === undefined) return 'unreadable';
    known = { version, state };
    return state;
  }

  /** Under the lock: the newest ledger, begun anew where there is none to be had. */
  function newest(lock: Lock): State {
    const loaded = load();
    if (loaded === 'unreadable') putAside();
    else if (loaded !== undefined) return loaded;
    const state = begin();
    save(state, lock);
    return state;
  }

  function putAside(): void {
    const name = `paper-ledger.unreadable-${Date.now()}.json`;
    renameSync(path, join(folder, name));
    onAside?.(name);
  }

  function save(state: State, lock: Lock): void {
    const temporary = join(folder, `paper-ledger.${process.pid}.tmp`);
    try {
      const file = openSync(temporary, 'w', 0o600);
      try {
        writeFileSync(file, encode(state));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (!lock.holds()) throw new Error('The lock of the paper ledger was lost.');
      renameSync(temporary, path);
    } catch (error) {
      removeQuietly(temporary);
      throw error;
    }
    const version = versionOf(path);
    known = version === undefined ? undefined : { version, state };
  }

  async function locked<Value>(work: (lock: Lock) => Value): Promise<Value> {
    const lock = await takeLock(join(folder, 'paper-ledger.lock'));
    try {
      return work(lock);
    } finally {
      lock.release();
    }
  }

  return {
    async read() {
      const loaded = load();
      return loaded === undefined || loaded === 'unreadable' ? locked(newest) : loaded;
    },
    change: (change) =>
      locked((lock) => {
        const before = newest(lock);
        const { state, value } = change(before);
        if (state !== before) save(state, lock);
        return value;
      }),
  };
}

function versionOf(path: string): Version | undefined {
  try {
    const { ino, mtimeNs, size } = statSync(path, { bigint: true });
    return { inode: ino, modified: mtimeNs, size };
  } catch {
    return undefined;
  }
}

function same(a: Version, b: Version): boolean {
  return a.inode === b.inode && a.modified === b.modified && a.size === b.size;
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made, or is gone.
  }
}
