import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';

/** Text in pieces. */
export type TextPieces = AsyncIterable<string> | Iterable<string>;

/** What is to be held at once is more than may be. */
export class TooLargeError extends Error {}

/**
 * Makes a file of pieces, one after the other, of which it keeps none; in UTF-8. It is written beside its place and takes it
 * when it is whole and on the disk: where that fails, also because no further piece can be had, this rejects and the file is
 * what it was.
 */
export async function writePieces(path: string, pieces: TextPieces): Promise<void> {
  // What a link leads to is replaced, not the link.
  const target = await realpath(path).catch(() => path);
  const mode = (await stat(target).catch(() => undefined))?.mode;
  const fresh = `${target}.${randomUUID()}.tmp`;
  try {
    await filled(await open(fresh, 'wx', mode), pieces);
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

async function filled(file: FileHandle, pieces: TextPieces): Promise<void> {
  try {
    for await (const piece of pieces) await file.appendFile(piece);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** The pieces as one, in UTF-8. Rejects with `TooLargeError` as soon as they are more than `mostBytes`. */
export async function wholeOf(pieces: TextPieces, mostBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    const part = Buffer.from(piece);
    size += part.length;
    if (size > mostBytes) throw new TooLargeError(`More than ${mostBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
