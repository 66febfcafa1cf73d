import type { JournalEvent } from './event';
import type { OddLine } from './lines';
import type { Record } from './record';
import type { Trace } from './trace';

/** An operation of which nobody can read what it was, and that has no end. */
export interface Stray {
  readonly id: string;
  /** Local epoch milliseconds of its first line that tells; undefined when none does. */
  readonly since: number | undefined;
}

/** Follows the operations whose intent cannot be read: damaged, or written by another version. */
export class Strays {
  readonly #begun = new Map<string, number | undefined>();
  readonly #ended = new Set<string>();

  /** Takes in what was read, after the records have. */
  take(records: Map<string, Record>, events: readonly JournalEvent[], odd: readonly OddLine[]): void {
    for (const event of events) {
      if (!records.has(event.id)) this.#add({ id: event.id, at: event.at, isEnd: event.type === 'verdict' });
    }
    for (const { trace } of odd) {
      if (trace === undefined) continue;
      const record = records.get(trace.id);
      if (record === undefined) this.#add(trace);
      else if (!trace.isEnd) records.set(trace.id, { ...record, isBlurred: true });
    }
  }

  /** Those that have begun and not ended, oldest first. */
  get open(): readonly Stray[] {
    return [...this.#begun].filter(([id]) => !this.#ended.has(id)).map(([id, since]) => ({ id, since }));
  }

  #add({ id, at, isEnd }: Trace): void {
    if (isEnd) this.#ended.add(id);
    else if (!this.#begun.has(id)) this.#begun.set(id, at);
  }
}
