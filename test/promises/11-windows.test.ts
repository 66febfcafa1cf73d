import assert from 'node:assert/strict';
import { decimal } from '../../src/bybit/decimal';
import { Recorder } from '../../src/desk/history/recorder';
import { HistoryStore } from '../../src/desk/history/store';
import type { Desk, Operation, Verdict } from '../../src/desk/operation';
import { WatchFile } from '../../src/desk/watch/file';
import { reportsOf } from '../../src/desk/watch/reports';
import { Watcher } from '../../src/desk/watch/watcher';
import { ACCOUNT, bench } from '../unit/desk/bench';
import { FakeClock, quiet } from '../unit/desk/fake-clock';
import { PLAIN } from '../unit/desk/fake-exchange';
import { OPTIONS, observation } from '../unit/desk/watch/observations';
import { fastFolder, pick, report, scaled, seeded } from './scale';
import { stoppable } from './stoppable';

const WINDOWS = 4;
const TICK_MS = 30_000;

function repayment(n: number): Operation {
  const amount = decimal(`0.0000${String(1000 + n)}`);
  return { kind: 'flexible.repay', accountId: ACCOUNT.id, params: { coin: 'BTC', amount } };
}

/** The end of an operation, with a confirmation in several windows at once. */
interface Round {
  readonly told: readonly Verdict[];
  readonly commits: number;
}

describe('windows on one account agree', function () {
  this.timeout(3_600_000);

  it('when several confirm at once: one sends, the others are told, and all know of it', async () => {
    const random = seeded(110);
    const rounds = scaled(1_000);
    const table = bench();
    let refused = 0;
    let sent = 0;
    try {
      const desks: Desk[] = [];
      for (let n = 0; n < WINDOWS; n += 1) desks.push(await table.open());
      const round = async (n: number): Promise<Round> => {
        const before = table.exchange.commits;
        table.exchange.behaviour = { ...PLAIN, ...(random() < 0.3 && { processing: { ms: 4_000, end: 1 } }) };
        const asking = desks.filter(() => random() < 0.6);
        const starts = asking.map(async (desk) => {
          await table.clock.sleep(Math.floor(random() * 3) * 100 * random());
          return await desk.execute(repayment(n));
        });
        const told = await table.clock.run(Promise.all(starts));
        // The others look into the journal every five seconds.
        await table.clock.pass(6_000);
        return { told, commits: table.exchange.commits - before };
      };
      for (let n = 0; n < rounds; n += 1) {
        const { told, commits } = await round(n);
        const done = told.filter(({ state }) => state === 'done').length;
        assert.equal(commits, done, `round ${n}: ${commits} commits, ${done} told so`);
        assert.ok(told.every(({ state }) => state === 'done' || state === 'refused'));
        if (told.length > 0) assert.ok(done >= 1, `round ${n}: nobody sent`);
        sent += done;
        refused += told.length - done;
        if (n % 100 === 0) await table.clock.run(Promise.all(desks.map((desk) => desk.lookAgain())));
        for (const desk of desks) assert.deepEqual(desk.open, []);
      }
      report(
        11,
        `${rounds} rounds of ${WINDOWS} windows`,
        `${sent} sent`,
        `${refused} told that another is at it`,
        '0 sent twice',
      );
    } finally {
      await table.close();
    }
  });

  it('when they watch: each event is told once, whoever leads, and a dead leader is followed within 15 s', async () => {
    const random = seeded(111);
    const folder = fastFolder();
    const clock = new FakeClock();
    let ltv = decimal('0.5');
    const told: string[] = [];
    const ended: (() => void)[] = [];
    const made: { watcher: Watcher; halt: () => void }[] = [];
    const open = () => {
      // A window whose clock stops is one that was killed or suspended: it neither works nor lets go.
      const own = stoppable(clock);
      const observe = () => observation({ now: clock.now(), serverNow: clock.now(), ltv });
      const watcher = new Watcher({
        name: 'acc',
        folder: folder.path,
        file: new WatchFile(folder.path, 'acc', () => undefined),
        clock: own.clock,
        refresh: async () => undefined,
        reports: () => reportsOf(observe(), OPTIONS),
        seen: () => undefined,
        locale: 'en',
        intervalMs: () => 5_000,
        tell: ({ event, ended }) => told.push(`${ended ? '-' : '+'}${event.key}`),
        tellAway: () => undefined,
        log: () => undefined,
      });
      made.push({ watcher, ...own });
      ended.push(() => {
        watcher.dispose();
        own.release();
      });
    };
    try {
      for (let n = 0; n < WINDOWS; n += 1) open();
      await clock.pass(TICK_MS);
      const rounds = scaled(1_000);
      let [events, deaths, slowest] = [0, 0, 0];
      for (let n = 0; n < rounds; n += 1) {
        const leaders = made.filter(({ watcher }) => watcher.leads);
        assert.equal(leaders.length, 1, `${leaders.length} lead`);
        if (random() < 0.2) {
          const [leader] = leaders;
          assert.ok(leader);
          leader.halt();
          made.splice(made.indexOf(leader), 1);
          open();
          deaths += 1;
          const from = clock.monotonic();
          while (!made.some(({ watcher }) => watcher.leads)) await clock.pass(500);
          slowest = Math.max(slowest, clock.monotonic() - from);
        }
        told.length = 0;
        ltv = decimal(n % 2 === 0 ? pick(random, ['0.76', '0.81', '0.86', '0.96']) : '0.5');
        await clock.pass(TICK_MS);
        events += told.length;
        assert.equal(told.length, 1, `round ${n}: ${told.join()}`);
      }
      report(
        11,
        `${rounds} rounds of ${WINDOWS} windows`,
        `${events} events told once each`,
        `${deaths} leaders that died, followed within ${slowest / 1000} s`,
      );
      assert.ok(slowest <= 15_000 && deaths > 0);
    } finally {
      for (const end of ended) end();
      await clock.pass(1);
      await quiet();
      folder.remove();
    }
  });

  it('when they record rates: one reads, and a dead one is followed within 15 s', async () => {
    const random = seeded(112);
    const folder = fastFolder();
    const clock = new FakeClock();
    const reads: number[] = [];
    const ended: (() => void)[] = [];
    const made: { recorder: Recorder; halt: () => void }[] = [];
    const open = () => {
      const own = stoppable(clock);
      const recorder = new Recorder({
        store: new HistoryStore(folder.path),
        folder: folder.path,
        clock: own.clock,
        read: async () => {
          reads.push(clock.monotonic());
          return new Map([
            ['BTC', new Map([['flexible' as const, decimal(`0.0${1 + (reads.length % 9)}`)]])],
          ]);
        },
        intervalMs: () => TICK_MS,
        onRecorded: () => undefined,
        keepWithinBound: async () => undefined,
        log: () => undefined,
      });
      made.push({ recorder, ...own });
      ended.push(() => {
        recorder.dispose();
        own.release();
      });
    };
    try {
      for (let n = 0; n < WINDOWS; n += 1) open();
      await clock.pass(TICK_MS / 2);
      const rounds = scaled(1_000);
      let [slowest, deaths] = [0, 0];
      for (let n = 0; n < rounds; n += 1) {
        const leaders = made.filter(({ recorder }) => recorder.leads);
        assert.equal(leaders.length, 1, `${leaders.length} lead`);
        const before = reads.length;
        if (random() < 0.1) {
          const [leader] = leaders;
          assert.ok(leader);
          leader.halt();
          made.splice(made.indexOf(leader), 1);
          open();
          deaths += 1;
          const from = clock.monotonic();
          while (!made.some(({ recorder }) => recorder.leads)) await clock.pass(500);
          slowest = Math.max(slowest, clock.monotonic() - from);
        } else {
          await clock.pass(TICK_MS);
          assert.equal(reads.length - before, 1, `round ${n}`);
        }
      }
      report(
        11,
        `${rounds} rounds of ${WINDOWS} recorders`,
        `${reads.length} readings by one at a time`,
        `${deaths} that died, followed within ${slowest / 1000} s`,
      );
      assert.ok(slowest <= 15_000 && deaths > 0);
    } finally {
      for (const end of ended) end();
      await clock.pass(1);
      await quiet();
      folder.remove();
    }
  });
});
