import { stat } from 'node:fs/promises';
import * as v from 'valibot';
import type { Bodies } from '../../bybit/replay';
import { readJson, writeJson } from '../json-file';

/** A reading that came to its end: the answers it was made of. Times are local epoch milliseconds. */
export interface KeptReading {
  readonly name: string;
  /** When it began. */
  readonly askedAt: number;
  /** When it ended. */
  readonly readAt: number;
  readonly bodies: Bodies;
}

/** More than any list of the exchange takes; a larger file is none of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

const stored = v.object({
  v: v.literal(1),
  name: v.string(),
  askedAt: v.number(),
  readAt: v.number(),
  bodies: v.array(v.tuple([v.string(), v.string()])),
});

/** Writes it for other windows, for its person alone. It is worth nothing once they are closed. */
export async function keepReading(path: string, { bodies, ...reading }: KeptReading): Promise<void> {
  await writeJson(path, { v: 1, ...reading, bodies: [...bodies] }, { mode: 0o600, isPassing: true });
}

/** What a window wrote there last; undefined where there is nothing that can be understood. Never rejects. */
export async function keptReading(path: string): Promise<KeptReading | undefined> {
  try {
    if ((await stat(path)).size > MOST_BYTES) return undefined;
    const read = await readJson(path);
    if (typeof read === 'string') return undefined;
    const { bodies, ...reading } = v.parse(stored, read.value);
    return { ...reading, bodies: new Map(bodies) };
  } catch {
    return undefined;
  }
}
