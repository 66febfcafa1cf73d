import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { seenOf } from '../../../../src/desk/watch/away';
import { WatchFile } from '../../../../src/desk/watch/file';
import type { Observation } from '../../../../src/desk/watch/observation';
import { reportsOf } from '../../../../src/desk/watch/reports';
import { Watcher, type WatcherOptions } from '../../../../src/desk/watch/watcher';
import { FakeClock, quiet } from '../fake-clock';
import { HOUR, OPTIONS, observation } from './observations';

const d = decimal;
const INTERVAL = 30_000;
/** As much of an error as a line of the log holds. */
const LONG = new Error('x'.repeat(500));
const said = String(LONG).slice(0, 200);

describe('the watcher', function () {
  this.timeout(20_000);
  let folder: string;
  let clock: FakeClock;
  let world: Partial<Observation>;
  const watchers: Watcher[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loan-desk-watch-'));
    clock = new FakeClock();
    world = { ltv: d('0.5') };
  });
  afterEach(async () => {
    for (const watcher of watchers.splice(0)) watcher.dispose();
    await quiet();
    rmSync(folder, { recursive: true, force: true });
  });

  function window(
    settings: { intervalMs: number | undefined } = { intervalMs: INTERVAL },
    options: Partial<WatcherOptions> = {},
  ) {
    const told: string[] = [];
    const away: string[] = [];
    const log: string[] = [];
    const looks: number[] = [];
    const observe = () => observation({ now: clock.now(), serverNow: clock.now(), ...world });
    const file = new WatchFile(folder, 'acc', (line) => log.push(line), clock);
    const watcher = new Watcher({
      name: 'acc',
      folder,
      file,
      clock,
      refresh: async () => void looks.push(clock.monotonic()),
      reports: () => reportsOf(observe(), OPTIONS),
      seen: () => seenOf(observe()),
      locale: 'en',
      intervalMs: () => settings.intervalMs,
      tell: ({ event, ended }) => told.push(`${ended ? '-' : '+'}${event.key}`),
      tellAway: (changes) => away.push(...changes.map(plain)),
      log: (line) => log.push(line),
      ...options,
    });
    watchers.push(watcher);
    return { watcher, file, told, away, log, looks };
  }

  it('tells in one window only, and another takes over without telling again', async () => {
    const first = window();
    await clock.pass(INTERVAL);
    const second = window();
    world = { ltv: d('0.81') };
    await clock.pass(3 * INTERVAL);
    assert.deepEqual([first.told, second.told], [['+ltv:0.8'], []]);
    first.watcher.dispose();
    await clock.pass(INTERVAL);
    assert.ok(second.watcher.leads);
    await clock.pass(3 * INTERVAL);
    assert.deepEqual(second.told, []);
    world = { ltv: d('0.86') };
    await clock.pass(INTERVAL);
    assert.deepEqual([first.told, second.told], [['+ltv:0.8'], ['+ltv:0.85']]);
    assert.deepEqual((await first.watcher.fired()).map(({ event }) => event.key).slice(-1), ['ltv:0.85']);
  });

  it('looks at once when the snapshot changes', async () => {
    const { watcher, told } = window();
    await clock.pass(1_000);
    world = { ltv: d('0.81') };
    watcher.look();
    await quiet();
    assert.deepEqual(told, ['+ltv:0.8']);
  });

  it('is silent while it is off', async () => {
    const settings: { intervalMs: number | undefined } = { intervalMs: undefined };
    const { watcher, told } = window(settings);
    world = { ltv: d('0.81') };
    await clock.pass(10 * INTERVAL);
    assert.deepEqual([told, watcher.leads], [[], false]);
    settings.intervalMs = INTERVAL;
    await clock.pass(INTERVAL);
    assert.deepEqual(told, ['+ltv:0.8']);
  });

  it('snoozes for all windows', async () => {
    const first = window();
    const second = window();
    await clock.pass(INTERVAL);
    await second.watcher.snooze('ltv:0.8', clock.now() + HOUR);
    world = { ltv: d('0.81') };
    await clock.pass(HOUR - 10 * INTERVAL);
    assert.deepEqual(first.told, []);
    await clock.pass(12 * INTERVAL);
    assert.deepEqual([...first.told, ...second.told], ['+ltv:0.8']);
  });

  it('says what changed while nothing watched, once', async () => {
    const before = window();
    await clock.pass(INTERVAL);
    before.watcher.dispose();
    await quiet();
    await clock.pass(5 * HOUR);
    world = { ltv: d('0.6'), debtUsd: d('6000') };
    const after = window();
    await clock.pass(INTERVAL);
    assert.equal(after.away.length, 2);
    assert.match(after.away[0] ?? '', /^LTV 50\.00 % → 60\.00 % since 2027-\d\d-\d\d \d\d:\d\d UTC$/);
    assert.equal(after.away[1], 'Debt 5,000.00 USD → 6,000.00 USD');
    after.watcher.dispose();
    await quiet();
    const reloaded = window();
    await clock.pass(INTERVAL);
    assert.deepEqual(reloaded.away, []);
  });

  it('sets a damaged memory aside and goes on', async () => {
    writeFileSync(join(folder, 'watch-acc.json'), '{"v":1,"raised":[{"key"');
    const { told, log } = window();
    world = { ltv: d('0.81') };
    await clock.pass(INTERVAL);
    assert.deepEqual(told, ['+ltv:0.8']);
    assert.ok(existsSync(join(folder, 'watch-acc.json.damaged')));
    assert.equal(log.filter((line) => line.includes('set aside')).length, 1);
  });

  const memory = async () => (await new WatchFile(folder, 'acc', assert.fail).read()).seen?.at;
  const isLocked = () => existsSync(join(folder, 'watch-acc.lock'));
  const seenAt = (ltv: string) => {
    world = { ltv: d(ltv) };
  };

  it('follows every four seconds, and looks no more often than every five', async () => {
    const first = window({ intervalMs: 1_000 });
    await quiet();
    const second = window({ intervalMs: 1_000 });
    await clock.pass(20_000);
    assert.deepEqual([first.looks, second.looks], [[0, 5_000, 10_000, 15_000, 20_000], []]);
    first.watcher.dispose();
    await clock.pass(3_999);
    assert.equal(second.watcher.leads, false);
    await clock.pass(1);
    assert.deepEqual([second.watcher.leads, second.looks], [true, [24_000]]);
  });

  it('gives the lead to nobody while it is off, and back when it is turned off', async () => {
    const settings: { intervalMs: number | undefined } = { intervalMs: INTERVAL };
    const { watcher, told, looks } = window(settings);
    await clock.pass(1_000);
    assert.ok(watcher.leads && isLocked());
    settings.intervalMs = undefined;
    await clock.pass(INTERVAL);
    assert.deepEqual([watcher.leads, isLocked(), looks.length], [false, false, 2]);
    seenAt('0.81');
    watcher.look();
    await clock.pass(2 * INTERVAL);
    assert.deepEqual([told, looks.length], [[], 2]);
  });

  it('tells nothing more once its lock is another’s, or once it is closed', async () => {
    const { watcher, told } = window();
    await clock.pass(1_000);
    const holder = {
      token: '00000000-0000-4000-8000-000000000000',
      pid: 999_999,
      at: clock.now() + INTERVAL,
    };
    rmSync(join(folder, 'watch-acc.lock'));
    writeFileSync(join(folder, 'watch-acc.lock'), JSON.stringify(holder));
    seenAt('0.81');
    await clock.pass(INTERVAL);
    assert.deepEqual([told, watcher.leads], [[], false]);
    await clock.pass(INTERVAL);
    assert.deepEqual(told, ['+ltv:0.8'], 'the other is gone');
    seenAt('0.86');
    watcher.dispose();
    watcher.look();
    await quiet();
    assert.deepEqual([told, isLocked()], [['+ltv:0.8'], false]);
  });

  it('that is closed during a look tells nothing of it and lets go at once', async () => {
    await memoryOf('0.5');
    seenAt('0.81');
    const { watcher, told, away } = window(undefined, { refresh: async () => watcher.dispose() });
    await quiet();
    assert.deepEqual([told, away, isLocked(), clock.sleepers], [[], [], false, 0]);
  });

  /** A session that saw this LTV and ended, five hours ago. */
  async function memoryOf(ltv: string): Promise<void> {
    seenAt(ltv);
    const before = window();
    await clock.pass(1_000);
    before.watcher.dispose();
    await quiet();
    await clock.pass(5 * HOUR);
  }

  it('says one thing that changed, and nothing where nothing did', async () => {
    await memoryOf('0.5');
    const calls: unknown[] = [];
    const count = { tellAway: (changes: unknown) => void calls.push(changes) };
    const same = window(undefined, count);
    await clock.pass(1_000);
    assert.deepEqual(calls, []);
    same.watcher.dispose();
    await memoryOf('0.5');
    seenAt('0.6');
    window(undefined, count);
    await clock.pass(1_000);
    assert.equal(calls.length, 1, 'with the first look');
    await clock.pass(INTERVAL);
    assert.equal(calls.length, 1);
  });

  it('says nothing while nothing was read', async () => {
    const { watcher, told, log } = window(undefined, { reports: () => undefined });
    await clock.pass(INTERVAL);
    watcher.look();
    await quiet();
    assert.deepEqual([told, log], [[], []]);
  });

  it('writes a quiet account down every five minutes, and news at once', async () => {
    const { file } = window();
    let writes = 0;
    const write = file.write.bind(file);
    file.write = async (state) => {
      writes += 1;
      await write(state);
    };
    const start = clock.now();
    await clock.pass(5 * 60_000 - 1_000);
    assert.deepEqual([await memory(), writes], [start, 1]);
    await clock.pass(1_000);
    assert.deepEqual([await memory(), writes], [start + 5 * 60_000, 2]);
    seenAt('0.81');
    await clock.pass(INTERVAL);
    assert.deepEqual([await memory(), writes], [start + 5 * 60_000 + INTERVAL, 3]);
    assert.equal(existsSync(join(folder, 'watch-acc.json.snoozed')), false, 'nobody snoozed');
  });

  it('remembers what it saw last while the position cannot be read', async () => {
    const { told } = window();
    const start = clock.now();
    await clock.pass(1_000);
    world = { ltv: undefined, failedPolls: 3 };
    await clock.pass(INTERVAL);
    assert.deepEqual([told, await memory()], [['+stale:position'], start]);
  });

  it('writes down what ended without a word, so that it is told when it comes again', async () => {
    world = { collateralLimit: '1' };
    const first = window();
    await clock.pass(1_000);
    world = { collateralLimit: '0' };
    await clock.pass(INTERVAL);
    first.watcher.dispose();
    await quiet();
    world = { collateralLimit: '1' };
    const second = window();
    await clock.pass(1_000);
    assert.deepEqual([first.told, second.told], [['+collateralLimit:1'], ['+collateralLimit:1']]);
  });

  it('tells what was snoozed once when its time comes, and keeps other snoozes', async () => {
    const { watcher, told, file } = window();
    await clock.pass(1_000);
    const until = clock.now() - 1_000 + 2 * INTERVAL;
    await watcher.snooze('ltv:0.8', until);
    await watcher.snooze('collateralLimit:1', until + HOUR);
    world = { ltv: d('0.81'), collateralLimit: '1' };
    await clock.pass(2 * INTERVAL - 1_001);
    assert.deepEqual(told, []);
    await clock.pass(1);
    assert.deepEqual(told, ['+ltv:0.8']);
    await clock.pass(10 * INTERVAL);
    assert.deepEqual(told, ['+ltv:0.8']);
    assert.deepEqual([...(await file.snoozes()).keys()], ['collateralLimit:1']);
  });

  it('tells on a disk that takes nothing, once, and remembers it while it lives', async () => {
    const { watcher, told, log, file } = window();
    await clock.pass(1_000);
    await watcher.snooze('ltv:0.8', clock.now() + HOUR);
    file.write = () => Promise.reject(LONG);
    file.changeSnoozes = () => Promise.reject(LONG);
    seenAt('0.81');
    await clock.pass(HOUR - 10 * INTERVAL);
    assert.deepEqual(told, []);
    seenAt('0.86');
    await clock.pass(20 * INTERVAL);
    assert.deepEqual(told, ['+ltv:0.85', '+ltv:0.8']);
    assert.equal((await watcher.fired()).at(-1)?.event.key, 'ltv:0.8');
    assert.deepEqual([...new Set(log)], [`watch: not written: ${said}`]);
  });

  it('tells though nobody can read what was snoozed, or what was told before', async () => {
    const unread = window();
    unread.file.snoozes = () => Promise.reject(LONG);
    unread.file.read = () => Promise.reject(LONG);
    seenAt('0.81');
    await clock.pass(1_000);
    seenAt('0.86');
    unread.watcher.look();
    await clock.pass(INTERVAL);
    assert.deepEqual(unread.told, ['+ltv:0.8', '+ltv:0.85']);
    assert.deepEqual([...new Set(unread.log)], [`watch: not read: ${said}`]);
  });

  it('tells in every window where nothing can be locked, and in one as soon as it can', async () => {
    const locks = join(folder, 'locks');
    writeFileSync(locks, 'no folder');
    const both = [window(undefined, { folder: locks }), window(undefined, { folder: locks })];
    await clock.pass(1_000);
    assert.deepEqual(
      both.map(({ watcher }) => watcher.leads),
      [true, true],
    );
    seenAt('0.81');
    await clock.pass(INTERVAL);
    assert.deepEqual(
      both.map(({ told }) => told),
      [['+ltv:0.8'], ['+ltv:0.8']],
    );
    rmSync(locks);
    await clock.pass(2 * INTERVAL);
    assert.equal(both.filter(({ watcher }) => watcher.leads).length, 1);
    seenAt('0.86');
    await clock.pass(2 * INTERVAL);
    assert.deepEqual(both.flatMap(({ told }) => told).sort(), ['+ltv:0.8', '+ltv:0.8', '+ltv:0.85']);
    assert.match(both[0]?.log[0] ?? '', /^watch: lock: Error: E/);
    for (const { watcher } of both) watcher.dispose();
    await clock.pass(5_000);
    assert.equal(existsSync(join(locks, 'watch-acc.lock')), false);
  });

  it('goes on after something unexpected, and says it in short', async () => {
    let fails = true;
    const refresh = async () => {
      if (fails) throw LONG;
    };
    const { told, log } = window(undefined, { refresh });
    seenAt('0.81');
    await clock.pass(1_000);
    assert.deepEqual([told, log], [[], [`watch: ${said}`]]);
    fails = false;
    await clock.pass(4_000);
    assert.deepEqual(told, ['+ltv:0.8']);
  });

  it('says in short why it cannot judge, lead or begin', async () => {
    const odd = window(undefined, {
      reports: () => {
        throw LONG;
      },
    });
    await clock.pass(1_000);
    const nobodys: unknown[] = [];
    const note = (reason: unknown) => nobodys.push(reason);
    process.on('unhandledRejection', note);
    odd.watcher.look();
    await quiet();
    process.off('unhandledRejection', note);
    assert.deepEqual(nobodys, []);
    assert.deepEqual(odd.log, Array(3).fill(`watch: ${said}`));
    const nowhere = window(undefined, { folder: join(folder, 'x'.repeat(3_000)) });
    await quiet();
    assert.match(nowhere.log[0] ?? '', /^watch: lock: Error: ENAMETOOLONG/);
    assert.equal(nowhere.log[0]?.length, 'watch: lock: '.length + 200);
    const unset = window(undefined, {
      intervalMs: () => {
        throw LONG;
      },
    });
    await quiet();
    assert.deepEqual(unset.log, [`watch: ${said}`]);
  });
});
