import assert from 'node:assert/strict';
import type { Endpoint } from '../../src/bybit/endpoint';
import { TransportError } from '../../src/bybit/errors';
import type { Answer, CallOptions } from '../../src/bybit/exchange';
import { words } from '../../src/bybit/words';
import type { Account } from '../../src/desk/account';
import { createDesk } from '../../src/desk/desk';
import type { Desk } from '../../src/desk/operation';
import { Signal } from '../../src/ui/signal';
import { loanRows } from '../../src/ui/trees/loans/loan-rows';
import { WatchService } from '../../src/ui/watch/watch-service';
import { THRESHOLDS } from '../unit/desk/bench';
import { FakeClock } from '../unit/desk/fake-clock';
import { FakeExchange } from '../unit/desk/fake-exchange';
import { FakeLog } from '../unit/ui/fake-log';
import { outline } from '../unit/ui/trees/read';
import { Nobody } from './nobody';
import {
  coins,
  expectedNews,
  FIRST,
  type Holding,
  ltvOf,
  nextPrice,
  type PricePoint,
  randomHolding,
} from './price-path';
import { fastFolder, pick, report, scaled, seeded } from './scale';

const ACCOUNT: Account = { id: 'acc-1', label: 'Test', environment: 'loopback', host: '127.0.0.1:1' };
const POLL_MS = 60_000;
/** promises.md, row 14: an alert comes with the poll that sees it, and no later than this after it. */
const SLACK_MS = 2_000;
const STALE_POLLS = 3;
/** Prices of one path. */
const POINTS = 8;
const LADDERS = [
  ['75', '80', '85', '90'],
  ['60', '62.5', '70', '99'],
  ['80.5', '81', '81.5', '88'],
];
/** Lines of liquidation are told whatever the ladder is. */
const LINES = [930_000n, 950_000n];

/** The row of a part that could not be read. */
const NOT_READ = /\| not read · /;
const SHOWN_AS_OLD = /as of \d\d:\d\d:\d\d UTC/;

type Broken = 'position' | 'prices';
const ENDPOINT: { readonly [Part in Broken]: string } = {
  position: 'getLoanPosition',
  prices: 'getSpotTickers',
};

/** The fake exchange at prices of its own, of which parts may be out of reach. */
class PricedExchange extends FakeExchange {
  price: PricePoint = FIRST;
  broken: readonly Broken[] = [];

  override async call<Req extends object, Res>(
    endpoint: Endpoint<Req, Res>,
    request: Req,
    options: CallOptions = {},
  ): Promise<Answer<Res>> {
    const answer = await super.call(endpoint, request, options);
    if (this.broken.some((part) => ENDPOINT[part] === endpoint.id)) {
      throw new TransportError({
        endpoint: endpoint.id,
        effect: 'none',
        words: words('No answer.'),
        code: 'ECONNRESET',
      });
    }
    if (endpoint.id !== ENDPOINT.prices) return answer;
    const list = Object.entries(this.price).map(([coin, price]) => ({
      symbol: `${coin.toUpperCase()}USDT`,
      lastPrice: coins(price),
      usdIndexPrice: coins(price),
    }));
    return { ...answer, result: { category: 'spot', list } as Res };
  }
}

interface News {
  readonly what: string;
  readonly at: number;
}

/** One account that is watched, from its first look to the end of a path. */
class Watched {
  readonly clock = new FakeClock();
  readonly exchange = new PricedExchange(this.clock);
  readonly news: News[] = [];
  readonly #folder = fastFolder();
  readonly #signal = new Signal();
  readonly #log = new FakeLog();
  #desk: Desk | undefined;
  #service: WatchService | undefined;

  constructor(
    readonly holding: Holding,
    private readonly ladder: readonly string[],
  ) {
    const { exchange } = this;
    exchange.debts.clear();
    exchange.collateral.clear();
    exchange.debts.set('USDT', coins(holding.owed));
    exchange.collateral.set('ETH', coins(holding.eth));
    exchange.collateral.set('BTC', coins(holding.btc));
  }

  get levels(): readonly bigint[] {
    return [...this.ladder.map((percent) => BigInt(Number(percent) * 10_000)), ...LINES];
  }

  /** Polls of the position so far, failed ones included. */
  get polls(): number {
    return this.exchange.calls.get(ENDPOINT.position) ?? 0;
  }

  async open(): Promise<void> {
    const { clock, exchange } = this;
    const desk = await createDesk({
      account: ACCOUNT,
      exchange,
      folder: this.#folder.path,
      thresholds: () => THRESHOLDS,
      intervalMs: () => 15_000,
      log: () => undefined,
      clock,
    });
    this.#desk = desk;
    desk.onDidChange(() => this.#signal.fire());
    await clock.run(desk.refresh(['collateralRules']));
    const settings = new Map<string, unknown>([
      ['watch.interval', POLL_MS / 1000],
      ['watch.ltvLevels', this.ladder],
    ]);
    const info = this.#log.info;
    this.#service = new WatchService({
      sessions: {
        current: { kind: 'account', account: ACCOUNT, desk },
        onDidChange: this.#signal.event,
        ready: () => Promise.reject(new Error('not asked for')),
        hold: () => () => undefined,
      },
      folder: this.#folder.path,
      asker: new Nobody(),
      readSetting: (key) => settings.get(key),
      privacy: { show: (sentence) => sentence },
      locale: 'en',
      log: Object.assign(this.#log, {
        info: (line: string) => {
          const what = /^watch: ((?:began|ended) (?:ltv|stale):.*)$/.exec(line)?.[1];
          if (what !== undefined) this.news.push({ what, at: clock.monotonic() });
          info(line);
        },
      }),
      start: () => undefined,
      askSnooze: () => undefined,
      showList: () => undefined,
      clock,
    });
  }

  /** The Loans tree as it stands on the screen. */
  screen(): string {
    if (this.#desk === undefined) return '';
    const session = { kind: 'account', account: ACCOUNT, desk: this.#desk } as const;
    return outline(loanRows(session, this.clock.now(), 'en')).join('\n');
  }

  async close(): Promise<void> {
    this.#service?.dispose();
    this.#desk?.dispose();
    // What was being read comes to its end, and the watch gives its lock back.
    await this.clock.pass(SLACK_MS);
    this.#folder.remove();
  }
}

interface Tally {
  points: number;
  told: number;
  missed: number;
  invented: number;
  slowest: number;
}

/** Compares what was told since `from` with what had to be; both sides as sorted texts. */
function compare(
  tally: Tally,
  watched: Watched,
  from: number,
  expected: readonly string[],
): string | undefined {
  const told = watched.news.splice(0);
  const whats = told.map(({ what }) => what);
  const missed = expected.filter((what) => !whats.includes(what));
  const invented = whats.filter((what, index) => !expected.includes(what) || whats.indexOf(what) !== index);
  tally.points += 1;
  tally.told += told.length;
  tally.missed += missed.length;
  tally.invented += invented.length;
  for (const { at } of told) tally.slowest = Math.max(tally.slowest, at - from);
  return missed.length + invented.length === 0
    ? undefined
    : `missed ${missed.join()} invented ${invented.join()}`;
}

describe('alerts of the LTV are true', function () {
  this.timeout(7_200_000);

  it('on generated price paths every crossing is told, once, in time, and nothing else', async () => {
    const paths = scaled(1_000);
    const tally: Tally = { points: 0, told: 0, missed: 0, invented: 0, slowest: 0 };
    const faults: string[] = [];
    for (let seed = 0; seed < paths; seed += 1) {
      const random = seeded(14_000 + seed);
      const watched = new Watched(randomHolding(random), pick(random, LADDERS));
      const { clock, exchange, holding, levels } = watched;
      try {
        const seen: bigint[] = [];
        await watched.open();
        for (let point = 0; point < POINTS; point += 1) {
          const from = clock.monotonic();
          if (point > 0) exchange.price = nextPrice(random, holding, exchange.price, levels);
          await clock.pass(POLL_MS + SLACK_MS + (random() * POLL_MS) / 2);
          seen.push(ltvOf(holding, exchange.price));
          const fault = compare(tally, watched, from, expectedNews(seen, levels));
          if (fault !== undefined) faults.push(`seed ${seed}: ${seen.join()}: ${fault}`);
        }
      } finally {
        await watched.close();
      }
    }
    report(
      14,
      `${paths} price paths`,
      `${tally.points} prices`,
      `${tally.told} alerts`,
      `${tally.missed} missed`,
      `${tally.invented} false`,
      `the slowest ${(tally.slowest / 1000).toFixed(1)} s after the price, with a poll every ${POLL_MS / 1000} s`,
    );
    assert.deepEqual(faults, []);
    assert.ok(tally.told > paths / 2);
    assert.ok(tally.slowest <= POLL_MS + SLACK_MS);
  });

  it('what cannot be read is shown as old, raises no LTV alert, and is itself told after three polls', async () => {
    const runs = scaled(300);
    const tally: Tally = { points: 0, told: 0, missed: 0, invented: 0, slowest: 0 };
    const faults: string[] = [];
    let dark = 0;
    for (let seed = 0; seed < runs; seed += 1) {
      const random = seeded(15_000 + seed);
      const watched = new Watched(randomHolding(random), pick(random, LADDERS));
      const { clock, exchange, holding, levels } = watched;
      const wrong = (text: string | undefined) => text !== undefined && faults.push(`seed ${seed}: ${text}`);
      try {
        await watched.open();
        await clock.pass(POLL_MS / 2);
        const seen = [ltvOf(holding, exchange.price)];
        wrong(compare(tally, watched, 0, expectedNews(seen, levels)));
        assert.doesNotMatch(watched.screen(), NOT_READ);
        const polls = 1 + Math.floor(random() * 6);
        dark += polls;
        await inTheDark(watched, random, polls, (expected, from) =>
          wrong(compare(tally, watched, from, expected)),
        );
        // It comes back: what was crossed in the dark is told with the first poll that sees.
        seen.push(ltvOf(holding, exchange.price));
        const back = clock.monotonic();
        await clock.pass(POLL_MS + SLACK_MS);
        const ended = polls >= STALE_POLLS ? ['ended stale:position'] : [];
        wrong(compare(tally, watched, back, [...expectedNews(seen, levels), ...ended]));
        assert.doesNotMatch(watched.screen(), NOT_READ);
      } finally {
        await watched.close();
      }
    }
    report(
      14,
      `${runs} outages of 1 to 6 polls`,
      `${dark} polls in the dark`,
      `${tally.missed} missed`,
      `${tally.invented} false`,
      'each shown as old on the screen',
    );
    assert.deepEqual(faults, []);
    assert.ok(tally.told > 0);
  });
});

/** The position or the prices cannot be read for so many polls, while prices go on; `told` checks each poll's news. */
async function inTheDark(
  watched: Watched,
  random: () => number,
  polls: number,
  told: (expected: readonly string[], from: number) => void,
): Promise<void> {
  const { clock, exchange, holding, levels } = watched;
  exchange.broken = pick(random, [['position'], ['prices'], ['position', 'prices']] as const);
  const before = watched.polls;
  for (let poll = 1; poll <= polls; poll += 1) {
    exchange.price = nextPrice(random, holding, exchange.price, levels);
    let from = clock.monotonic();
    while (watched.polls < before + poll) {
      from = clock.monotonic();
      await clock.pass(1_000);
    }
    await clock.pass(SLACK_MS);
    told(poll === STALE_POLLS ? ['began stale:position'] : [], from);
    assert.match(watched.screen(), NOT_READ);
    assert.match(watched.screen(), SHOWN_AS_OLD);
  }
  exchange.broken = [];
}
