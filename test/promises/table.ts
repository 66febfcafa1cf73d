import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExchange, type ExchangeOptions, type RequestLine } from '../../src/bybit/client';
import type { Exchange } from '../../src/bybit/exchange';
import { createDesk, type DeskOptions } from '../../src/desk/desk';
import type { EventOf, JournalEvent } from '../../src/desk/journal/event';
import { readLine } from '../../src/desk/journal/lines';
import type { Desk } from '../../src/desk/operation';
import type { PartName } from '../../src/desk/snapshot';
import type { Habits } from '../../src/paper/ledger/state';
import { THRESHOLDS } from '../unit/desk/bench';
import { FakeClock } from '../unit/desk/fake-clock';
import { ACCOUNT, KEY, type Ledger, openLedger, START } from '../wire/ledger';
import { fastFolder } from './scale';
import { Passage } from './shaken';

export interface TableOptions {
  readonly random: () => number;
  readonly habits?: Partial<Habits>;
  /** The local wall clock against the server's, ms. */
  readonly offset?: number;
  readonly folder?: string;
  /** Whether windows share the limits and what they read, as they do in the product; most suites open one and save the files. */
  readonly shared?: true;
  /** Further API keys of the user, see {@link openLedger}. */
  readonly keys?: readonly string[];
}

/** A desk over the real client, an unreliable passage and the paper exchange, on a clock that only moves when told. */
export interface Table {
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly passage: Passage;
  readonly folder: string;
  readonly log: string[];
  readonly lines: RequestLine[];
  serverTime(): number;
  /** How far the server's clock has been moved, ms. */
  skew: number;
  client(): Exchange;
  /** A window on the account that has read these parts; all that a check looks at without names. */
  open(parts?: readonly PartName[]): Promise<Desk>;
  journal(): JournalEvent[];
  /** Ends of the operations, in order. */
  verdicts(): EventOf<'verdict'>[];
  close(): Promise<void>;
}

const NEEDED: readonly PartName[] = [
  'key',
  'coins',
  'collateralRules',
  'prices',
  'position',
  'flexibleLoans',
  'wallet',
];

export async function laid({
  random,
  habits,
  offset = 0,
  folder,
  shared,
  keys,
}: TableOptions): Promise<Table> {
  const clock = new FakeClock(START + offset);
  const serverTime = () => Math.floor(START + clock.monotonic() + table.skew);
  const ledger = await openLedger(serverTime, habits, keys);
  const passage = new Passage(clock, ledger, random);
  const own = folder === undefined ? fastFolder() : { path: folder, remove: () => undefined };
  const log: string[] = [];
  const lines: RequestLine[] = [];
  const desks: Desk[] = [];
  const exchanges: Exchange[] = [];
  const table: Table = {
    clock,
    ledger,
    passage,
    folder: own.path,
    log,
    lines,
    skew: 0,
    serverTime,
    client() {
      const exchange = createExchange({
        baseUrl: 'http://127.0.0.1:1',
        credentials: KEY,
        ...(shared && { shared: { folder: own.path, account: ACCOUNT.id } }),
        adapter: passage.adapter,
        clock,
        random,
        log: (line) => lines.push(line),
      });
      exchanges.push(exchange);
      return exchange;
    },
    async open(parts = NEEDED) {
      const desk = await deskOn({
        exchange: table.client(),
        folder: own.path,
        log: (line) => log.push(line),
        clock,
        ...(shared && { sharedReads: sharedReadsIn(own.path) }),
      });
      desks.push(desk);
      await clock.run(desk.refresh(parts));
      return desk;
    },
    journal: () => journalIn(own.path),
    verdicts: () => table.journal().filter((event) => event.type === 'verdict'),
    async close() {
      for (const desk of desks) desk.dispose();
      for (const exchange of exchanges) exchange.dispose();
      await clock.pass(1);
      own.remove();
    },
  };
  return table;
}

/** Where windows on the account leave each other what they read. */
export function sharedReadsIn(folder: string): string {
  return join(folder, 'reads', ACCOUNT.id);
}

/** A window on the account of a table, on a clock and a way to the exchange of its own, that shares what windows share. */
export async function windowOn(
  { folder, log }: Table,
  { clock, adapter, random }: Required<Pick<ExchangeOptions, 'clock' | 'adapter' | 'random'>>,
): Promise<{ readonly exchange: Exchange; readonly desk: Desk }> {
  const exchange = createExchange({
    baseUrl: 'http://127.0.0.1:1',
    credentials: KEY,
    shared: { folder, account: ACCOUNT.id },
    adapter,
    clock,
    random,
  });
  const desk = await deskOn({
    exchange,
    folder,
    clock,
    sharedReads: sharedReadsIn(folder),
    log: (line) => void log.push(line),
  });
  return { exchange, desk };
}

/** The desk of the account over an exchange. */
export function deskOn(
  options: Pick<DeskOptions, 'exchange' | 'folder' | 'clock'> &
    Partial<Pick<DeskOptions, 'log' | 'account' | 'isKept' | 'sharedReads'>>,
): Promise<Desk> {
  return createDesk({
    account: ACCOUNT,
    thresholds: () => THRESHOLDS,
    intervalMs: () => 15_000,
    log: () => undefined,
    ...options,
  });
}

/** The events of the account's journal in a folder; none when there is no file. */
export function journalIn(folder: string): JournalEvent[] {
  let text: string;
  try {
    text = readFileSync(join(folder, `journal-${ACCOUNT.id}.jsonl`), 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => readLine(Buffer.from(line)))
    .filter((event) => 'type' in event);
}
