import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Account } from '../../desk/account';
import { readJson, writeJson } from '../../desk/json-file';
import { setAside } from '../../desk/set-aside';

/** The id of the one paper account; it needs no key. */
export const PAPER_ID = 'paper';

/** How the names of files end. */
const LISTED = '.json';
const FORMER = '.removed';

/** Of the files written now. */
const VERSION = 1;

const stored = v.object({
  v: v.literal(VERSION),
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  label: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  environment: v.picklist(['mainnet', 'testnet', 'paper', 'loopback']),
  host: v.pipe(v.string(), v.maxLength(100)),
  uid: v.optional(v.pipe(v.string(), v.maxLength(40))),
  /** Milliseconds since the epoch; the order of the list. */
  addedAt: v.number(),
});
type Stored = v.InferOutput<typeof stored>;

const chosen = v.object({ v: v.literal(VERSION), id: v.string() });

const PAPER: Account = { id: PAPER_ID, label: 'Paper', environment: 'paper', host: 'paper' };

/**
 * The accounts as files under the global storage folder, one file each: windows that add and remove at the same time never
 * write the same file, and a damaged one costs one account. Holds no secret. That an account is here and its secret is
 * not tells "lost" from "never set".
 */
export class AccountFiles {
  readonly folder: string;
  readonly #onDamaged: (file: string) => void;
  /** Told of already. */
  readonly #unreadable = new Set<string>();

  /** `onDamaged` is told the new name of a file that could not be read and was set aside. */
  constructor(storage: string, onDamaged: (file: string) => void) {
    this.folder = join(storage, 'accounts');
    this.#onDamaged = onDamaged;
  }

  /** All accounts, oldest first. The paper account is listed once it has been used. */
  async list(): Promise<readonly Account[]> {
    return await this.#all(LISTED);
  }

  async #all(suffix: string): Promise<readonly Account[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const found = await Promise.all(
      names.filter((name) => name.endsWith(suffix)).map((name) => this.#read(name, suffix)),
    );
    return found
      .filter((account) => account !== undefined)
      .sort((a, b) => a.addedAt - b.addedAt || a.id.localeCompare(b.id))
      .map(accountOf);
  }

  async get(id: string): Promise<Account | undefined> {
    return (await this.list()).find((account) => account.id === id);
  }

  /** Writes a new account or a changed one, which keeps its place in the list. */
  async put(account: Account, now: number): Promise<void> {
    const { id, label, environment, host, uid } = account;
    const known = await this.#read(`${id}${LISTED}`);
    // One of a newer version would be lost under the new one.
    if (known === undefined) await setAside(join(this.folder, `${id}${LISTED}`));
    const addedAt = known?.addedAt ?? now;
    const user = uid === undefined ? {} : { uid };
    const line: Stored = v.parse(stored, { v: VERSION, id, label, environment, host, ...user, addedAt });
    await writeJson(join(this.folder, `${id}${LISTED}`), line);
    await rm(this.#formerPath(id), { force: true });
  }

  /** The paper account, noted as used. */
  async putPaper(now: number): Promise<Account> {
    await this.put(PAPER, now);
    return PAPER;
  }

  /** Takes it off the list. That it was here stays known, since its journal stays: see {@link former}. */
  async remove(id: string): Promise<void> {
    const path = join(this.folder, `${id}${LISTED}`);
    try {
      await rename(path, this.#formerPath(id));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /** Accounts that were removed, latest added first: who adds the same user again goes on with their journal. */
  async former(): Promise<readonly Account[]> {
    return (await this.#all(FORMER)).toReversed();
  }

  #formerPath(id: string): string {
    return join(this.folder, `${id}${FORMER}`);
  }

  /** Id of the account that a new window opens; a lost write costs nothing but that default. */
  async defaultId(): Promise<string | undefined> {
    const read = await readJson(this.#defaultPath);
    if (typeof read === 'string') return undefined;
    const parsed = v.safeParse(chosen, read.value);
    return parsed.success ? parsed.output.id : undefined;
  }

  async setDefault(id: string): Promise<void> {
    await writeJson(this.#defaultPath, { v: VERSION, id });
  }

  get #defaultPath(): string {
    return join(this.folder, 'default');
  }

  async #read(name: string, suffix = LISTED): Promise<Stored | undefined> {
    const path = join(this.folder, name);
    // What cannot be read for now (rights, a folder of that name) costs one account, not the list.
    const read = await readJson(path).catch((error: unknown) => {
      if (!this.#unreadable.has(path)) this.#onDamaged(`${path} (${String(error).slice(0, 100)})`);
      this.#unreadable.add(path);
      return 'missing' as const;
    });
    if (read === 'missing') return undefined;
    const parsed = read === 'damaged' ? undefined : v.safeParse(stored, read.value);
    if (parsed?.success === true && `${parsed.output.id}${suffix}` === name) return parsed.output;
    // Of a newer version that was here before: it stays for that one.
    if (read !== 'damaged' && isForeign(read.value)) return undefined;
    const aside = await setAside(path);
    if (aside !== undefined) this.#onDamaged(aside);
    return undefined;
  }
}

function accountOf({ id, label, environment, host, uid }: Stored): Account {
  return { id, label, environment, host, ...(uid !== undefined && { uid }) };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function isForeign(value: unknown): boolean {
  const version = v.safeParse(v.looseObject({ v: v.number() }), value);
  return version.success && version.output.v > VERSION;
}
