import assert from 'node:assert/strict';
import { createExchange } from '../../../../src/bybit/client';
import { adjustCollateral } from '../../../../src/bybit/common';
import type { Exchange } from '../../../../src/bybit/exchange';
import { borrowFlexible } from '../../../../src/bybit/flexible';
import type { Account } from '../../../../src/desk/account';
import { createDesk } from '../../../../src/desk/desk';
import type { Desk } from '../../../../src/desk/operation';
import { openPaper, type PaperDoor } from '../../../../src/paper/door';
import type { CommandId } from '../../../../src/ui/commands';
import { veiled } from '../../../../src/ui/privacy';
import type { Session, Sessions } from '../../../../src/ui/session';
import { Signal } from '../../../../src/ui/signal';
import { showWatchList } from '../../../../src/ui/watch/watch-list';
import { WatchService } from '../../../../src/ui/watch/watch-service';
import type { Deed } from '../../../../src/ui/watch/watch-words';
import { THRESHOLDS, temporaryFolder } from '../../desk/bench';
import { FakeLog } from '../fake-log';
import { RecordedUser } from '../flow/recorded-user';

const PAPER: Account = { id: 'paper', label: 'Paper', environment: 'paper', host: 'paper' };

/** The story of issue 5, without a workbench: price falls, warning, add collateral, warning ends. */
describe('the watch of the account that is shown', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const signal = new Signal();
  const started: Deed[] = [];
  const settings = new Map<string, unknown>();
  let door: PaperDoor;
  let exchange: Exchange;
  let desk: Desk;
  let user: RecordedUser;
  let service: WatchService;
  let current: Session = { kind: 'loading' };

  const sessions: Sessions = {
    get current() {
      return current;
    },
    onDidChange: signal.event,
    ready: () => Promise.reject(new Error('not asked for')),
    hold: () => () => undefined,
  };
  const run: CommandId[] = [];
  const list = () => ({
    service,
    asker: user,
    readSetting: (key: string) => settings.get(key),
    locale: 'en',
    now: Date.now,
    start: (deed: Deed) => void started.push(deed),
    run: (command: CommandId) => void run.push(command),
    openSettings: () => undefined,
    show: veiled,
  });

  before(async () => {
    door = await openPaper({ folder: folder.path, seed: 7 });
    exchange = createExchange({ ...door });
    const locale = 'en';
    const options = { folder: folder.path, thresholds: () => THRESHOLDS, intervalMs: () => 60_000 };
    desk = await createDesk({ account: PAPER, exchange, ...options, locale, log: () => undefined });
    desk.onDidChange(() => signal.fire());
    user = new RecordedUser();
    await door.control.price('ETH', '4000');
    const collateralList = [{ currency: 'ETH', amount: '2' }];
    await exchange.call(borrowFlexible, { loanCurrency: 'USDT', loanAmount: '4000', collateralList });
    service = new WatchService({
      sessions,
      folder: folder.path,
      asker: user,
      readSetting: (key) => settings.get(key),
      privacy: { show: (sentence) => sentence },
      locale,
      log: new FakeLog(),
      start: (deed) => void started.push(deed),
      askSnooze: () => undefined,
      showList: () => undefined,
    });
  });
  after(() => {
    service.dispose();
    desk.dispose();
    exchange.dispose();
    door.dispose();
    folder.remove();
  });

  /** Reads anew until the user was told so many messages. */
  async function toldMessages(count: number): Promise<readonly string[]> {
    while (user.seen.length < count) await desk.refresh();
    return user.seen.map(({ title }) => title);
  }

  it('tells what is due soon, and nothing else while all is well', async () => {
    user.answers();
    current = { kind: 'account', account: PAPER, desk };
    signal.fire();
    while (service.watcher?.leads !== true || desk.figures === undefined) await desk.refresh();
    // The legacy loan that the paper account begins with.
    const [message = ''] = await toldMessages(1);
    assert.match(
      message,
      /^Paper: [\d.]+ SOL is due 20\d\d-\d\d-\d\d \d\d:\d\d UTC Unpaid, interest triples/,
    );
    await desk.refresh();
    assert.equal(user.seen.length, 1);
    assert.equal(desk.figures.ltv, '0.526316');
  });

  it('warns once when the price falls, and starts what helps, prefilled', async () => {
    user.answers('Add Collateral');
    await door.control.price('ETH', '2600');
    const messages = await toldMessages(2);
    assert.match(
      messages[1] ?? '',
      /^Paper: LTV 80\.9\d %: it has reached 80\.00 % Collateral is sold at 95\.00 %\./,
    );
    assert.deepEqual(user.seen[1]?.rows, ['Add Collateral', 'Repay', 'Snooze…', 'Show Watch']);
    await desk.refresh();
    assert.equal(user.seen.length, 2);
    assert.deepEqual(started, [
      { command: 'adjustCollateral', subject: { accountId: 'paper', direction: 'add' } },
    ]);
  });

  it('says that it is over when collateral was added', async () => {
    user.answers();
    await exchange.call(adjustCollateral, { currency: 'ETH', amount: '1', direction: '0' });
    const messages = await toldMessages(3);
    assert.match(messages[2] ?? '', /^Paper: LTV back under 75\.00 % It is 53\.9\d % now\.$/);
    user.done();
  });

  it('lists what is watched and what was told, amounts hidden where they are hidden', async () => {
    user.picks('LTV back under').answers();
    await showWatchList(list());
    const rows = user.seen.at(-2)?.rows ?? [];
    assert.ok(rows.some((row) => /^Every 60 s while a window is open in which the desk was used/.test(row)));
    assert.ok(rows.some((row) => row.includes('LTV at 75.0 %, 80.0 %, 85.0 %, 90.0 %')));
    assert.ok(rows.some((row) => row.startsWith('••• SOL is due')));
    assert.equal(rows.filter((row) => / told /.test(row)).length, 3);
    user.done();
  });

  it('ends with the session', () => {
    current = { kind: 'none', desk };
    signal.fire();
    assert.equal(service.watcher, undefined);
  });

  it('offers, where nothing is watched, what can be', async () => {
    user.answers('Add a Rate Alert');
    await showWatchList(list());
    user.answers();
    await showWatchList(list());
    assert.deepEqual(run, ['addRateAlert']);
    user.done();
  });
});
