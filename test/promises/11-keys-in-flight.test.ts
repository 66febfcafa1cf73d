import assert from 'node:assert/strict';
import { createExchange } from '../../src/bybit/client';
import type { Credentials } from '../../src/bybit/exchange';
import type { Account } from '../../src/desk/account';
import { Journal } from '../../src/desk/journal/journal';
import type { Desk, Operation, Stage, Verdict } from '../../src/desk/operation';
import { AccountFiles } from '../../src/ui/accounts/account-files';
import { KeyKeeper } from '../../src/ui/accounts/key-keeper';
import { AccountSecrets } from '../../src/ui/accounts/secrets';
import { Redactor } from '../../src/ui/redactor';
import type { Gone } from '../../src/ui/session/gone';
import { SessionManager } from '../../src/ui/session/session-manager';
import type { FakeClock } from '../unit/desk/fake-clock';
import { FakeLog } from '../unit/ui/fake-log';
import { FakeSecretStorage } from '../unit/ui/fake-secret-storage';
import { ACCOUNT as ANY, deeds, isWrite, KEY } from '../wire/ledger';
import { report, SCALE, seeded } from './scale';
import { CALM, type Shake } from './shaken';
import { deskOn, laid, sharedReadsIn, type Table } from './table';
import { endsOf, OPEN } from './trial';

const WINDOWS = 3;
const ACCOUNT: Account = { ...ANY, uid: '1' };
const [NEXT, LAST] = ['SECONDKEY0123456789', 'THIRDKEY0123456789'];

/** Where the operation is when another window lays hands on the key. */
const MOMENTS = ['confirmed', 'reading', 'sending', 'left', 'settling'] as const;
/** What the other window does. */
const DEEDS = ['replace', 'lose', 'halve', 'remove', 'remove and add'] as const;

/** Until every window has heard of it, ms: what it was reading by then it reads. */
const MOST_LATE_MS = 1_000;

const FATES: readonly Shake[] = [
  { kind: 'none' },
  { kind: 'lost', when: 'before', code: 'ECONNRESET' },
  { kind: 'lost', when: 'after', code: 'ECONNRESET' },
  { kind: 'late', ms: 3_000 },
  { kind: 'slow', ms: 9_000 },
  { kind: 'again', retCode: 10006, next: { kind: 'none' } },
  { kind: 'again', retCode: 10002, next: { kind: 'lost', when: 'after', code: 'ECONNRESET' } },
];

interface Case {
  readonly operation: Operation;
  readonly moment: (typeof MOMENTS)[number];
  readonly deed: (typeof DEEDS)[number];
  readonly shake: Shake;
  readonly lag: number;
  readonly seed: number;
}

/** Storage that takes a while by the clock, and since when it holds which key no more. */
class TimedStorage extends FakeSecretStorage {
  readonly goneAt = new Map<string, number>();

  constructor(clock: FakeClock, random: () => number) {
    super();
    this.delay = () => clock.sleep(1 + Math.floor(random() * 40));
    this.onGone = (value) => {
      const apiKey = /"apiKey":"(\w+)"/.exec(value ?? '')?.[1];
      if (apiKey !== undefined) this.goneAt.set(apiKey, clock.monotonic());
    };
  }
}

interface Window {
  readonly sessions: SessionManager;
  readonly keeper: KeyKeeper;
  readonly secrets: AccountSecrets;
  readonly gone: Gone[];
}

/** Windows of VS Code on one account, with the product's own sessions, secrets and desks. */
class Windows {
  readonly all: Window[] = [];
  readonly storage: TimedStorage;
  /** What left with a key that the storage held no more. */
  readonly late: { readonly isWrite: boolean; readonly after: number }[] = [];
  readonly #random: () => number;

  constructor(
    readonly table: Table,
    random: () => number,
  ) {
    this.#random = random;
    this.storage = new TimedStorage(table.clock, random);
    for (let n = 0; n < WINDOWS; n += 1) this.all.push(this.#open());
  }

  #open(): Window {
    const { table, storage } = this;
    const { folder } = table;
    const log = new FakeLog();
    const files = new AccountFiles(folder, () => undefined);
    const secrets = new AccountSecrets(storage, new Redactor());
    const gone: Gone[] = [];
    const sessions = new SessionManager({
      files,
      secrets,
      log,
      choice: { get: () => undefined, set: () => undefined },
      opener: {
        live: (account, credentials, isKept) => this.#desk(account, credentials, isKept),
        paper: () => assert.fail('There is no paper account.'),
        visitor: async () => ({ desk: NO_DESK, dispose: () => undefined }),
        unsettled: async ({ id }) => (await Journal.open(folder, id)).unsettled,
      },
      onGone: (one) => gone.push(one),
    });
    secrets.onDidChange(() => void sessions.follow());
    return { sessions, secrets, gone, keeper: new KeyKeeper({ files, secrets, log, now: () => 1 }) };
  }

  async #desk(account: Account, credentials: Credentials, isKept: () => Promise<boolean>) {
    const { clock, folder, passage } = this.table;
    const exchange = createExchange({
      baseUrl: 'http://127.0.0.1:1',
      credentials,
      shared: { folder, account: account.id },
      adapter: async (config) => {
        const goneAt = this.storage.goneAt.get(credentials.apiKey);
        const after = goneAt === undefined ? 0 : clock.monotonic() - goneAt;
        if (after > 0 && config.headers.has('X-BAPI-SIGN'))
          this.late.push({ isWrite: isWrite(config.url ?? ''), after });
        return await passage.adapter(config);
      },
      clock,
      random: this.#random,
    });
    const sharedReads = sharedReadsIn(folder);
    const desk = await deskOn({ account, exchange, folder, clock, isKept, sharedReads });
    return { desk, dispose: () => [desk, exchange].forEach((part) => void part.dispose()) };
  }

  /** When the first key went. */
  get goneAt(): number {
    return this.storage.goneAt.get(KEY.apiKey) ?? Number.POSITIVE_INFINITY;
  }

  /** Every window takes in what has changed; a hint may have been lost. */
  async follow(): Promise<void> {
    await this.table.clock.run(Promise.all(this.all.map(({ sessions }) => sessions.follow())));
  }

  close(): void {
    for (const { sessions } of this.all) sessions.dispose();
  }
}

/** What a window without an account shows. */
const NO_DESK = {
  open: [],
  onDidChange: () => () => undefined,
  notify: () => undefined,
  watch: () => () => undefined,
} as unknown as Desk;

interface Ending {
  readonly end: string;
  readonly told: Verdict;
}

async function carriedOut({ operation, moment, deed, shake, lag, seed }: Case): Promise<Ending> {
  const random = seeded(seed);
  const habits = { historyLagMs: lag };
  const table = await laid({ random, habits, shared: true, keys: [NEXT, LAST] });
  const { clock, passage, ledger } = table;
  const windows = new Windows(table, random);
  const [own, other, third] = windows.all;
  assert.ok(own && other && third);
  try {
    await clock.run(other.keeper.add(ACCOUNT, KEY));
    await clock.run(Promise.all(windows.all.map(({ sessions }) => sessions.start())));
    const { current } = own.sessions;
    assert.ok(current.kind === 'account');
    const { desk } = current;
    await clock.run(desk.refresh(['key']));
    passage.world = { ...CALM, shake };
    const stages: Stage[] = [];
    let toldAt = 0;
    const running = desk.execute(operation, { onStage: (stage) => stages.push(stage) }).finally(() => {
      toldAt = clock.monotonic();
    });
    const isReached = () =>
      moment === 'confirmed' ||
      (moment === 'left' ? passage.sends > 0 : stages.includes(moment)) ||
      passage.sends > 1;
    for (let waited = 0; !isReached() && waited < 40_000; waited += 5) await clock.pass(5);
    await clock.pass(Math.floor(random() * random() * 1_500));
    await clock.run(laidHands(deed, other, windows.storage));
    const told = await clock.run(running);
    // Nobody looks it up any more in the window that was told: it must not say so.
    if (toldAt > windows.goneAt && (told.state === 'unknown' || told.state === 'processing'))
      assert.match(told.advice?.text ?? '', /^The account was closed here/, `told ${told.state}`);
    await windows.follow();
    await clock.pass(Math.floor(random() * 60_000));
    const open = (await Journal.open(table.folder, ACCOUNT.id)).unsettled;
    for (const { sessions, gone } of deed === 'remove' ? [own, third] : []) {
      assert.equal(sessions.current.kind, 'none');
      assert.deepEqual(
        gone.map(({ account }) => account.id),
        [ACCOUNT.id],
      );
      assert.ok(gone.every(({ unsettled }) => unsettled >= open));
    }
    if (deed === 'lose' || deed === 'halve') {
      for (const { sessions } of windows.all) {
        const shown = sessions.current;
        assert.ok(shown.kind === 'locked' && shown.unsettled === open, `${shown.kind}, ${open} open`);
      }
    }
    // A key of the account is there again, entered in a window that had no part in it.
    await clock.run(keyAgain(third));
    await windows.follow();
    const isOpen = () =>
      windows.all.some(
        ({ sessions: { current: now } }) => now.kind !== 'account' || now.desk.open.length > 0,
      );
    for (let waited = 0; isOpen() && waited < 400; waited += 1) await clock.pass(1_000);
    return { told, end: judge({ operation, table, windows, told, isAgain: shake.kind === 'again' }) };
  } finally {
    windows.close();
    await table.close();
    assert.deepEqual(await ledger.imbalances(), []);
  }
}

/** What the other window does, by the product's own ways. */
async function laidHands(deed: Case['deed'], window: Window, storage: TimedStorage): Promise<void> {
  const { sessions, secrets, keeper } = window;
  const remove = () => sessions.without(ACCOUNT.id, async () => void (await keeper.remove(ACCOUNT)));
  switch (deed) {
    case 'replace':
      assert.equal(await keeper.replace(ACCOUNT, { ...KEY, apiKey: NEXT }), undefined);
      break;
    case 'lose':
      await secrets.remove(ACCOUNT.id);
      break;
    case 'halve':
      for (const [name, text] of storage.kept) await storage.store(name, text.slice(0, text.length >> 1));
      break;
    case 'remove':
      await remove();
      break;
    case 'remove and add':
      await remove();
      await added(window, NEXT);
      break;
  }
}

/** Adds the user's account as the flow does. */
async function added({ keeper, sessions }: Window, apiKey: string): Promise<void> {
  const id = await keeper.formerIdOf(ACCOUNT, ACCOUNT.uid);
  const account = { ...ACCOUNT, id: id ?? 'another' };
  assert.equal(await keeper.add(account, { ...KEY, apiKey }), undefined);
  await sessions.open(account);
}

async function keyAgain(window: Window): Promise<void> {
  const { current } = window.sessions;
  if (current.kind === 'none') await added(window, LAST);
  else assert.equal(await window.keeper.replace(ACCOUNT, { ...KEY, apiKey: LAST }), undefined);
}

interface Scene {
  readonly operation: Operation;
  readonly table: Table;
  readonly windows: Windows;
  readonly told: Verdict;
  readonly isAgain: boolean;
}

function judge({ operation, table, windows, told, isAgain }: Scene): string {
  const commits = table.ledger.commits();
  const { sends } = table.passage;
  const events = table.journal();
  const ends = table.verdicts();
  const end = ends[0]?.state ?? (told.state === 'refused' ? 'refused' : 'open');
  const about = `told ${told.state} ${told.words.text}, ended ${end}, ${commits} commits, ${sends} sent`;
  const writes = windows.late.filter((one) => one.isWrite);
  assert.deepEqual(writes, [], `left with a key that was gone: ${about}`);
  const reads = windows.late.filter(({ after }) => after > MOST_LATE_MS);
  assert.deepEqual(reads, [], `read with a key that was gone: ${about}`);
  assert.ok(commits <= 1 && sends <= (isAgain ? 2 : 1) && ends.length <= 1, about);
  assert.ok((commits === 0 ? ['refused', 'absent'] : endsOf(operation, {})).includes(end), about);
  const alike = end === 'absent' || end === 'refused' ? ['absent', 'refused'] : [end];
  assert.ok([...alike, ...OPEN].includes(told.state), about);
  if (sends > 0) assert.equal(events.filter(({ type }) => type === 'intent').length, 1, about);
  const id = events[0]?.id;
  for (const { sessions } of windows.all) {
    const { current } = sessions;
    assert.ok(current.kind === 'account' && current.desk.open.length === 0, `${current.kind}: ${about}`);
    if (id !== undefined) assert.equal(current.desk.verdictOf(id)?.state, end, about);
  }
  return end;
}

describe('a key that another window changes or removes while an operation is under way', function () {
  this.timeout(3_600_000);

  it('sends nothing any more; what it sent ends in the truth once the account has a key again', async () => {
    const operations = await deeds();
    const cases: Case[] = operations.flatMap((operation, o) =>
      MOMENTS.flatMap((moment, m) =>
        DEEDS.map((deed, d) => ({
          operation,
          moment,
          deed,
          shake: FATES[(o + m * 3 + d) % FATES.length] as Shake,
          lag: ((o + m + d) % 3) * 12_000,
          seed: o * 100 + m * 10 + d,
        })),
      ),
    );
    const count = Math.ceil(cases.length * Math.min(1, SCALE));
    const list = cases.filter((_, n) => (n * 37) % cases.length < count);
    const ends = new Map<string, number>();
    const failures: string[] = [];
    for (const each of list) {
      try {
        const { end, told } = await carriedOut(each);
        const name = told.state === end ? end : `${end} (${told.state} at first)`;
        ends.set(name, (ends.get(name) ?? 0) + 1);
      } catch (error) {
        const { operation, moment, deed, shake } = each;
        failures.push(`${operation.kind}, ${moment}, ${deed}, ${JSON.stringify(shake)}: ${String(error)}`);
      }
    }
    report(
      11,
      `${list.length} × operation, moment, key replaced, lost or halved, account removed in another window`,
      `${failures.length} not as promised`,
      ...[...ends].map(([end, n]) => `${n} ${end}`),
    );
    assert.deepEqual(failures.slice(0, 5), []);
  });
});
