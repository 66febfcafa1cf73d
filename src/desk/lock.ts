import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LocalClock } from '../bybit/local-clock';

/** A lock without a sign of life for so long belongs to nobody any more. */
const STALE_MS = 10_000;
const HEARTBEAT_MS = 3_000;

/** A lock that is held: across windows, by a file. */
export interface Lock {
  /** Whether the file still says so: another window takes over when this one was stopped (sleep) for too long. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** How a turn is waited for, ms. */
export interface Patience {
  readonly longest: number;
  /** Between two tries. */
  readonly step: number;
}

/** For short changes: longer than a lock that a dead window left. */
const SHORT: Patience = { longest: 15_000, step: 15 };

/**
 * Changes files that windows share: `work` reads and writes them while it holds the lock of the path, so that none
 * overwrites what another has just written. Rejects when its turn does not come in time.
 */
export async function whileLocked<T>(
  path: string,
  clock: LocalClock,
  work: () => Promise<T>,
  { longest, step }: Patience = SHORT,
): Promise<T> {
  const until = clock.monotonic() + longest;
  for (;;) {
    const lock = await tryLock(path, clock);
    if (lock !== undefined) {
      try {
        return await work();
      } finally {
        await lock.release();
      }
    }
    if (clock.monotonic() >= until) throw new Error('Another window is writing the same files.');
    await clock.sleep(step);
  }
}

interface Holder {
  readonly token: string;
  /** Last sign of life, local epoch milliseconds. */
  readonly at: number;
}

/**
 * Takes the lock of a path if nobody holds it; undefined when somebody does. Who holds it gives a sign of life every
 * three seconds; after ten without one the lock is taken over. What is protected re-checks {@link Lock.isHeld} before
 * it does something that cannot be undone.
 */
export async function tryLock(path: string, clock: LocalClock): Promise<Lock | undefined> {
  await mkdir(dirname(path), { recursive: true });
  const taken = await create(path, clock);
  if (taken !== undefined) return taken;
  const holder = await holderOf(path);
  if (holder === undefined) return create(path, clock);
  // A sign of life from the future (the clock was set back) would keep a dead window's lock for ever.
  if (Math.abs(clock.now() - holder.at) <= STALE_MS) return undefined;
  return takeOver(path, holder.token, clock);
}

/** Only one of those who saw the same dead holder may remove its file: whoever creates a file named after it. */
async function takeOver(path: string, token: string, clock: LocalClock): Promise<Lock | undefined> {
  const right = await tryLock(`${path}.${token.slice(0, 8)}`, clock);
  if (right === undefined) return undefined;
  try {
    const now = await holderOf(path);
    if (now !== undefined && now.token !== token) return undefined;
    await unlink(path).catch(() => undefined);
    return await create(path, clock);
  } finally {
    await right.release();
  }
}

async function create(path: string, clock: LocalClock): Promise<Lock | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
  const token = randomUUID();
  const ended = new AbortController();
  // The same length every time, written in one piece: readers never see half a line.
  const sign = () => file.write(JSON.stringify({ token, pid: process.pid, at: clock.now() }), 0);
  try {
    await sign();
  } catch (error) {
    await file.close();
    await unlink(path).catch(() => undefined);
    throw error;
  }
  const beating = beat(sign, clock, ended.signal);
  const isHeld = async () => (await holderOf(path))?.token === token;
  return {
    isHeld,
    release: async () => {
      ended.abort();
      await beating;
      const own = await isHeld();
      await file.close();
      if (own) await unlink(path).catch(() => undefined);
    },
  };
}

/** Through the open file, never its name: when another window has taken over, its file stays untouched. */
async function beat(sign: () => Promise<unknown>, clock: LocalClock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(HEARTBEAT_MS, signal).catch(() => undefined);
    // A sign that cannot be written makes the lock stale, which is what it then is.
    if (!signal.aborted) await sign().catch(() => undefined);
  }
}

/** Who holds the file; a file without readable content counts as held since it was made. */
async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const match = /^\{"token":"([0-9a-f-]{36})","pid":\d+,"at":(\d{1,16})\}/.exec(text);
    if (match !== null) return { token: match[1] ?? '', at: Number(match[2]) };
    return { token: 'unreadable', at: (await stat(path)).mtimeMs };
  } catch {
    return undefined;
  }
}
