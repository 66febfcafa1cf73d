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
import { Watcher } from '../../../../src/desk/watch/watcher';
import { FakeClock, quiet } from '../fake-clock';
import { HOUR, OPTIONS, observation } from './observations';

const d = decimal;
const INTERVAL = 30_000;

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

  function window(settings: { intervalMs: number | undefined } = { intervalMs: INTERVAL }) {
    const told: string[] = [];
    const away: string[] = [];
    const log: string[] = [];
    const observe = () => observation({ now: clock.now(), serverNow: clock.now(), ...world });
    const file = new WatchFile(folder, 'acc', (line) => log.push(line));
    const watcher = new Watcher({
      name: 'acc',
      folder,
      file,
      clock,
      refresh: async () => undefined,
      reports: () => reportsOf(observe(), OPTIONS),
      seen: () => seenOf(observe()),
      locale: 'en',
      intervalMs: () => settings.intervalMs,
      tell: ({ event, ended }) => told.push(`${ended ? '-' : '+'}${event.key}`),
      tellAway: (changes) => away.push(...changes.map(plain)),
      log: (line) => log.push(line),
    });
    watchers.push(watcher);
    return { watcher, told, away, log };
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
});
