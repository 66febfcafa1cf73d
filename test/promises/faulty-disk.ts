import type { FileHandle } from 'node:fs/promises';

type Promises = typeof import('node:fs/promises');
// The very object that compiled code calls through; what `import` gives cannot be changed.
const disk = require('node:fs/promises') as { -readonly [Name in keyof Promises]: Promises[Name] };

const WRITING = /[wa+]/;

/**
 * A disk on which everything that writes below a folder fails from a certain step on, as when it is full, was mounted anew
 * read-only or breaks. Reading works. There is one such disk at a time.
 */
export class FaultyDisk {
  readonly #true = { ...disk };
  readonly #opened = new WeakSet<FileHandle>();
  #left = Number.POSITIVE_INFINITY;

  constructor(
    readonly folder: string,
    readonly code: string,
  ) {
    const { open, rename, mkdir, writeFile, appendFile } = this.#true;
    disk.open = (async (...args: Parameters<typeof open>) => {
      const [path, flags = 'r'] = args;
      const writes = this.#isOurs(path) && WRITING.test(String(flags));
      if (writes) this.#step();
      const file = await open(...args);
      if (writes) this.#spoil(file);
      return file;
    }) as typeof open;
    disk.rename = async (from, to) => {
      if (this.#isOurs(to)) this.#step();
      await rename(from, to);
    };
    disk.mkdir = (async (...args: Parameters<typeof mkdir>) => {
      // A folder that is there already is made on any disk.
      return await mkdir(...args);
    }) as typeof mkdir;
    disk.writeFile = (async (...args: Parameters<typeof writeFile>) => {
      if (typeof args[0] === 'string' && this.#isOurs(args[0])) this.#step();
      await writeFile(...args);
    }) as typeof writeFile;
    disk.appendFile = (async (...args: Parameters<typeof appendFile>) => {
      if (typeof args[0] === 'string' && this.#isOurs(args[0])) this.#step();
      await appendFile(...args);
    }) as typeof appendFile;
  }

  /** The next `steps` writing steps still succeed, those after them fail. */
  failFrom(steps: number): void {
    this.#left = steps;
  }

  /** Everything works again, for good. */
  mend(): void {
    this.#left = Number.POSITIVE_INFINITY;
    Object.assign(disk, this.#true);
  }

  #isOurs(path: unknown): boolean {
    return String(path).startsWith(this.folder);
  }

  #step(): void {
    this.#left -= 1;
    if (this.#left < 0)
      throw Object.assign(new Error(`${this.code}: a fault of the disk`), { code: this.code });
  }

  /** A full disk takes a part of what is written. */
  #spoil(file: FileHandle): void {
    if (this.#opened.has(file)) return;
    this.#opened.add(file);
    const { write, datasync, appendFile, writeFile } = file;
    const own = { write, datasync, appendFile, writeFile };
    const spoilt = {
      write: async (data: Buffer, ...rest: unknown[]) => {
        if (this.#left <= 0 && this.code === 'ENOSPC' && Buffer.isBuffer(data)) {
          return await Reflect.apply(own.write, file, [data.subarray(0, data.length >> 1), ...rest]);
        }
        this.#step();
        return await Reflect.apply(own.write, file, [data, ...rest]);
      },
      datasync: async () => {
        this.#step();
        await Reflect.apply(own.datasync, file, []);
      },
      appendFile: async (...args: unknown[]) => {
        this.#step();
        await Reflect.apply(own.appendFile, file, args);
      },
      writeFile: async (...args: unknown[]) => {
        this.#step();
        await Reflect.apply(own.writeFile, file, args);
      },
    };
    Object.assign(file, spoilt);
  }
}
