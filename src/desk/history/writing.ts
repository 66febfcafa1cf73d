import { join } from 'node:path';
import type { LocalClock } from '../../bybit/local-clock';
import { tryLock } from '../lock';

/** How long a window waits for its turn: another one may be importing years. */
const PATIENCE_MS = 120_000;
const STEP_MS = 250;

/**
 * Does something to a source's files while no other window writes them: recording, tidying, taking in. Rejects when its turn
 * does not come within two minutes.
 */
export async function whileWriting<T>(folder: string, clock: LocalClock, work: () => Promise<T>): Promise<T> {
  const until = clock.monotonic() + PATIENCE_MS;
  for (;;) {
    const lock = await tryLock(join(folder, 'write.lock'), clock);
    if (lock !== undefined) {
      try {
        return await work();
      } finally {
        await lock.release();
      }
    }
    if (clock.monotonic() >= until) throw new Error('Another window is writing the rate history.');
    await clock.sleep(STEP_MS);
  }
}
