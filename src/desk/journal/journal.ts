import { join } from 'node:path';
import type { JournalEvent } from './event';
import { JournalFile } from './file';
import type { OddLine } from './lines';
import { fold, type Record } from './record';
import { type Stray, Strays } from './strays';

/**
 * The journal of one account: what was confirmed, sent and learned, shared by windows through its file. Held in memory
 * as far as this window has read it.
 */
export class Journal {
  readonly #file: JournalFile;
  readonly #records = new Map<string, Record>();
  readonly #strays = new Strays();
  readonly #events: JournalEvent[] = [];
  #odd = 0;
  #reading: Promise<unknown> = Promise.resolve();

  private constructor(file: JournalFile) {
    this.#file = file;
  }

  /** Opens the journal of an account in a folder, reading all of it. A missing one is empty. */
  static async open(folder: string, accountId: string): Promise<Journal> {
    const journal = new Journal(new JournalFile(join(folder, `journal-${fileName(accountId)}.jsonl`)));
    await journal.refresh();
    const tail = await journal.#file.readTail();
    if (tail !== undefined) journal.#take([tail], []);
    return journal;
  }

  /** Reads what was appended since, by any window. Returns whether anything was. */
  refresh(): Promise<boolean> {
    // One reading at a time: two would begin at the same place and count lines twice.
    const reading = this.#reading.then(() => this.#readNew());
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #readNew(): Promise<boolean> {
    const { events, odd } = await this.#file.readNew();
    for (const event of events) this.#events.push(event);
    this.#take(events, odd);
    this.#odd += odd.length;
    return events.length + odd.length > 0;
  }

  #take(events: readonly JournalEvent[], odd: readonly OddLine[]): void {
    for (const event of events) fold(this.#records, event);
    this.#strays.take(this.#records, events, odd);
  }

  /** Appends, flushes and reads it back. Rejects when it could not be written: then nothing may rest on it. */
  async append(event: JournalEvent): Promise<void> {
    await this.#file.append(event);
    // It is on the disk, so it counts, also when reading should fail now.
    this.#take([event], []);
    await this.refresh().catch(() => false);
  }

  /** As {@link append} for what is true whether or not it can be written; returns whether it was. */
  async note(event: JournalEvent): Promise<boolean> {
    try {
      await this.append(event);
      return true;
    } catch {
      this.#take([event], []);
      return false;
    }
  }

  /** Operations without an end, oldest first. */
  open(): readonly Record[] {
    return [...this.#records.values()].filter((record) => record.verdict === undefined);
  }

  /** Operations without an end of which nobody can read what they were: a damaged line, or another version's. */
  strays(): readonly Stray[] {
    return this.#strays.open;
  }

  /** How many operations have no end, whether or not it can be read what they were. */
  get unsettled(): number {
    return this.open().length + this.strays().length;
  }

  record(id: string): Record | undefined {
    return this.#records.get(id);
  }

  /** Everything read so far, in the order of the file. */
  entries(): readonly JournalEvent[] {
    return this.#events;
  }

  /** Lines passed over: torn ones (kept in a file beside the journal) and those of other versions. */
  get oddLines(): number {
    return this.#odd;
  }
}

/** Account ids are made for file names; anything else is kept apart by its bytes. */
export function fileName(accountId: string): string {
  return /^[\w-]{1,64}$/.test(accountId)
    ? accountId
    : `x${Buffer.from(accountId).toString('hex').slice(0, 120)}`;
}
