import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '../../../../src/desk/journal/event';
import { Journal } from '../../../../src/desk/journal/journal';
import { readLine } from '../../../../src/desk/journal/lines';
import { Operator, type OperatorOptions } from '../../../../src/desk/settle/operator';
import type { PartName } from '../../../../src/desk/snapshot';
import { ACCOUNT, temporaryFolder } from '../bench';
import { FakeClock, quiet } from '../fake-clock';
import { FakeExchange } from '../fake-exchange';

/** One window's operator, with what it said. */
export interface OperatorWindow {
  readonly operator: Operator;
  readonly journal: Journal;
  readonly log: string[];
  /** What was to be read again, each time. */
  readonly settled: (readonly PartName[] | undefined)[];
  /** How often the window was told to draw. */
  readonly changes: () => number;
}

/** An account on the fake exchange, its journal and its lock; as many windows as are opened, without what they draw. */
export class OperatorBench {
  readonly clock = new FakeClock();
  readonly exchange = new FakeExchange(this.clock);
  readonly #folder = temporaryFolder();
  readonly #operators: Operator[] = [];

  async open(options: Partial<OperatorOptions> = {}): Promise<OperatorWindow> {
    const journal = await Journal.open(this.#folder.path, ACCOUNT.id);
    const log: string[] = [];
    const settled: (readonly PartName[] | undefined)[] = [];
    let changes = 0;
    const operator = new Operator({
      account: ACCOUNT,
      exchange: this.exchange,
      clock: this.clock,
      journal,
      folder: this.#folder.path,
      locale: 'en',
      check: () => [],
      isKept: async () => true,
      onChange: () => {
        changes += 1;
      },
      onSettled: async (parts) => {
        settled.push(parts);
      },
      log: (line) => log.push(line),
      ...options,
    });
    this.#operators.push(operator);
    await quiet();
    return { operator, journal, log, settled, changes: () => changes };
  }

  /** Whether any window has the lock. */
  get isLocked(): boolean {
    return existsSync(this.#lock);
  }

  /** Gives the lock to a window that is alive now, and says nothing more. */
  lockElsewhere(): void {
    const holder = { token: '00000000-0000-4000-8000-000000000000', pid: 999_999, at: this.clock.now() };
    // A file of its own: who had the lock goes on writing into the old one.
    rmSync(this.#lock, { force: true });
    writeFileSync(this.#lock, JSON.stringify(holder));
  }

  /** Puts lines into the journal as another window or session has left them. */
  leave(...lines: readonly (JournalEvent | string)[]): void {
    const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    appendFileSync(this.#journal, text.join(''));
  }

  /** What the disk holds. */
  written(): readonly JournalEvent[] {
    if (!existsSync(this.#journal)) return [];
    const lines = readFileSync(this.#journal, 'utf8').split('\n');
    return lines.map((line) => readLine(Buffer.from(line))).filter((event) => 'type' in event);
  }

  /** The types of those, with the states of those that have one. */
  said(): readonly string[] {
    return this.written().map((event) => ('state' in event ? `${event.type} ${event.state}` : event.type));
  }

  async close(): Promise<void> {
    for (const operator of this.#operators) operator.dispose();
    await this.clock.pass(1_000);
    this.#folder.remove();
  }

  get #lock(): string {
    return join(this.#folder.path, `${ACCOUNT.id}.lock`);
  }

  get #journal(): string {
    return join(this.#folder.path, `journal-${ACCOUNT.id}.jsonl`);
  }
}
