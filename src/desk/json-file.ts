import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface WriteOptions {
  /** Of a new file; anybody may read by default, as far as the folders above let them. */
  readonly mode?: number;
  /** Whether it may be lost with the power; by default it is on the disk when this resolves. */
  readonly isPassing?: boolean;
}

/** Windows of VS Code share these files: a reader sees the old or the new content, never half of one. */
export async function writeJson(path: string, value: unknown, options: WriteOptions = {}): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(fresh, 'wx', options.mode);
    try {
      await file.writeFile(`${JSON.stringify(value)}\n`);
      if (options.isPassing !== true) await file.datasync();
    } finally {
      await file.close();
    }
    await renameOver(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/** The parsed content; `missing` when there is no file, `damaged` when it is no JSON. */
export async function readJson(path: string): Promise<{ readonly value: unknown } | 'missing' | 'damaged'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 'missing';
    throw error;
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return 'damaged';
  }
}

const TRIES = 5;

/** On Windows a reader or a virus scanner can hold the file for a moment (EPERM, EBUSY, EACCES). */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const held = isCode(error, 'EPERM') || isCode(error, 'EBUSY') || isCode(error, 'EACCES');
      if (!held || attempt === TRIES || process.platform !== 'win32') throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
