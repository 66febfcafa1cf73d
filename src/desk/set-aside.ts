import { link, rename, unlink } from 'node:fs/promises';

/** Names tried before an earlier keepsake is given up. */
const MOST = 100;

/**
 * Puts a file that cannot be understood out of the way, beside its place and under a name that no earlier one has. Gives the
 * new path; undefined when it is gone already (another window was faster) or cannot be moved.
 */
export async function setAside(path: string): Promise<string | undefined> {
  for (let n = 1; n <= MOST; n += 1) {
    const aside = n === 1 ? `${path}.damaged` : `${path}.damaged-${n}`;
    try {
      // A link, unlike a rename, does not replace what is there.
      await link(path, aside);
      await unlink(path);
      return aside;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EEXIST') continue;
      if (code === 'ENOENT') return undefined;
      // Some file systems have no links, and a folder cannot have one.
      return await rename(path, aside).then(
        () => aside,
        () => undefined,
      );
    }
  }
  return undefined;
}
