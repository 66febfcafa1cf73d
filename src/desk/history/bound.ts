import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalClock } from '../../bybit/local-clock';
import { HistoryStore } from './store';
import { whileWriting } from './writing';

/** All that is recorded, of every source, together stays under this: years of hourly data for 300 coins. */
export const MOST_BYTES = 200_000_000;
/** What tidying brings it under, so that the changes of a day, until it is tidied again, find room. */
const TIDIED_SHARE = 0.75;

export interface BoundOptions {
  /** Shared by windows; the sources lie in folders within. */
  readonly root: string;
  readonly clock: LocalClock;
  readonly mostBytes?: number;
}

interface Sized {
  readonly folder: string;
  readonly bytes: number;
}

/**
 * Makes room for the changes of a day where all sources together take too much: each is thinned as its age allows, then the
 * largest give way, down to the same size. Each waits for its turn of writing, so nobody who calls this may hold one. Rejects
 * when a turn does not come or a file cannot be written; what was made smaller stays so.
 */
export async function keepWithinBound({ root, clock, mostBytes = MOST_BYTES }: BoundOptions): Promise<void> {
  const bytes = Math.floor(mostBytes * TIDIED_SHARE);
  const folders = await sourceFolders(root);
  const tidy = async (sources: readonly Sized[], most?: number) => {
    for (const { folder } of sources) {
      await whileWriting(folder, clock, () => new HistoryStore(folder).tidy(clock.now(), most));
    }
  };
  const all = await sized(folders);
  if (sum(all) <= bytes) return;
  await tidy(all);
  const rest = await sized(folders);
  if (sum(rest) <= bytes) return;
  const share = shareOf(rest, bytes);
  await tidy(
    rest.filter((source) => source.bytes > share),
    share,
  );
}

/** The size to which the largest must come down for all to fit; those below it leave them what they do not need. */
function shareOf(sources: readonly Sized[], bytes: number): number {
  const sorted = [...sources].sort((a, b) => a.bytes - b.bytes);
  let left = bytes;
  for (const [index, source] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (source.bytes > share) return share;
    left -= source.bytes;
  }
  return bytes;
}

function sum(sources: readonly Sized[]): number {
  return sources.reduce((total, { bytes }) => total + bytes, 0);
}

async function sized(folders: readonly string[]): Promise<readonly Sized[]> {
  const measured = folders.map(async (folder) => ({ folder, bytes: await new HistoryStore(folder).size() }));
  return await Promise.all(measured);
}

/** The folders of all sources: `history/ENVIRONMENT/HOST/TIER`. */
async function sourceFolders(root: string): Promise<readonly string[]> {
  let folders: readonly string[] = [join(root, 'history')];
  for (let depth = 0; depth < 3; depth += 1) folders = (await Promise.all(folders.map(foldersIn))).flat();
  return folders;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}
