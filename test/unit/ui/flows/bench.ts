import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExchange } from '../../../../src/bybit/client';
import { decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import type { Account } from '../../../../src/desk/account';
import type { Thresholds } from '../../../../src/desk/book';
import { createDesk } from '../../../../src/desk/desk';
import type { Desk, Operation } from '../../../../src/desk/operation';
import { openPaper, type PaperDoor } from '../../../../src/paper/door';
import type { CommandId } from '../../../../src/ui/commands';
import { Ends } from '../../../../src/ui/flows/ends';
import { flowCommands } from '../../../../src/ui/flows/flow-commands';
import type { FlowOptions } from '../../../../src/ui/flows/host';
import type { ReadySession } from '../../../../src/ui/session';
import { THRESHOLDS, temporaryFolder } from '../../desk/bench';
import { FakeClock } from '../../desk/fake-clock';
import { RecordedUser } from '../flow/recorded-user';

/** Prices that do not move, USD. */
const PRICES: readonly (readonly [coin: string, usd: string])[] = [
  ['BTC', '60000'],
  ['ETH', '2500'],
  ['SOL', '150'],
  ['USDC', '1'],
];

export interface BenchOptions {
  readonly environment?: Account['environment'];
  readonly readOnly?: boolean;
  /** What the exchange answers instead of its own body. */
  readonly answered?: (body: string) => string;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface Ledger {
  readonly debts: readonly { readonly coin: string; readonly kind: string; readonly amount: string }[];
  readonly pledged: Readonly<Record<string, string>>;
  readonly wallet: Readonly<Record<string, string>>;
}

/** A person before a window on the paper exchange: real desk, real client, a clock that stands. */
export interface Bench {
  readonly user: RecordedUser;
  readonly options: FlowOptions;
  readonly flows: ReturnType<typeof flowCommands>;
  readonly desk: Desk;
  readonly door: PaperDoor;
  readonly clock: FakeClock;
  /** Commands that the flows started. */
  readonly ran: CommandId[];
  /** The session that the window shows. */
  session: ReadySession;
  /** The LTV lines of the settings. */
  thresholds: Thresholds;
  /** What a command of ours does when a flow starts it. */
  onRun: (command: CommandId) => void;
  /** Lets time pass until the work has ended. */
  run(work: unknown): Promise<unknown>;
  /** Borrows without a person, so that there is something to repay. */
  owe(coin: string, amount: string, collateral: Readonly<Record<string, string>>): Promise<void>;
  /** Sends an operation without a person and expects it done. */
  sent(operation: DistributiveOmit<Operation, 'accountId'>): Promise<void>;
  /** What is owed, pledged and free by coin, at the exchange. */
  ledger(): Promise<Ledger>;
  /** Types of the journal's lines, in order. */
  journal(): readonly string[];
  /** What was reviewed of each operation, as the journal keeps it. */
  reviews(): readonly string[];
  close(): Promise<void>;
}

export async function bench({
  environment = 'paper',
  readOnly = false,
  answered = (body) => body,
}: BenchOptions = {}): Promise<Bench> {
  const clock = new FakeClock(Date.UTC(2026, 2, 2, 10, 20));
  const folder = temporaryFolder();
  const journalFile = join(folder.path, 'desk', 'journal-acc-1.jsonl');
  const door = await openPaper({
    folder: join(folder.path, 'paper'),
    seed: 7,
    clock: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
  });
  for (const [coin, usd] of PRICES) await door.control.price(coin, usd);
  const account: Account = { id: 'acc-1', label: 'Main', environment, host: 'paper' };
  const exchange = createExchange({
    baseUrl: door.baseUrl,
    adapter: async (config) => {
      const response = await door.adapter(config);
      return { ...response, data: answered(String(response.data)) };
    },
    credentials: readOnly ? door.readOnlyCredentials : door.credentials,
    clock,
    random: () => 0.5,
  });
  const desk = await createDesk({
    account,
    exchange,
    folder: join(folder.path, 'desk'),
    thresholds: () => self.thresholds,
    intervalMs: () => 15_000,
    log: () => undefined,
    clock,
  });
  const user = new RecordedUser();
  const ran: CommandId[] = [];
  const options: FlowOptions = {
    asker: user,
    sessions: {
      get current() {
        return self.session;
      },
      ready: async () => self.session,
    },
    locale: 'en',
    say: plain,
    now: () => clock.now(),
    ends: new Ends(),
    favourites: () => new Set(['ETH']),
    run: async (command) => {
      ran.push(command);
      self.onRun(command);
    },
  };
  const self: Bench = {
    user,
    options,
    flows: flowCommands(options),
    desk,
    door,
    clock,
    ran,
    session: { kind: 'account', account, desk },
    thresholds: THRESHOLDS,
    onRun: () => undefined,
    run: (work) => clock.run(Promise.resolve(work)),
    owe: async (coin, amount, collateral) => {
      const pledge = Object.entries(collateral);
      const params = {
        coin,
        amount: decimal(amount),
        collateral: pledge.map(([name, held]) => ({ coin: name, amount: decimal(held) })),
      };
      await self.sent({ kind: 'flexible.borrow', params });
    },
    sent: async (operation) => {
      await clock.run(desk.refresh());
      const verdict = await clock.run(desk.execute({ ...operation, accountId: account.id }));
      assert.equal(verdict.state, 'done', plain(verdict.words));
    },
    ledger: async () => (await door.control.state()) as unknown as Ledger,
    journal: () => journalLines(journalFile).map(({ type }) => type),
    reviews: () => journalLines(journalFile).flatMap(({ review }) => (review === undefined ? [] : [review])),
    close: async () => {
      desk.dispose();
      exchange.dispose();
      await clock.pass(1);
      door.dispose();
      folder.remove();
    },
  };
  return self;
}

interface JournalLine {
  readonly type: string;
  readonly review?: string;
}

function journalLines(file: string): readonly JournalLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalLine);
}
