import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { plain, words } from '../../../../src/bybit/words';
import { HistoryStore } from '../../../../src/desk/history/store';
import type { FixedDepth } from '../../../../src/desk/market/fixed-depth';
import type { Desk } from '../../../../src/desk/operation';
import type { Failure } from '../../../../src/desk/snapshot';
import type { ShownHistory } from '../../../../src/ui/history/history-service';
import { HistoryFeed } from '../../../../src/ui/panels/history-feed';
import { Signal } from '../../../../src/ui/signal';
import { parseHostMessage } from '../../../../src/webview/contract';
import {
  FIRST_ASK,
  type HistoryAnswer,
  type HistoryAsk,
  type HistoryStatus,
} from '../../../../src/webview/history-contract';
import { temporaryFolder } from '../../desk/bench';
import { FakeClock, quiet } from '../../desk/fake-clock';
import { FakeLog } from '../fake-log';
import { RatesDesk } from '../history/shown-desk';

const d = decimal;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('what the charts are told', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const clock = new FakeClock(Date.UTC(2026, 10, 24, 8));
  const signal = new Signal();
  const store = new HistoryStore(folder.path);
  const answers: HistoryAnswer[] = [];
  const statuses: HistoryStatus[] = [];
  const watched: string[] = [];
  /** Why the market cannot be read, and when it could. */
  let market: { readonly failure?: Failure; readonly readAt?: number } = {};
  let isBroken = false;
  let depth: FixedDepth | undefined;
  let feed: HistoryFeed;
  let holds = 0;
  let rates: RatesDesk;
  let environment: 'mainnet' | 'paper' = 'mainnet';

  before(async () => {
    // It left the exchange's list.
    await store.record(clock.now() - 40 * DAY - HOUR, new Map([['OLD', new Map([['flexible', d('0.02')]])]]));
    for (let hour = 40 * 24; hour > 0; hour -= 1) {
      const rate = hour > 10 * 24 ? '0.09' : '0.05';
      const coin = new Map([
        ['flexible' as const, d(rate)],
        ['30' as const, d('0.04')],
      ]);
      await store.record(clock.now() - hour * HOUR, new Map([['BTC', coin]]));
    }
    rates = new RatesDesk(clock, new Signal());
    const reads = {
      part: () => ({ value: depth, readAt: undefined, failure: undefined, loading: false, ...market }),
      refresh: async () => {
        market = { readAt: clock.now() };
      },
      watch: ({ key }: { key: string }) => {
        watched.push(key);
        return () => void watched.splice(watched.indexOf(key), 1);
      },
    };
    const records: HistoryStore = Object.create(store, {
      read: {
        value: async (...asked: Parameters<HistoryStore['read']>) => {
          if (isBroken) throw new Error('EIO');
          return await store.read(...asked);
        },
      },
      coverage: { value: () => store.coverage() },
      coins: { value: () => store.coins() },
    });
    const desk = Object.assign(rates, { market: reads }) as unknown as Desk;
    feed = new HistoryFeed({
      history: {
        get shown(): ShownHistory {
          const source = { environment, host: 'x', vipLevel: 'VIP0' } as const;
          return { source, store: records, desk, write: (work) => work() };
        },
        onDidChange: signal.event,
        hold: () => {
          holds += 1;
          return () => {
            holds -= 1;
          };
        },
      },
      readSetting: () => undefined,
      say: plain,
      send: (answer) => answers.push(answer),
      tell: (status) => statuses.push(status),
      log: new FakeLog(),
      now: () => clock.now(),
    });
  });

  async function told(ask: HistoryAsk): Promise<HistoryAnswer> {
    const before = answers.length;
    feed.look(ask);
    await quiet();
    assert.equal(answers.length, before + 1);
    return answers.at(-1) ?? assert.fail();
  }

  it('are the coins that were recorded, before any rates are known', async () => {
    const answer = await told({ ...FIRST_ASK, coins: ['BTC'] });
    assert.deepEqual(answer.names, ['BTC', 'OLD']);
    assert.equal(answer.lines[0]?.points.length, 2);
    await rates.refresh();
  });

  it('are lines with how they stand, terms now and before, and the market', async () => {
    depth = {
      offers: {
        coin: 'BTC',
        term: '30',
        side: 'offers',
        levels: [{ annualRate: d('0.05'), amount: d('2') }],
        isCut: true,
      },
      demand: { coin: 'BTC', term: '30', side: 'demand', levels: [] },
    };
    const answer = await told({ ...FIRST_ASK, coins: ['BTC', 'NONE'] });
    const [btc, none] = answer.lines;
    assert.deepEqual(
      btc?.points.map(([time, rate]) => [Math.round((answer.until - time) / DAY), rate]),
      [
        [30, '0.09'],
        [10, '0.05'],
      ],
    );
    assert.equal(btc?.standing, 'cheaper than 66 % of the last 30 days');
    assert.deepEqual([none?.points, none?.standing], [[], null]);
    assert.deepEqual(answer.terms.slice(0, 4), [
      { series: 'flexible', now: '0.05', week: '0.05', month: '0.09' },
      { series: '7', now: null, week: null, month: null },
      { series: '14', now: null, week: null, month: null },
      { series: '30', now: '0.04', week: '0.04', month: '0.04' },
    ]);
    assert.deepEqual(answer.depth, {
      term: '30',
      offers: [{ rate: '0.05', amount: '2' }],
      demand: [],
      isCut: { offers: true, demand: false },
    });
    assert.deepEqual(
      [answer.isSimulated, answer.isRecording, answer.names],
      [false, true, ['BTC', 'ETH', 'OLD']],
    );
    const session = 'session-0123456789';
    assert.deepEqual(parseHostMessage({ type: 'history', session, answer }, session), {
      type: 'history',
      session,
      answer,
    });
  });

  it('reach as far back as anything is known', async () => {
    const answer = await told({ coins: ['BTC'], series: '30', days: null });
    assert.equal(Math.round((answer.until - answer.from) / DAY), 40);
    environment = 'paper';
    const paper = await told({ coins: [], series: '30', days: 7 });
    assert.deepEqual([paper.isSimulated, paper.lines, paper.terms, paper.depth], [true, [], [], null]);
  });

  it('come again when something has changed, and only then', async () => {
    await told({ ...FIRST_ASK, coins: ['BTC'] });
    const count = answers.length;
    feed.update();
    feed.update();
    await quiet();
    assert.equal(answers.length, count);
    rates.rates = { BTC: '0.01' };
    await rates.refresh();
    feed.update();
    await quiet();
    assert.equal(answers.length, count + 1);
    assert.equal(answers.at(-1)?.lines[0]?.points.at(-1)?.[1], '0.01');
    signal.fire();
    await quiet();
    assert.equal(answers.length, count + 2);
  });

  it('come with their age and what could not be read, which can be tried again', async () => {
    const last = () => statuses.at(-1) ?? assert.fail();
    const ask: HistoryAsk = { ...FIRST_ASK, coins: ['BTC'], days: 7 };
    await told(ask);
    assert.deepEqual(last(), { ageMs: 0, failure: null });
    const count = statuses.length;
    feed.update();
    assert.equal(statuses.length, count, 'nothing new is not told');
    // One of the two rates now is older than the other.
    market = { readAt: clock.now() - 5_000 };
    feed.update();
    assert.deepEqual(last(), { ageMs: 5_000, failure: null });
    const advice = words('Check your network.');
    market = {
      ...market,
      failure: { words: words('No answer.'), advice, code: 'ENOTFOUND', at: clock.now() },
    };
    feed.update();
    const failure = { text: 'No answer.', advice: 'Check your network.', offline: true };
    assert.deepEqual(last(), { ageMs: 5_000, failure });
    await feed.retry();
    assert.deepEqual(last(), { ageMs: 0, failure: null });

    rates.failure = { words: words('Refused.'), advice: undefined, code: '10016', at: clock.now() };
    const before = statuses.length;
    await feed.retry();
    assert.ok(statuses.length > before);
    assert.deepEqual(last().failure, { text: 'Refused.', advice: null, offline: false });
    rates.failure = undefined;
    await feed.retry();
    assert.equal(last().failure, null);
    const session = 'session-0123456789';
    const message = { type: 'historyStatus', session, status: { ageMs: 5_000, failure } };
    assert.deepEqual(parseHostMessage(message, session), message);
  });

  it('tell that the records cannot be read, and come when they can again', async () => {
    const last = () => statuses.at(-1) ?? assert.fail();
    isBroken = true;
    const count = answers.length;
    feed.look({ ...FIRST_ASK, coins: ['BTC'], days: 90 });
    await quiet();
    assert.equal(answers.length, count);
    assert.equal(last().failure?.text, 'The recorded rates could not be read; the log has more.');
    await feed.retry();
    assert.equal(answers.length, count);
    assert.notEqual(last().failure, null);
    isBroken = false;
    await feed.retry();
    await quiet();
    assert.ok(answers.length > count);
    assert.equal(last().failure, null);
  });

  it('keep the market of the coin shown alone read while it is looked at', async () => {
    await told({ coins: ['ETH', 'BTC'], alone: 'BTC', series: '90', days: 7 });
    assert.deepEqual(watched, ['fixed depth 90 BTC']);
    await told({ coins: ['ETH', 'BTC'], alone: 'GONE', series: '90', days: 7 });
    assert.deepEqual(watched, ['fixed depth 90 ETH']);
    assert.equal(holds, 1, 'what other windows record is asked for');
    feed.look(undefined);
    assert.deepEqual(watched, []);
    assert.equal(holds, 0);
    const count = answers.length;
    signal.fire();
    await quiet();
    assert.equal(answers.length, count);
    feed.look({ ...FIRST_ASK, coins: ['BTC'] });
    feed.dispose();
    assert.equal(holds, 0);
  });
});
