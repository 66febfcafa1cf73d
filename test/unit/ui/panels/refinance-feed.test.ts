import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { HistoryStore } from '../../../../src/desk/history/store';
import type { Desk } from '../../../../src/desk/operation';
import type { ShownHistory } from '../../../../src/ui/history/history-service';
import { RefinanceFeed } from '../../../../src/ui/panels/refinance-feed';
import { Signal } from '../../../../src/ui/signal';
import { parsePositionHostMessage, type RefinanceFacts } from '../../../../src/webview/position-contract';
import { temporaryFolder } from '../../desk/bench';
import { FakeLog } from '../fake-log';
import { BORROWED, coinRowOf, deskOf, NOW } from '../trees/desks';

const d = decimal;
const HOUR = 3_600_000;
const SESSION = 'session-0123456789';

describe('what the comparison of a debt is told', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const signal = new Signal();
  const store = new HistoryStore(folder.path);
  let told: RefinanceFacts[];
  let desk: Desk;
  let feed: RefinanceFeed;
  let news: () => void;

  before(async () => {
    for (let hour = 48; hour >= 0; hour -= 1) {
      const rates = new Map([
        ['flexible' as const, d('0.073')],
        ['30' as const, d('0.0365')],
      ]);
      await store.record(NOW - hour * HOUR, new Map([['BTC', rates]]));
    }
  });

  beforeEach(() => {
    told = [];
    news = () => undefined;
    const coin = coinRowOf('BTC', { annualizedInterestRate30D: d('0.04'), fixedBorrowable: true });
    desk = deskOf({ holdings: BORROWED, values: { coins: [coin] } });
    feed = new RefinanceFeed({
      history: {
        get shown(): ShownHistory {
          const source = { environment: 'mainnet', host: 'x', vipLevel: 'VIP0' } as const;
          return { source, store, desk, write: (work) => work() };
        },
        onDidChange: signal.event,
      },
      readSetting: () => undefined,
      send: (facts) => {
        told.push(facts);
        if (facts.past !== null) news();
      },
      log: new FakeLog(),
      now: () => NOW,
    });
  });
  afterEach(() => feed.dispose());

  const complete = (deed: () => void) =>
    new Promise<void>((resolve) => {
      news = resolve;
      deed();
    });

  it('are the rates at once and the recorded past after; they pass their contract', async () => {
    await complete(() => feed.look('flexible BTC'));
    const [first, last] = told;
    assert.equal(first?.past, null);
    assert.equal(first?.flexible, '0.0876');
    assert.ok(first?.offers.some(({ term, annualRate }) => term === '30' && annualRate === '0.04'));
    const flexible = last?.past?.find(({ series }) => series === 'flexible');
    assert.equal(flexible?.averageRate, '0.073');
    // Two days of 0.1 BTC at 7.3 %, to the second in which it was read last.
    assert.match(flexible?.cost ?? '', /^0\.00004/);
    assert.equal(
      last?.past?.find(({ series }) => series === '7'),
      undefined,
    );
    const message = { type: 'refinance', facts: last, session: SESSION };
    assert.deepEqual(parsePositionHostMessage(message, SESSION), message);
  });

  it('come again when something was recorded, and only then', async () => {
    await complete(() => feed.look('flexible BTC'));
    const before = told.length;
    feed.update();
    assert.equal(told.length, before);
    await complete(() => signal.fire());
    assert.equal(told.length, before + 2);
  });

  it('are none for a loan that is gone, or when nobody looks', () => {
    feed.look('fixed 7');
    feed.look(undefined);
    signal.fire();
    assert.deepEqual(told, []);
  });
});
