import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keepBeside, setAside } from '../set-aside';
import { coverageOf, coverageText, isWholeCoverage, readingLine, type Stretch } from './coverage';
import { type Foreign, folded, foldedCoverage } from './fold';
import {
  coinOfHeading,
  headingOf,
  isOfOtherVersion,
  isWholeHistory,
  lineOf,
  readHistory,
  textOf,
} from './lines';
import { type CoinHistory, type Rates, rateAt, SERIES, type SeriesName } from './series';
import { thinned } from './thinning';

/** How many times sooner points may count as old when space is short, before the oldest are left out. */
const MOST_SQUEEZE = 4096;
/** The file of the moments at which rates were read. */
const READINGS = 'readings';
/** Behind what was torn off: no line is read with it, and no rate. */
const TORN = '!';
/** Writes under way at once. */
const HANDS = 16;
/** Tidying keeps this much of the oldest coin's data at least when space is short. */
const SHORTEST_MS = 86_400_000;
/** What is read of a coin that is on no list any more. */
const GONE: Rates = new Map(SERIES.map((name) => [name, undefined]));

/**
 * The recorded rates of one source (an exchange's address and tier), a file a coin, only ever appended to, and one of the
 * moments at which was read. Any window reads; only the one that leads writes and tidies.
 */
export class HistoryStore {
  readonly #folder: string;
  readonly #onAside: (file: string) => void;
  /** The newest known rate by coin: what a change is a change from. Read from the file at a coin's first recording. */
  readonly #last = new Map<string, Map<SeriesName, string | undefined>>();
  /** Coins that have a file, as far as this store knows. */
  #recorded: ReadonlySet<string> = new Set();
  /** Size and time of the readings after the last one of this store. */
  #seen: string | undefined;

  /** `onAside` is told where a file is kept that is no history, or not in all of its lines. */
  constructor(folder: string, onAside: (file: string) => void = () => undefined) {
    this.#folder = folder;
    this.#onAside = onAside;
  }

  /**
   * Records all that was read at a moment (epoch milliseconds): a line for every coin of which something changed. A recorded
   * coin that is not among those read has no rate from then on. Returns how many changed. Rejects when the folder cannot be
   * written; then some coins may have their line and others not.
   */
  async record(time: number, coins: ReadonlyMap<string, Rates>): Promise<number> {
    await mkdir(this.#folder, { recursive: true });
    // Another window wrote meanwhile: what is remembered of the files may not be what they say.
    if (this.#seen === undefined || (await this.mark()) !== this.#seen) {
      this.#last.clear();
      // A file that cannot be read now keeps no other from being recorded.
      this.#recorded = new Set(await this.#coinsOf((name) => this.#heading(name).catch(() => '')));
    }
    let changed = 0;
    const gone = [...this.#recorded].filter((coin) => !coins.has(coin));
    const rest = [...coins, ...gone.map((coin): [string, Rates] => [coin, GONE])];
    this.#recorded = new Set([...this.#recorded, ...coins.keys()]);
    const hand = async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        if (await this.#recordCoin(time, ...next)) changed += 1;
      }
    };
    await Promise.all(Array.from({ length: HANDS }, hand));
    await this.#append(READINGS, readingLine(time));
    this.#seen = await this.mark();
    return changed;
  }

  /** What is known of a coin since `from` (epoch milliseconds). Empty for one never recorded. */
  async read(coin: string, from = 0): Promise<CoinHistory> {
    const text = await this.#text(fileOf(coin));
    return text === undefined ? new Map() : readHistory(text, from);
  }

  /** Coins that have a file. */
  async coins(): Promise<readonly string[]> {
    return await this.#coinsOf((name) => this.#heading(name));
  }

  /** When rates were read. */
  async coverage(): Promise<readonly Stretch[]> {
    return coverageOf((await this.#text(READINGS)) ?? '');
  }

  /**
   * Another text each time somebody has written: everything that writes ends with the readings. Undefined before anybody did,
   * and where it cannot be told. Never rejects.
   */
  async mark(): Promise<string | undefined> {
    const found = await stat(join(this.#folder, READINGS)).catch(() => undefined);
    return found && `${found.size} ${found.mtimeMs} ${found.ino}`;
  }

  /** Bytes that its rates and readings take. */
  async size(): Promise<number> {
    const names = [READINGS, ...(await this.#coinFiles())];
    const found = names.map((name) => stat(join(this.#folder, name)).catch(() => undefined));
    return (await Promise.all(found)).reduce((sum, file) => sum + (file?.size ?? 0), 0);
  }

  /**
   * For who holds the lock of writing only. Thins old data as of `now` and keeps the whole under `mostBytes`: by thinning
   * sooner, and by leaving the oldest out when even that is too much. A file is replaced at once or not at all.
   */
  async tidy(now: number, mostBytes = Number.POSITIVE_INFINITY): Promise<void> {
    await this.#sweep();
    const names = await this.#coinFiles();
    const all = async (change: (history: CoinHistory) => CoinHistory) => {
      for (const name of names) await this.#rewrite(name, change);
    };
    await all((history) => thinned(history, now));
    const coverage = await this.coverage();
    const text = coverageText(coverage);
    const before = (await this.#text(READINGS)) ?? '';
    if (text.length < before.length) await this.#renew(READINGS, text, isWholeCoverage(before));
    for (let squeeze = 2; squeeze <= MOST_SQUEEZE && (await this.size()) > mostBytes; squeeze *= 2) {
      await all((history) => thinned(history, now, squeeze));
    }
    for (let keep = 5 * 365 * 86_400_000; keep >= SHORTEST_MS && (await this.size()) > mostBytes; keep /= 2) {
      await all((history) => since(history, now - keep));
    }
  }

  /**
   * Takes in what others know, coin by coin, of the times at which nothing was read here; `covered` is when they read. What
   * was recorded here stands. Cut off in the middle it has changed nothing that is read: coverage is written last.
   */
  async fold(
    foreign:
      | Iterable<readonly [coin: string, what: Foreign]>
      | AsyncIterable<readonly [coin: string, what: Foreign]>,
    covered: readonly Stretch[],
  ): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const read = await this.coverage();
    const rest = new Set(await this.coins());
    for await (const [coin, what] of foreign) {
      rest.delete(coin);
      await this.#foldCoin(coin, read, what, covered);
      await breath();
    }
    // The coins that nothing is known of get the end of what is known written into them.
    for (const coin of rest) await this.#foldCoin(coin, read, new Map(), covered);
    const readings = (await this.#text(READINGS)) ?? '';
    const text = coverageText(foldedCoverage(read, covered));
    await this.#renew(READINGS, text, readings === '' || isWholeCoverage(readings));
  }

  async #foldCoin(
    coin: string,
    read: readonly Stretch[],
    what: Foreign,
    covered: readonly Stretch[],
  ): Promise<void> {
    const name = fileOf(coin);
    const text = await this.#text(name);
    // A file of another version is left alone, as tidying does.
    if (text !== undefined && coinOfHeading(text.slice(0, text.indexOf('\n'))) !== coin) return;
    const own: CoinHistory = text === undefined ? new Map() : readHistory(text);
    const isWhole = text === undefined || isWholeHistory(text);
    await this.#renew(name, textOf(coin, folded(own, read, what, covered)), isWhole);
  }

  async #recordCoin(time: number, coin: string, rates: Rates): Promise<boolean> {
    const last = this.#last.get(coin) ?? (await this.#lastOf(coin));
    if (last === undefined) return false;
    this.#last.set(coin, last);
    const isNews = ([name, rate]: [SeriesName, string | undefined]) =>
      last.has(name) ? last.get(name) !== rate : rate !== undefined;
    const changes: Rates = new Map([...rates].filter(isNews));
    if (changes.size === 0) return false;
    await this.#append(fileOf(coin), lineOf(time, changes), headingOf(coin));
    for (const [name, rate] of changes) last.set(name, rate);
    return true;
  }

  /** The newest known rates; undefined where another version keeps them. What is no history at all is set aside. */
  async #lastOf(coin: string): Promise<Map<SeriesName, string | undefined> | undefined> {
    const text = await this.#text(fileOf(coin));
    if (text === undefined || text === '') return new Map();
    const [heading = ''] = text.split('\n', 1);
    if (coinOfHeading(heading) !== coin) {
      if (isOfOtherVersion(heading)) return undefined;
      const aside = await setAside(join(this.#folder, fileOf(coin)));
      if (aside !== undefined) this.#onAside(aside);
      return new Map();
    }
    const history = readHistory(text);
    return new Map([...history].map(([name, series]) => [name, rateAt(series, Number.POSITIVE_INFINITY)]));
  }

  /**
   * One write a line; behind a torn end (a process or the machine died) it begins on a line of its own. The torn one is marked:
   * what is left of a number would read as another number.
   */
  async #append(name: string, line: string, heading = ''): Promise<void> {
    const file = await open(join(this.#folder, name), 'a+');
    try {
      const { size } = await file.stat();
      const end = Buffer.alloc(1);
      if (size > 0) await file.read(end, 0, 1, size - 1);
      const start = size === 0 ? heading : end[0] === 0x0a ? '' : `${TORN}\n`;
      await file.appendFile(start + line);
    } finally {
      await file.close();
    }
  }

  async #rewrite(name: string, change: (history: CoinHistory) => CoinHistory): Promise<void> {
    const text = await this.#text(name);
    const coin = text === undefined ? undefined : coinOfHeading(text.slice(0, text.indexOf('\n')));
    if (text === undefined || coin === undefined) return;
    const fresh = textOf(coin, change(readHistory(text)));
    if (fresh.length < text.length) await this.#renew(name, fresh, isWholeHistory(text));
  }

  /** In place of what was there, which is kept beside it where not all of it could be read. */
  async #renew(name: string, text: string, wasWhole: boolean): Promise<void> {
    const aside = wasWhole ? undefined : await keepBeside(join(this.#folder, name));
    await this.#replace(name, text);
    if (aside !== undefined) this.#onAside(aside);
  }

  async #replace(name: string, text: string): Promise<void> {
    const path = join(this.#folder, name);
    const fresh = `${path}.${randomUUID()}.tmp`;
    try {
      const file = await open(fresh, 'wx');
      try {
        await file.writeFile(text);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  }

  /** Removes what a process that died in the middle of replacing a file left behind. */
  async #sweep(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((one) => one.endsWith('.tmp'))) {
      await rm(join(this.#folder, name), { force: true });
    }
  }

  async #coinFiles(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.endsWith('.rates'));
  }

  async #coinsOf(readHeading: (name: string) => Promise<string>): Promise<readonly string[]> {
    const names = await this.#coinFiles();
    const found = await Promise.all(names.map(async (name) => coinOfHeading(await readHeading(name))));
    return found.filter((coin) => coin !== undefined).sort();
  }

  async #heading(name: string): Promise<string> {
    const file = await open(join(this.#folder, name), 'r');
    try {
      const start = Buffer.alloc(4096);
      const { bytesRead } = await file.read(start, 0, start.length, 0);
      return start.toString('utf8', 0, bytesRead).split('\n', 1)[0] ?? '';
    } finally {
      await file.close();
    }
  }

  async #text(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.#folder, name), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** Lets others have their turn: folding is long. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Names that Windows keeps for devices, whatever their ending. */
const DEVICES = /^(?:CON|PRN|AUX|NUL|COM\d|LPT\d)$/;

/** A coin's file: its name where that is plain, else a digest, so that no name leaves the folder or meets another. */
export function fileOf(coin: string): string {
  const plain = /^[A-Z\d]{1,40}$/.test(coin) && !DEVICES.test(coin);
  return `${plain ? coin : `x${createHash('sha256').update(coin).digest('hex')}`}.rates`;
}

function since(history: CoinHistory, from: number): CoinHistory {
  return new Map(
    [...history].map(([name, series]) => {
      const first = series.findIndex(({ time }) => time > from);
      return [name, first < 0 ? series.slice(-1) : series.slice(Math.max(0, first - 1))];
    }),
  );
}
