import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../../../src/bybit/decimal';
import { words } from '../../../../src/bybit/words';
import type { Foreign } from '../../../../src/desk/history/fold';
import type { Segment } from '../../../../src/desk/history/segments';
import { rateAt } from '../../../../src/desk/history/series';
import { HistoryStore } from '../../../../src/desk/history/store';
import { openPaper, type PaperDoor } from '../../../../src/paper/door';
import { HistoryService } from '../../../../src/ui/history/history-service';
import { historyIntervalOf } from '../../../../src/ui/history/history-settings';
import { type HistoryFormat, historyPieces } from '../../../../src/ui/history/history-text';
import { standingLines } from '../../../../src/ui/history/standings';
import { temporaryFolder } from '../../desk/bench';
import { FakeClock, quiet } from '../../desk/fake-clock';
import { FakeLog } from '../fake-log';
import { textsOf } from './plain';
import { MAINNET, PAPER, RatesDesk, ShownSession, until } from './shown-desk';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** All that is recorded takes no more in these tests. */
const MOST_BYTES = 400_000;

describe('the recording of rates', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let doors: PaperDoor[] = [];
  let services: HistoryService[] = [];
  let count = 0;

  afterEach(() => {
    for (const service of services) service.dispose();
    for (const door of doors) door.dispose();
    services = [];
    doors = [];
  });
  after(() => folder.remove());

  function bench() {
    const path = join(folder.path, String(count++));
    const clock = new FakeClock(Date.UTC(2026, 5, 1));
    const settings = new Map<string, unknown>();
    const log = new FakeLog();
    const aside: string[] = [];
    const paper = {
      door: async () => {
        const door = await openPaper({ folder: join(path, 'paper'), clock: () => clock.now() });
        doors.push(door);
        // A few coins do: every one of them takes its time.
        const past = async () => ({ ...(await door.past()), coins: ['BTC', 'ETH', 'USDT'] });
        return { ...door, past };
      },
    };
    const window = () => {
      const sessions = new ShownSession();
      const desk = new RatesDesk(clock, sessions.signal);
      const service = new HistoryService({
        sessions,
        paper,
        folder: path,
        readSetting: (key) => settings.get(key),
        log,
        clock,
        mostBytes: MOST_BYTES,
        setAside: (file) => aside.push(file),
      });
      services.push(service);
      return { sessions, desk, service };
    };
    return { path, clock, settings, log, aside, window };
  }

  it('needs no key, and keeps each exchange and tier apart', async () => {
    const { path, clock, window } = bench();
    const { sessions, desk, service } = window();
    assert.deepEqual([service.shown], [undefined]);
    sessions.show(desk);
    await until(clock, () => existsSync(join(path, 'history/mainnet/api.bybit.com/VIP0/readings')));
    assert.deepEqual(await service.shown?.store.coins(), ['BTC', 'ETH']);
    // Its key was read: the tier is another.
    sessions.show(desk, MAINNET);
    desk.vipLevel = 'VIP2';
    sessions.signal.fire();
    await until(clock, () => existsSync(join(path, 'history/mainnet/api.bybit.com/VIP2/readings')));
    // Its key is lost: what its host tells anybody is shown, on paper what the first host does.
    const locked = (account: typeof MAINNET) => {
      sessions.current = {
        kind: 'locked',
        unsettled: 0,
        account,
        reason: words('gone'),
        desk: new RatesDesk(clock, sessions.signal).desk,
      };
      sessions.signal.fire();
      return service.shown?.source;
    };
    const europe = { ...MAINNET, host: 'api.bybit.eu' };
    assert.deepEqual(locked(europe), { environment: 'mainnet', host: 'api.bybit.eu', vipLevel: 'VIP0' });
    const first = { environment: 'mainnet', host: 'api.bybit.com', vipLevel: 'VIP0' };
    assert.deepEqual(locked({ ...MAINNET, host: 'elsewhere.example' }), first);
    assert.deepEqual(locked(PAPER), first);
  });

  it('says where a file is kept that is no history, and goes on recording', async () => {
    const { path, clock, aside, window } = bench();
    const own = join(path, 'history/mainnet/api.bybit.com/VIP0');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'BTC.rates'), 'garbage');
    const { sessions, desk, service } = window();
    sessions.show(desk);
    await until(clock, () => existsSync(join(own, 'readings')));
    assert.deepEqual(aside, [join(own, 'BTC.rates.damaged')]);
    assert.equal(readFileSync(join(own, 'BTC.rates.damaged'), 'utf8'), 'garbage');
    assert.equal((await service.shown?.store.read('BTC'))?.get('flexible')?.length, 1);
  });

  it('never records the rates of one tier as those of another', async () => {
    const { path, clock, window } = bench();
    const { sessions, desk } = window();
    const refresh = desk.refresh.bind(desk);
    // The first reading reads the key as well, and tells then.
    desk.refresh = async () => {
      desk.vipLevel = 'VIP3';
      await refresh();
    };
    sessions.show(desk, MAINNET);
    await until(clock, () => existsSync(join(path, 'history/mainnet/api.bybit.com/VIP3/readings')));
    assert.deepEqual(
      readdirSync(join(path, 'history/mainnet/api.bybit.com/VIP0')).filter((name) => !name.includes('lock')),
      [],
    );
  });

  it('is done by one of all windows, at the pace of the setting, with what is fresh anyway', async () => {
    const { clock, settings, window } = bench();
    settings.set('history.interval', 5);
    const one = window();
    const other = window();
    one.sessions.show(one.desk);
    other.sessions.show(other.desk);
    await until(clock, () => one.service.leads || other.service.leads);
    await clock.run(clock.sleep(62 * MINUTE));
    const [leader, follower] = one.service.leads ? [one, other] : [other, one];
    assert.deepEqual([leader.desk.reads, follower.desk.reads], [13, 0]);
    leader.service.dispose();
    await until(clock, () => follower.desk.reads > 0);
    assert.ok(follower.service.leads);
    // A view reads every 15 seconds: nothing is read besides.
    const before = follower.desk.reads;
    await clock.run(
      (async () => {
        for (let reads = 0; reads < 60; reads += 1) {
          await follower.desk.refresh();
          await clock.sleep(15_000);
        }
      })(),
    );
    assert.equal(follower.desk.reads, before + 60);
  });

  it('is learnt of in the other windows while somebody looks there, and once in its own', async () => {
    const { clock, window } = bench();
    const one = window();
    const other = window();
    one.sessions.show(one.desk);
    other.sessions.show(other.desk);
    await until(clock, () => one.service.leads || other.service.leads);
    const [leader, follower] = one.service.leads ? [one, other] : [other, one];
    const told = { leader: 0, follower: 0 };
    leader.service.onDidChange(() => {
      told.leader += 1;
    });
    follower.service.onDidChange(() => {
      told.follower += 1;
    });
    await clock.run(clock.sleep(25 * MINUTE));
    const before = told.leader;
    assert.ok(before >= 2);
    assert.equal(told.follower, 0, 'nobody looks');
    await quiet();
    const sleepers = clock.sleepers;
    const letGo = [leader, follower, follower].map(({ service }) => service.hold());
    await quiet();
    assert.equal(clock.sleepers, sleepers + 2, 'one timer a window');
    // Readings of every ten minutes, the last of them half a minute ago at least.
    await clock.run(clock.sleep(60 * MINUTE));
    assert.deepEqual(told, { leader: before + 6, follower: 6 });
    const { shown } = leader.service;
    assert.ok(shown !== undefined);
    // What is taken in there is of a time before.
    const from = clock.now() - 5 * DAY;
    const covered = { from, to: from + HOUR };
    const past: Foreign = new Map([['flexible', [{ ...covered, rate: decimal('0.07') }]]]);
    await clock.run(shown.write(() => shown.store.fold([['BTC', past]], [covered])));
    leader.service.changed();
    await until(clock, () => told.follower === 7);
    letGo.forEach((release) => {
      release();
    });
    assert.equal(clock.sleepers, sleepers);
    await clock.run(clock.sleep(60 * MINUTE));
    assert.equal(told.follower, 7);
    follower.service.hold();
    follower.service.dispose();
    leader.service.dispose();
    await quiet();
    assert.equal(clock.sleepers, 0);
  });

  it('leaves a gap when rates cannot be read, and rests while it is off', async () => {
    const { clock, settings, window } = bench();
    const { sessions, desk, service } = window();
    desk.failure = { words: words('No answer.'), advice: undefined, code: 'ETIMEDOUT', at: 0 };
    sessions.show(desk);
    await until(clock, () => desk.reads === 2);
    assert.deepEqual(await service.shown?.store.coverage(), []);
    desk.failure = undefined;
    await until(clock, () => desk.reads === 3);
    await clock.run(clock.sleep(1_000));
    assert.equal((await service.shown?.store.coverage())?.length, 1);
    settings.set('history.enabled', false);
    await until(clock, () => !service.leads);
    await clock.run(clock.sleep(3 * HOUR));
    assert.equal(desk.reads, 3);
  });

  it('begins on the paper account with a computed past, and fills the nights there', async () => {
    const { clock, window } = bench();
    const { sessions, desk, service } = window();
    desk.rates = { BTC: '0.00001' };
    sessions.show(desk, PAPER);
    await until(clock, () => desk.reads > 0);
    const [stretch] = (await service.shown?.store.coverage()) ?? [];
    assert.equal(Math.round(((stretch?.to ?? 0) - (stretch?.from ?? 0)) / (24 * HOUR)), 90);
    const lines = textsOf(await standingLines(service, 'BTC', clock.now()));
    assert.match(lines[0] ?? '', /^Flexible · cheaper than 100 % of the last 30 days$/);
    assert.equal(lines.at(-1), 'simulated market');
    assert.deepEqual(await standingLines(service, 'NONE', clock.now()), []);
    const { shown } = service;
    assert.ok(shown !== undefined);
    const whole = async (format: HistoryFormat) => {
      let [text, rows] = ['', 0];
      for await (const piece of historyPieces(shown.source, shown.store, format)) {
        text += piece.text;
        rows += piece.rows;
      }
      return { text, rows };
    };
    const { text: csv, rows } = await whole('csv');
    assert.equal(csv.split('\r\n').length, rows + 2);
    assert.match(csv, /,BTC,flexible,0\.\d+,paper\r\n/);
    assert.equal((await whole('jsonl')).rows, rows);
    service.dispose();
    // Nobody looked for half a day.
    await clock.run(clock.sleep(12 * HOUR));
    const next = window();
    next.sessions.show(next.desk, PAPER);
    await until(clock, () => next.desk.reads > 0);
    assert.equal((await next.service.shown?.store.coverage())?.length, 1);
  });

  it('has no past for a real exchange', async () => {
    const { clock, window } = bench();
    const { sessions, desk, service } = window();
    sessions.show(desk, MAINNET);
    await until(clock, () => desk.reads > 0);
    await clock.run(clock.sleep(10_000));
    const [stretch, ...more] = (await service.shown?.store.coverage()) ?? [];
    assert.deepEqual([stretch?.from, more], [stretch?.to, []]);
    assert.deepEqual(await standingLines(service, 'BTC', clock.now()), [], 'too little is known');
  });

  it('keeps what is recorded of all exchanges together within the bound, also when it is taken in', async () => {
    const { path, clock, settings, window } = bench();
    const now = clock.now();
    const years: Segment[] = Array.from({ length: 10_000 }, (_, index) => {
      const from = now - (10_000 - index) * HOUR;
      return { from, to: from + HOUR, rate: decimal(`0.0${1 + (index % 9)}`) };
    });
    const covered = [{ from: now - 10_000 * HOUR, to: now }];
    const coins = (...names: string[]) =>
      names.map((name): [string, Foreign] => [name, new Map([['flexible', years]])]);
    const stores = ['testnet/api-testnet.bybit.com/VIP0', 'mainnet/api.bybit.com/VIP1'].map(
      (source) => new HistoryStore(join(path, 'history', source)),
    );
    for (const store of stores) await store.fold(coins('A', 'B'), covered);
    const size = async () => {
      const all = [...stores, ...(service.shown === undefined ? [] : [service.shown.store])];
      return (await Promise.all(all.map((store) => store.size()))).reduce((sum, bytes) => sum + bytes, 0);
    };
    const { sessions, desk, service } = window();
    assert.ok((await size()) > MOST_BYTES);
    // It is recorded elsewhere.
    sessions.show(desk);
    await until(clock, () => desk.reads === 2);
    const recorded = await size();
    assert.ok(recorded < MOST_BYTES, `${recorded} bytes`);
    // It is not recorded, but a file is taken in.
    settings.set('history.enabled', false);
    await until(clock, () => !service.leads);
    const { shown } = service;
    assert.ok(shown !== undefined);
    let [all, isDone] = [0, false];
    const taken = shown.write(async () => {
      await shown.store.fold(coins('C', 'D', 'E'), covered);
      all = await size();
    });
    void taken.finally(() => {
      isDone = true;
    });
    await until(clock, () => isDone);
    await taken;
    assert.ok(all > MOST_BYTES, `${all} bytes came in`);
    assert.ok((await size()) < MOST_BYTES, `${await size()} bytes`);
    const series = (await shown.store.read('C')).get('flexible') ?? [];
    assert.equal(rateAt(series, now - HOUR / 2), years.at(-1)?.rate, 'what is newest stays');
    assert.ok((series[0]?.time ?? now) < now - 300 * DAY, 'and so does what is old, though thinner');
  });

  it('keeps its interval within bounds, whatever the setting says', () => {
    const interval = (value: unknown) =>
      historyIntervalOf((key) => (key.endsWith('interval') ? value : true));
    assert.deepEqual(
      [undefined, 'x', 0, 30, 1e9, Number.NaN].map(interval),
      [10, 10, 1, 30, 120, 10].map((minutes) => minutes * MINUTE),
    );
  });
});
