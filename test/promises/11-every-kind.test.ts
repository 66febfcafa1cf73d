import assert from 'node:assert/strict';
import type { Exchange } from '../../src/bybit/exchange';
import type { JournalEvent } from '../../src/desk/journal/event';
import type { Desk, Operation, Verdict } from '../../src/desk/operation';
import type { Habits } from '../../src/paper/ledger/state';
import { deeds, isWrite } from '../wire/ledger';
import { pick, report, scaled, seeded } from './scale';
import { CALM, type Shake, SPOILT, type World } from './shaken';
import { type Stoppable, stoppable } from './stoppable';
import { laid, type Table, windowOn } from './table';
import { endsOf, OPEN } from './trial';

const WINDOWS = 4;
/** Confirmations come within so long of one another, ms. */
const AT_ONCE_MS = 1_500;
const TURNS = 3;

interface Window extends Stoppable {
  readonly name: string;
  readonly desk: Desk;
  readonly exchange: Exchange;
}

/** One confirmation in one window; `told` when the window lived to hear of it. */
interface Confirmation {
  /** Kept in the journal as the review. */
  readonly name: string;
  readonly operation: Operation;
  told: Verdict | undefined;
}

function shakeOf(random: () => number): Shake {
  const when = random() < 0.5 ? 'before' : 'after';
  switch (Math.floor(random() * 8)) {
    case 0:
    case 1:
      return { kind: 'lost', when, code: 'ECONNRESET' };
    case 2:
      return { kind: 'late', ms: Math.floor(random() * 6_500) };
    case 3:
      return { kind: 'status', when, status: pick(random, [429, 502, 504]) };
    case 4:
      return { kind: 'text', spoil: pick(random, Object.keys(SPOILT) as (keyof typeof SPOILT)[]) };
    case 5:
      return { kind: 'slow', ms: Math.floor(random() * 18_000) };
    default:
      return { kind: 'none' };
  }
}

function worldOf(random: () => number): World {
  return {
    shake: shakeOf(random),
    blind: random() < 0.2 ? Math.floor(random() * 20_000) : 0,
    rough: random() < 0.2 ? Math.floor(random() * 20) : 0,
    trip: pick(random, [20, 100, 400]),
  };
}

function habitsOf(random: () => number): Partial<Habits> {
  const settleMs = random() < 0.3 ? Math.floor(random() * 20_000) : 0;
  return {
    settleMs,
    settleFails: settleMs > 0 && random() < 0.3,
    historyLagMs: random() < 0.5 ? Math.floor(random() * 30_000) : 0,
  };
}

/** Windows over one ledger, some of which are stopped. */
class Round {
  readonly confirmations: Confirmation[] = [];
  /** Signed times of the writes that took effect, each as often as it did. */
  readonly commits: number[] = [];
  readonly windows: Window[] = [];
  readonly dead: Window[] = [];
  killed = 0;
  suspended = 0;

  private constructor(
    private readonly table: Table,
    private readonly habits: Partial<Habits>,
    private readonly random: () => number,
    private readonly operations: readonly Operation[],
  ) {}

  static async begin(seed: number, operations: readonly Operation[]): Promise<Round> {
    const random = seeded(seed);
    const habits = habitsOf(random);
    const table = await laid({ random, habits, shared: true });
    const round = new Round(table, habits, random, operations);
    round.#count();
    for (let n = 0; n < WINDOWS; n += 1) await round.#open();
    return round;
  }

  #count(): void {
    const { ledger } = this.table;
    const handle = ledger.handle.bind(ledger);
    ledger.handle = async (request) => {
      const before = ledger.commits();
      const answer = await handle(request);
      if (ledger.commits() > before) this.commits.push(Number(request.headers['X-BAPI-TIMESTAMP']));
      return answer;
    };
  }

  async #open(): Promise<void> {
    const { clock, passage } = this.table;
    const own = stoppable(clock);
    const { exchange, desk } = await windowOn(this.table, {
      clock: own.clock,
      random: this.random,
      adapter: own.door(async (config) => {
        try {
          return await passage.adapter(config);
        } finally {
          // The next write meets something else.
          if (isWrite(config.url ?? '')) passage.world = worldOf(this.random);
        }
      }),
    });
    await clock.run(desk.refresh(['key']));
    this.windows.push({ ...own, name: `w${this.windows.length + this.dead.length}`, desk, exchange });
  }

  /** Several confirm, the same or different things; one of them may be stopped in the middle. */
  async turn(): Promise<void> {
    const { random, table } = this;
    table.passage.world = worldOf(random);
    const common = pick(random, this.operations);
    const asking = this.windows.filter(() => random() < 0.6);
    for (const window of asking)
      void this.#confirm(window, random() < 0.4 ? common : pick(random, this.operations));
    await table.clock.pass(Math.floor(random() * random() * 20_000));
    const stop = pick(random, ['kill', 'kill', 'suspend', 'none'] as const);
    if (stop === 'kill') await this.#kill();
    if (stop === 'suspend') await this.#suspend();
    await table.clock.pass(Math.floor(random() * 60_000));
  }

  async #confirm(window: Window, operation: Operation): Promise<void> {
    const name = `${window.name} ${this.confirmations.length}`;
    const confirmation: Confirmation = { name, operation, told: undefined };
    this.confirmations.push(confirmation);
    await this.table.clock.sleep(Math.floor(this.random() * AT_ONCE_MS));
    confirmation.told = await window.desk.execute(operation, { review: name });
  }

  /** Dropped without a word, its lock left behind; another one is opened in its place. */
  async #kill(): Promise<void> {
    const window = this.#worker();
    window.halt();
    this.windows.splice(this.windows.indexOf(window), 1);
    this.dead.push(window);
    this.killed += 1;
    await this.#open();
  }

  /** Stands still for longer than its lock lasts, and goes on. */
  async #suspend(): Promise<void> {
    const window = this.#worker();
    window.halt();
    this.suspended += 1;
    await this.table.clock.pass(Math.floor(this.random() * 60_000));
    window.resume();
  }

  /** The window that sends, where there is one. */
  #worker(): Window {
    const busy = this.windows.filter(({ desk }) => desk.open.some(({ state }) => state === 'sending'));
    return pick(this.random, busy.length > 0 && this.random() < 0.8 ? busy : this.windows);
  }

  /** Waits until every window knows every end. */
  async settle(): Promise<void> {
    const { clock, passage } = this.table;
    passage.world = CALM;
    const isWaiting = () =>
      this.windows.some(({ desk }) => desk.open.some(({ state }) => state !== 'needsLook'));
    // Who is told of an end waits for it up to a minute.
    await clock.pass(70_000);
    for (let waited = 0; isWaiting() && waited < 600; waited += 1) await clock.pass(1_000);
    // Views that are visible do so every few seconds.
    for (const { desk } of this.windows) await clock.run(desk.refresh(['key']));
  }

  /** Compares the journal with the ledger, and with what each window was told; gives the ends. */
  async judge(): Promise<readonly string[]> {
    const { table, confirmations, commits, windows } = this;
    const events = table.journal();
    const intents = new Map(events.flatMap((one) => (one.type === 'intent' ? [[one.review, one]] : [])));
    let known = 0;
    const ends: string[] = [];
    for (const { name, operation, told } of confirmations) {
      const about = `${name} ${operation.kind}, told ${told?.state}`;
      const intent = intents.get(name);
      if (intent === undefined) {
        assert.ok(told === undefined || told.state === 'refused', `not in the journal: ${about}`);
        ends.push('another at it');
        continue;
      }
      const own = events.filter(({ id }) => id === intent.id);
      const times = new Set(own.flatMap((one) => (one.type === 'sent' ? [one.t] : [])));
      const effects = commits.filter((time) => times.has(time)).length;
      known += effects;
      const verdicts = own.flatMap((one) => (one.type === 'verdict' ? [one.state] : []));
      const [end = 'open'] = verdicts;
      const all = `${about}, ${effects} commits, ended as ${verdicts.join()}`;
      assert.ok(effects <= 1, all);
      assert.ok(verdicts.length <= 1, `two ends: ${all}`);
      const expected: readonly string[] =
        effects === 0 ? ['refused', 'absent'] : endsOf(operation, this.habits);
      const open = windows[0]?.desk.open.find(({ id }) => id === intent.id)?.state;
      assert.ok(end === 'open' ? open === 'needsLook' : expected.includes(end), `${all}, ${open}`);
      // Of what was sent away and what never left the same is true: nothing happened.
      const alike = end === 'absent' || end === 'refused' ? ['absent', 'refused'] : [end];
      assert.ok(told === undefined || [...alike, ...OPEN].includes(told.state), all);
      for (const { desk } of windows) {
        const said = desk.verdictOf(intent.id);
        assert.equal(said?.state, end === 'open' ? 'needsLook' : end, `what a window says: ${all}`);
      }
      ends.push(end === 'open' ? 'needsLook' : end);
    }
    assert.equal(known, commits.length, 'a commit of which no journal knows');
    assert.deepEqual(this.#crossed(events), [], 'two under way at once');
    assert.deepEqual(await table.ledger.imbalances(), []);
    return ends;
  }

  /** Of operations that took effect, those that left while another one had no end. */
  #crossed(events: readonly JournalEvent[]): readonly string[] {
    const effective = new Set(
      events.flatMap((one) => (one.type === 'sent' && this.commits.includes(one.t) ? [one.id] : [])),
    );
    const crossed: string[] = [];
    const underWay = new Set<string>();
    for (const { type, id } of events.filter((one) => effective.has(one.id))) {
      if (type === 'verdict') underWay.delete(id);
      if (type !== 'sent') continue;
      underWay.add(id);
      if (underWay.size > 1) crossed.push(id);
    }
    return crossed;
  }

  /** Nothing that a stopped window left is in the way of the next operation. */
  async goOn(): Promise<void> {
    const { windows, table, random } = this;
    const { desk } = pick(random, windows);
    for (const { id } of desk.open) await table.clock.run(desk.resolveByHand(id, false));
    // The window that was looking learns of a person's word with its next look.
    await table.clock.pass(20_000);
    const operation = this.operations.find(({ kind }) => kind === 'common.adjustCollateral');
    assert.ok(operation);
    const told = await table.clock.run(desk.execute(operation));
    assert.notEqual(told.words.text, 'Another window is working on this account. Nothing was sent.');
    assert.ok(told.code !== undefined || told.state !== 'refused', told.words.text);
  }

  async close(): Promise<void> {
    for (const window of [...this.windows, ...this.dead]) {
      window.desk.dispose();
      window.exchange.dispose();
      window.release();
    }
    await this.table.close();
  }
}

describe('windows that do all kinds of things at once, and are stopped in the middle', function () {
  this.timeout(3_600_000);

  it('send each confirmation at most once, and all know in the end what became of it', async () => {
    const operations = await deeds();
    const rounds = scaled(500);
    const ends = new Map<string, number>();
    const kinds = new Set<string>();
    const failures: string[] = [];
    let [commits, killed, suspended] = [0, 0, 0];
    for (let seed = 1; seed <= rounds; seed += 1) {
      const round = await Round.begin(seed, operations);
      try {
        for (let turn = 0; turn < TURNS; turn += 1) await round.turn();
        await round.settle();
        for (const end of await round.judge()) ends.set(end, (ends.get(end) ?? 0) + 1);
        for (const { operation } of round.confirmations) kinds.add(operation.kind);
        commits += round.commits.length;
        killed += round.killed;
        suspended += round.suspended;
        await round.goOn();
      } catch (error) {
        failures.push(`${seed}: ${String(error)}`);
      } finally {
        await round.close();
      }
    }
    report(
      11,
      `${rounds} rounds of ${WINDOWS} windows, ${kinds.size} kinds of operation, lost answers`,
      `${killed} windows killed, ${suspended} suspended`,
      `${commits} commits, ${failures.length} not as promised`,
      ...[...ends].map(([end, count]) => `${count} ${end}`),
    );
    assert.deepEqual(failures.slice(0, 5), []);
    assert.ok(killed > 0 && suspended > 0 && kinds.size >= 16);
  });
});
