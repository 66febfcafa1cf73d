import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JournalEvent } from './event';
import { type OddLine, type ReadLines, readLine, readLines } from './lines';

const LINE_END = 0x0a;

/**
 * The journal's file: one JSON line an event, only ever appended to, shared by windows. A torn tail (a process or the
 * machine died while writing, a full disk) is put aside into a file beside it and never swallows a later line.
 */
export class JournalFile {
  readonly #path: string;
  #end = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Appends and flushes to the disk. Rejects when that failed; then the line may or may not be there. */
  async append(event: JournalEvent): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    await mkdir(dirname(this.#path), { recursive: true });
    const file = await open(this.#path, 'a+');
    try {
      const before = (await file.stat()).size;
      await write(file, (await endsWithLine(file, before)) ? line : behindTornTail(line));
      await file.datasync();
      // Another window's torn write may have slipped in between the look and the append; then ours is glued to it.
      if (!(await isOnItsOwn(file, line, before))) {
        await write(file, behindTornTail(line));
        await file.datasync();
      }
    } finally {
      await file.close();
    }
  }

  /** The events appended since the last call (all at the first); puts odd lines aside. A missing file is empty. */
  async readNew(): Promise<ReadLines> {
    const bytes = await this.#bytesFrom(this.#end);
    if (bytes === undefined) return { events: [], odd: [], end: 0 };
    const read = readLines(bytes, this.#end);
    this.#end = read.end;
    await this.#putAside(read.odd);
    return read;
  }

  /**
   * What stands behind the last line end: an event whose line end was cut off counts as read (nothing of it is
   * missing), a torn one is put aside. For the start, when nobody is expected to be in the middle of writing.
   */
  async readTail(): Promise<JournalEvent | undefined> {
    const bytes = await this.#bytesFrom(this.#end);
    if (bytes === undefined || bytes.length === 0 || bytes.includes(LINE_END)) return undefined;
    const read = readLine(bytes);
    if ('type' in read) return read;
    await this.#putAside([{ offset: this.#end, bytes, ...read }]);
    return undefined;
  }

  async #bytesFrom(offset: number): Promise<Buffer | undefined> {
    let file: FileHandle;
    try {
      file = await open(this.#path, 'r');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    try {
      const { size } = await file.stat();
      // Cut or replaced from outside: start over, events are told apart by their ids.
      const start = size < offset ? 0 : offset;
      if (start !== offset) this.#end = 0;
      const bytes = Buffer.alloc(size - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** Keeps torn lines beside the journal, each once. Lines of another version stay where they are. */
  async #putAside(odd: readonly OddLine[]): Promise<void> {
    const torn = odd.filter(({ why }) => why === 'torn');
    if (torn.length === 0) return;
    const path = `${this.#path}.torn`;
    const known = await readFile(path, 'utf8').catch(() => '');
    const lines = torn
      .map(({ offset, bytes }) => JSON.stringify({ offset, base64: bytes.toString('base64') }))
      .filter((line) => !known.includes(line));
    if (lines.length === 0) return;
    // A keepsake, not a promise: when the disk is full the journal itself still holds it.
    await open(path, 'a')
      .then((file) => file.appendFile(`${lines.join('\n')}\n`).finally(() => file.close()))
      .catch(() => undefined);
  }
}

/** A fresh id for an operation. */
export function operationId(): string {
  return randomUUID();
}

function behindTornTail(line: Buffer): Buffer {
  return Buffer.concat([Buffer.from('\n'), line]);
}

/** One write, so that lines of several processes never mix. A part written (full disk) is a failure. */
async function write(file: FileHandle, line: Buffer): Promise<void> {
  const { bytesWritten } = await file.write(line);
  if (bytesWritten !== line.length) throw new Error('The journal could not be written in full.');
}

async function endsWithLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] === LINE_END;
}

async function isOnItsOwn(file: FileHandle, line: Buffer, before: number): Promise<boolean> {
  const { size } = await file.stat();
  const start = Math.max(0, before - 1);
  const bytes = Buffer.alloc(size - start);
  await file.read(bytes, 0, bytes.length, start);
  for (let found = bytes.indexOf(line); found >= 0; found = bytes.indexOf(line, found + 1)) {
    if (found + start === 0 || bytes[found - 1] === LINE_END) return true;
  }
  return false;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
