import { join } from 'node:path';
import type { LocalClock } from '../../bybit/local-clock';
import { type Patience, whileLocked } from '../lock';

/** Another window may be importing years. */
const LONG: Patience = { longest: 120_000, step: 250 };

/**
 * Does something to a source's files while no other window writes them: recording, tidying, taking in. Rejects when its turn
 * does not come within two minutes.
 */
export async function whileWriting<T>(folder: string, clock: LocalClock, work: () => Promise<T>): Promise<T> {
  return await whileLocked(join(folder, 'write.lock'), clock, work, LONG);
}
