import { constants, copyFile, link, rename, unlink } from 'node:fs/promises';

/** Names tried before an earlier keepsake is given up. */
const MOST = 100;

/** The name of the nth keepsake of a file. */
function asideOf(path: string, n: number): string {
  return n === 1 ? `${path}.damaged` : `${path}.damaged-${n}`;
}

/**
 * Keeps a file as it is beside its place, where it stays, before it is written anew without what cannot be understood in it.
 * Gives the path of the keepsake; undefined when it is gone already. Rejects when it cannot be kept: then it must stay.
 */
export async function keepBeside(path: string): Promise<string | undefined> {
  for (let n = 1; n <= MOST; n += 1) {
    const aside = asideOf(path, n);
    try {
      await copyFile(path, aside, constants.COPYFILE_EXCL);
      return aside;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT') return undefined;
      if (code !== 'EEXIST') throw error;
    }
  }
  throw new Error('There are as many damaged files as are kept.');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/**
 * Puts a file that cannot be understood out of the way, beside its place and under a name that no earlier one has. Gives the
 * new path; undefined when it is gone already (another window was faster) or cannot be moved.
 */
export async function setAside(path: string): Promise<string | undefined> {
  for (let n = 1; n <= MOST; n += 1) {
    const aside = asideOf(path, n);
    try {
      // A link, unlike a rename, does not replace what is there.
      await link(path, aside);
      await unlink(path);
      return aside;
    } catch (error) {
      const code = codeOf(error);
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
