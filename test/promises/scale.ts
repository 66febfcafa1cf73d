import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How much of a suite runs: 0.1 in `npm test`, 1 in `npm run test:long`. */
export const SCALE = scaleOf(process.env['LOAN_DESK_SCALE']);

function scaleOf(text: string | undefined): number {
  const value = Number(text ?? '0.1');
  return value > 0 && value <= 10 ? value : 0.1;
}

/** So many of `full` as the scale wants, at least one. */
export function scaled(full: number): number {
  return Math.max(1, Math.ceil(full * SCALE));
}

/** Prints what a suite has counted, one line a promise (its row in promises.md §3); `SECURITY.md` quotes them. */
export function report(promise: number | 'soak' | 'network', ...counts: readonly string[]): void {
  const name = typeof promise === 'string' ? promise : `promise ${promise}`;
  console.log(`      ${name} at scale ${SCALE}: ${counts.join(', ')}`);
}

/** A folder that is gone after use; in memory where the system has such, so that thousands of journals cost no disk. */
export function fastFolder(): { readonly path: string; remove(): void } {
  const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const path = mkdtempSync(join(root, 'loan-desk-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of a list. */
export function pick<T>(random: () => number, list: readonly T[]): T {
  if (list.length === 0) throw new RangeError('an empty list');
  return list[Math.floor(random() * list.length)] as T;
}
