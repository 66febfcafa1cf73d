import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock whose holder has not been heard of for this long may be taken over. Holding takes milliseconds. */
const STALE_MS = 10_000;
const PATIENCE_MS = 20_000;
const RETRY_MS = 3;

/** A lock held by this process. */
export interface Lock {
  /** Whether it still is ours; asked right before something is written for good. */
  holds(): boolean;
  release(): void;
}

/**
 * Takes a lock that processes share: a file made with `wx`, which only one can make. A lock left behind by a process
 * that is gone is taken over. Rejects with the code ELOCKED when it cannot be had.
 */
export async function takeLock(path: string): Promise<Lock> {
  const token = `${process.pid} ${randomUUID()}`;
  const giveUp = Date.now() + PATIENCE_MS;
  while (!create(path, token)) {
    if (isStale(path)) takeAway(path);
    else if (Date.now() > giveUp) {
      throw Object.assign(new Error('The paper ledger is locked by another window.'), { code: 'ELOCKED' });
    } else await sleep(RETRY_MS);
  }
  const holds = (): boolean => read(path) === token;
  return {
    holds,
    release() {
      if (holds()) remove(path);
    },
  };
}

function create(path: string, token: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'EPERM') return false;
    throw error;
  }
  try {
    writeSync(file, token);
  } catch (error) {
    // A full disk: a lock that nobody can be told to hold would keep everybody out until it is stale.
    remove(path);
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

/** Removes a stale lock. Who may do so is settled by a second lock, under which it is looked at again. */
function takeAway(path: string): void {
  const guard = `${path}.takeover`;
  if (!create(guard, String(process.pid))) {
    if (isStale(guard)) remove(guard);
    return;
  }
  if (isStale(path)) remove(path);
  remove(guard);
}

function isStale(path: string): boolean {
  const content = read(path);
  const age = ageOf(path);
  if (content === undefined || age === undefined) return false;
  const pid = Number(content.split(' ')[0]);
  // An empty lock is one whose maker was stopped between making and writing it.
  return age > STALE_MS || (content !== '' && !isAlive(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function ageOf(path: string): number | undefined {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else was faster.
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
