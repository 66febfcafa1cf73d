import type { FileHandle } from 'node:fs/promises';

type Promises = typeof import('node:fs/promises');
// The very object that compiled code calls through; what `import` gives cannot be changed.
const disk = require('node:fs/promises') as { -readonly [Name in keyof Promises]: Promises[Name] };

const sync = require('node:fs') as {
  -readonly [Name in keyof typeof import('node:fs')]: typeof import('node:fs')[Name];
};

const WRITING = /[wa+]/;

/**
 * A disk on which everything that writes below a folder fails from a certain step on, as when it is full, was mounted anew
 * read-only or breaks. Reading works. There is one such disk at a time.
 */
export class FaultyDisk {
  readonly #true = { ...disk };
  readonly #trueSync = { ...sync };
  /** Files that are open for writing, by the calls that return at once. */
  readonly #written = new Set<number>();
  readonly #opened = new WeakSet<FileHandle>();
  #left = Number.POSITIVE_INFINITY;

  constructor(
    readonly folder: string,
    readonly code: string,
  ) {
    const { open, rename, mkdir, writeFile, appendFile, link, copyFile, unlink, rm } = this.#true;
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
      if (this.#isOurs(args[0]) && !sync.existsSync(args[0])) this.#step();
      return await mkdir(...args);
    }) as typeof mkdir;
    disk.link = async (from, to) => {
      if (this.#isOurs(to)) this.#step();
      await link(from, to);
    };
    disk.copyFile = async (from, to, mode) => {
      if (this.#isOurs(to)) this.#step();
      await copyFile(from, to, mode);
    };
    // A full disk lets go of what is there; one that may not be written does not. Locks aside: one that stays is waited for
    // until it is old, which takes longer than a suite has.
    disk.unlink = async (path) => {
      if (this.#isOurs(path) && this.#isBarred && !/lock/i.test(String(path))) this.#step();
      await unlink(path);
    };
    disk.rm = async (path, options) => {
      const isThere = !/lock/i.test(String(path)) && sync.existsSync(path);
      if (this.#isOurs(path) && this.#isBarred && isThere) this.#step();
      await rm(path, options);
    };
    disk.writeFile = (async (...args: Parameters<typeof writeFile>) => {
      if (typeof args[0] === 'string' && this.#isOurs(args[0])) this.#step();
      await writeFile(...args);
    }) as typeof writeFile;
    this.#spoilSync();
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
    this.#mendSync();
  }

  get #isBarred(): boolean {
    return this.code === 'EROFS' || this.code === 'EIO';
  }

  #isOurs(path: unknown): boolean {
    return String(path).startsWith(this.folder);
  }

  #step(): void {
    this.#left -= 1;
    if (this.#left < 0)
      throw Object.assign(new Error(`${this.code}: a fault of the disk`), { code: this.code });
  }

  #spoilSync(): void {
    const { openSync, closeSync, writeSync, fsyncSync, renameSync, writeFileSync } = this.#trueSync;
    sync.openSync = (path, flags, mode) => {
      const writes = this.#isOurs(path) && WRITING.test(String(flags));
      if (writes) this.#step();
      const file = openSync(path, flags, mode);
      if (writes) this.#written.add(file);
      return file;
    };
    sync.closeSync = (file) => {
      this.#written.delete(file);
      closeSync(file);
    };
    sync.writeSync = ((...args: Parameters<typeof writeSync>) => {
      if (this.#written.has(args[0])) this.#step();
      return writeSync(...args);
    }) as typeof writeSync;
    sync.fsyncSync = (file) => {
      if (this.#written.has(file)) this.#step();
      fsyncSync(file);
    };
    sync.renameSync = (from, to) => {
      if (this.#isOurs(to)) this.#step();
      renameSync(from, to);
    };
    sync.writeFileSync = (file, ...rest) => {
      if (this.#isOurs(file) || (typeof file === 'number' && this.#written.has(file))) this.#step();
      writeFileSync(file, ...rest);
    };
  }

  #mendSync(): void {
    const { openSync, closeSync, writeSync, fsyncSync, renameSync, writeFileSync } = this.#trueSync;
    Object.assign(sync, { openSync, closeSync, writeSync, fsyncSync, renameSync, writeFileSync });
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
