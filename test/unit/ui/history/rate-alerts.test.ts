import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../../../src/bybit/decimal';
import { plain, words } from '../../../../src/bybit/words';
import { MOST_ALERTS } from '../../../../src/desk/history/alert-file';
import { tryLock } from '../../../../src/desk/lock';
import { addAlert, alertList } from '../../../../src/ui/history/alert-list';
import { HistoryService } from '../../../../src/ui/history/history-service';
import { RateAlerts } from '../../../../src/ui/history/rate-alerts';
import { showWatchList } from '../../../../src/ui/watch/watch-list';
import type { WatchService } from '../../../../src/ui/watch/watch-service';
import { temporaryFolder } from '../../desk/bench';
import { FakeClock } from '../../desk/fake-clock';
import { FakeLog } from '../fake-log';
import { Escaped, RecordedUser } from '../flow/recorded-user';
import { MAINNET, RatesDesk, ShownSession, TESTNET, until } from './shown-desk';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('rate alerts', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  let made: { dispose(): void }[] = [];
  let count = 0;
  afterEach(() => {
    for (const part of made) part.dispose();
    made = [];
  });
  after(() => folder.remove());

  function bench() {
    const path = join(folder.path, String(count++));
    const clock = new FakeClock(Date.UTC(2026, 5, 1));
    const settings = new Map<string, unknown>();
    const told: string[] = [];
    const log = new FakeLog();
    const aside: string[] = [];
    const window = () => {
      const sessions = new ShownSession();
      const desk = new RatesDesk(clock, sessions.signal);
      const shared = { sessions, folder: path, readSetting: (key: string) => settings.get(key), log, clock };
      const history = new HistoryService({
        ...shared,
        paper: { door: () => Promise.reject(new Error('none')) },
      });
      const alerts = new RateAlerts({
        ...shared,
        history,
        locale: 'en',
        setAside: (what, where) => aside.push(`${what}: ${where}`),
        tell: ({ event }) => told.push(plain(event.title)),
      });
      made.push(history, alerts);
      sessions.show(desk, MAINNET);
      const user = new RecordedUser();
      const opened: string[] = [];
      const list = {
        alerts,
        asker: user,
        locale: 'en',
        favourites: () => new Set(['ETH']),
        readSetting: (key: string) => settings.get(key),
        say: plain,
        openSetting: (name: string) => opened.push(name),
      };
      const close = () => {
        for (const part of [alerts, history]) part.dispose();
      };
      return { sessions, desk, history, alerts, user, list, opened, close };
    };
    return { path, clock, settings, told, aside, log, window };
  }

  it('are told once in one of several windows, and again only after the level was left', async () => {
    const { clock, told, window } = bench();
    const one = window();
    const other = window();
    await one.alerts.put({ id: 'a', coin: 'BTC', series: 'flexible', kind: 'above', value: decimal('0.06') });
    await until(clock, () => one.desk.reads > 0);
    await clock.run(clock.sleep(3 * MINUTE));
    assert.deepEqual(told, []);
    const set = (rate: string) => {
      one.desk.rates = { BTC: rate };
      other.desk.rates = { BTC: rate };
    };
    set('0.061');
    await until(clock, () => told.length > 0);
    for (const rate of ['0.0599', '0.0605', '0.0599', '0.07']) {
      set(rate);
      await clock.run(clock.sleep(3 * MINUTE));
    }
    assert.deepEqual(told, ['BTC: the flexible rate is 6.10 % a year']);
    set('0.05');
    await clock.run(clock.sleep(3 * MINUTE));
    set('0.06');
    await until(clock, () => told.length > 1);
  });

  it('are not told by a rate of hours ago', async () => {
    const { clock, told, window } = bench();
    const { desk, alerts } = window();
    desk.rates = { BTC: '0.06' };
    await clock.run(desk.refresh());
    desk.failure = { words: words('gone'), advice: undefined, code: 'ECONNRESET', at: clock.now() };
    await clock.run(clock.sleep(5 * HOUR));
    await clock.run(
      alerts.put({ id: 'a', coin: 'BTC', series: 'flexible', kind: 'above', value: decimal('0.05') }),
    );
    await clock.run(clock.sleep(10 * MINUTE));
    assert.deepEqual(told, []);
    desk.failure = undefined;
    await clock.run(desk.refresh());
    await until(clock, () => told.length > 0);
    assert.deepEqual(told, ['BTC: the flexible rate is 6.00 % a year']);
  });

  it('that another window sets or removes are known soon, also when that one closes', async () => {
    const { clock, settings, told, window } = bench();
    // Nothing else makes a window look.
    settings.set('history.enabled', false);
    settings.set('watch.interval', 3600);
    const [one, other] = [window(), window()];
    await clock.run(clock.sleep(MINUTE));
    await other.alerts.put({
      id: 'a',
      coin: 'BTC',
      series: 'flexible',
      kind: 'above',
      value: decimal('0.06'),
    });
    other.close();
    await clock.run(clock.sleep(3 * MINUTE));
    assert.ok(one.desk.reads > 0);
    const third = window();
    await clock.run(third.alerts.remove('a'));
    await clock.run(clock.sleep(2 * MINUTE));
    one.desk.rates = { BTC: '0.07' };
    await one.desk.refresh();
    await clock.run(clock.sleep(MINUTE));
    assert.deepEqual(told, []);
  });

  it('say so where they cannot be told as the settings are, and open the setting', async () => {
    const { clock, settings, window } = bench();
    const { desk, alerts, user, list, opened } = window();
    await clock.run(desk.refresh());
    settings.set('history.enabled', false);
    user.picks('Flexible').picks('A jump').types('20').answers('Open the Setting');
    await addAlert('BTC', list);
    assert.match(user.last.title, /^Alert set: BTC flexible ± 20\.00 % within a day\. .*recording is off\.$/);
    assert.deepEqual(opened, ['loanDesk.history.enabled']);
    user.picks('Flexible').picks('At or below').types('4').answers();
    await addAlert('BTC', list);
    assert.match(
      user.last.title,
      /^Alert set: BTC flexible ≤ 4\.00 % a year\. It is told once, while a window is open/,
    );
    settings.set('watch.enabled', false);
    user.picks('Flexible').picks('At or below').types('3').answers('Open the Setting');
    await addAlert('BTC', list);
    assert.match(
      user.last.title,
      /^Alert set: BTC flexible ≤ 3\.00 % a year\. It is not told while the watch is off\.$/,
    );
    assert.equal(opened[1], 'loanDesk.watch.enabled');
    const details = async () => (await alertList(list).rows()).flatMap(({ detail }) => detail ?? []);
    assert.equal((await details()).length, 3);
    settings.set('watch.enabled', true);
    assert.equal((await details()).length, 1);
    settings.set('history.enabled', true);
    assert.deepEqual(await details(), []);
    assert.equal((await alerts.alerts()).length, 3);
    user.done();
  });

  it('are refused once there are as many as can be, before anything is asked', async () => {
    const { clock, window } = bench();
    const { desk, alerts, user, list } = window();
    await clock.run(desk.refresh());
    const one = { coin: 'BTC', series: 'flexible', kind: 'above', value: decimal('0.06') } as const;
    for (let id = 0; id < MOST_ALERTS; id += 1) await alerts.put({ ...one, id: String(id) });
    user.answers();
    await addAlert('BTC', list);
    assert.match(user.last.title, /^There are 200 rate alerts, and no more are kept\. Remove one first\.$/);
    user.done();
    assert.equal(await alerts.put({ ...one, id: 'more' }), 'full');
    assert.equal((await alerts.alerts())[0]?.id, '0');
  });

  it('on a jump compare with what was recorded a day ago', async () => {
    const { clock, told, window } = bench();
    const { desk, alerts } = window();
    await alerts.put({ id: 'j', coin: 'BTC', series: 'flexible', kind: 'jump', value: decimal('0.2') });
    await clock.run(clock.sleep(23 * HOUR));
    desk.rates = { BTC: '0.08' };
    await clock.run(clock.sleep(30 * MINUTE));
    assert.deepEqual(told, [], 'nobody knows what it was a day ago');
    await clock.run(clock.sleep(2 * HOUR));
    assert.deepEqual(told, ['BTC: the flexible rate is 8.00 % a year']);
  });

  it('on a jump never compare with what is older, recorded before nobody read for days', async () => {
    const { clock, told, window } = bench();
    const one = window();
    await one.alerts.put({ id: 'j', coin: 'BTC', series: 'flexible', kind: 'jump', value: decimal('0.2') });
    await clock.run(clock.sleep(HOUR));
    one.close();
    await clock.run(clock.sleep(48 * HOUR));
    const other = window();
    other.desk.rates = { BTC: '0.08' };
    await clock.run(clock.sleep(26 * HOUR));
    assert.deepEqual(told, []);
    other.desk.rates = { BTC: '0.1' };
    await clock.run(clock.sleep(HOUR));
    assert.deepEqual(told, ['BTC: the flexible rate is 10.00 % a year']);
  });

  it('need no reading while there are none, and none while the watch is off', async () => {
    const { clock, settings, window } = bench();
    settings.set('history.enabled', false);
    const { desk, alerts } = window();
    await clock.run(clock.sleep(HOUR));
    assert.equal(desk.reads, 0);
    settings.set('watch.enabled', false);
    await alerts.put({ id: 'a', coin: 'BTC', series: 'flexible', kind: 'above', value: decimal('0.01') });
    await clock.run(clock.sleep(HOUR));
    assert.equal(desk.reads, 0);
  });

  it('say why there is no coin to choose while rates are not read, and read them again', async () => {
    const { clock, window } = bench();
    const { desk, user, list } = window();
    desk.failure = { words: words('No answer.'), advice: words('Check the network.'), code: 'X', at: 0 };
    user.onSeen = () => (desk.failure = undefined);
    user.presses('Read Again').picks('BTC').escapes();
    await assert.rejects(clock.run(addAlert(undefined, list)), Escaped);
    user.done();
    assert.deepEqual(user.seen[0]?.rows, [
      'Rates were not read | No answer. · Check the network. · The button above reads them again.',
    ]);
  });

  it('are asked for in a few steps, with what the rate is now', async () => {
    const { clock, window } = bench();
    const { desk, alerts, user, list } = window();
    await clock.run(desk.refresh());
    user.picks('BTC').picks('Flexible').picks('At or below').backs().accepts().types('4.5 %').answers();
    await addAlert(undefined, list);
    user.done();
    const [coins, series, , , , value] = user.seen;
    assert.deepEqual(
      coins?.rows.map((row) => row.split(' ')[0]),
      ['ETH', 'BTC'],
      'favourites first',
    );
    assert.equal(coins?.title, 'Add a Rate Alert · Mainnet');
    assert.ok(series?.rows.some((row) => /^Best rate for 30 days\W+4\.00 % a year/.test(row)));
    assert.equal(user.seen[2]?.rows.length, 3);
    assert.match(value?.remarks.join() ?? '', /It is 5\.00 % now\./);
    assert.match(user.last.title, /^Alert set: BTC flexible ≤ 4\.50 % a year/);
    const [alert] = await alerts.alerts();
    assert.deepEqual(
      { ...alert, id: '' },
      { id: '', coin: 'BTC', series: 'flexible', kind: 'below', value: '0.045' },
    );
  });

  it('say what a value would do, and refuse what is none', async () => {
    const { clock, window } = bench();
    const { desk, user, list } = window();
    await clock.run(desk.refresh());
    for (const [typed, remark] of [
      ['x', /Only the digits/],
      ['0', /More than 0 %/],
      ['20000', /At most 10,000 %/],
      ['4', /It is 5\.00 % now: that will be told at once/],
    ] as const) {
      user.picks('Flexible').picks('At or above').types(typed);
      if (typed === '4') user.answers();
      else user.escapes();
      await addAlert('BTC', list).catch((error) => assert.notEqual(typed, '4', String(error)));
      assert.match(user.seen.map(({ remarks }) => remarks.join()).join(), remark);
      user.done();
    }
  });

  it('are listed in the watch, changed and removed there, also without an account', async () => {
    const { clock, window } = bench();
    const { desk, alerts, user, list } = window();
    await clock.run(desk.refresh());
    await alerts.put({ id: 'a', coin: 'BTC', series: '30', kind: 'above', value: decimal('0.06') });
    const watch = () =>
      showWatchList({
        service: { watcher: undefined, account: undefined } as unknown as WatchService,
        more: alertList(list),
        asker: user,
        readSetting: () => undefined,
        locale: 'en',
        now: () => clock.now(),
        start: () => undefined,
        run: () => undefined,
        openSettings: () => undefined,
        show: (sentence) => sentence,
      });
    user.picks('BTC 30 days ≥ 6.00 % a year').picks('Change').accepts().accepts().accepts().types('7');
    await watch();
    const [changed, ...others] = await alerts.alerts();
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...changed, id: '' },
      { id: '', coin: 'BTC', series: '30', kind: 'above', value: '0.07' },
    );
    assert.notEqual(changed?.id, 'a', 'it is told anew');
    user.picks('BTC 30 days ≥ 7.00 % a year').picks('Remove');
    await watch();
    assert.deepEqual(await alerts.alerts(), []);
    user.done();
  });

  it('are kept for the exchange whose rates were shown when they were asked for', async () => {
    const { clock, window } = bench();
    const { sessions, desk, alerts, user, list } = window();
    await clock.run(desk.refresh());
    const elsewhere = new RatesDesk(clock, sessions.signal);
    const favourites = () => {
      sessions.show(elsewhere, TESTNET);
      return new Set<string>();
    };
    user.picks('BTC').picks('Flexible').picks('At or above').types('6').answers();
    await addAlert(undefined, { ...list, favourites });
    user.done();
    assert.match(user.last.title, /^Alert set: BTC flexible ≥ 6\.00 % a year/);
    assert.deepEqual(await alerts.alerts(), []);
    sessions.show(desk, MAINNET);
    const [alert] = await alerts.alerts();
    assert.equal(alert?.value, '0.06');
    // Nor are they changed or removed elsewhere.
    const [row] = await alertList(list).rows();
    sessions.show(elsewhere, TESTNET);
    user.picks('Remove');
    await row?.open();
    sessions.show(desk, MAINNET);
    assert.deepEqual(await alerts.alerts(), []);
  });

  it('of one exchange are never judged by the rates of another', async () => {
    const { path, clock, told, window } = bench();
    const { sessions, desk, alerts } = window();
    const elsewhere = new RatesDesk(clock, sessions.signal);
    elsewhere.rates = { BTC: '0.07', ETH: '0.03' };
    const alert = { coin: 'BTC', series: 'flexible', kind: 'above', value: decimal('0.06') } as const;
    sessions.show(elsewhere, TESTNET);
    await alerts.put({ ...alert, id: 'e', value: decimal('0.5') });
    await until(clock, () => elsewhere.reads > 0);
    sessions.show(desk, MAINNET);
    const file = join(path, 'history/mainnet/api.bybit.com/alerts.json');
    const lock = await tryLock(`${file}.lock`, clock);
    const waits = alerts.put({ ...alert, id: 'm' });
    sessions.show(elsewhere, TESTNET);
    await clock.run(clock.sleep(10_000));
    await lock?.release();
    await clock.run(waits);
    await clock.run(clock.sleep(MINUTE));
    assert.deepEqual(told, []);
    assert.match(readFileSync(file, 'utf8'), /"0\.06"/);
  });

  it('set a damaged file aside and say so', async () => {
    const { path, clock, aside, window } = bench();
    const { alerts } = window();
    await clock.run(clock.sleep(1_000));
    writeFileSync(join(path, 'history/mainnet/api.bybit.com/alerts.json'), '{"v":1,"alerts":[{}]}');
    assert.deepEqual(await alerts.alerts(), []);
    assert.equal(aside.length, 1);
    assert.match(aside[0] ?? '', /^alerts: .*set aside as .*alerts\.json\.damaged$/);
  });
});
