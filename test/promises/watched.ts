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
import { coins, FIRST, type Holding, type PricePoint } from './price-path';
import { fastFolder } from './scale';

const ACCOUNT: Account = { id: 'acc-1', label: 'Test', environment: 'loopback', host: '127.0.0.1:1' };
export const POLL_MS = 60_000;
/** promises.md, row 14: an alert comes with the poll that sees it, and no later than this after it. */
export const SLACK_MS = 2_000;
/** Levels of a person's own, in percent. */
export const LADDERS = [
  ['75', '80', '85', '90'],
  ['60', '62.5', '70', '99'],
  ['80.5', '81', '81.5', '88'],
];
/** Lines of liquidation are told whatever the ladder is. */
const LINES = [930_000n, 950_000n];

export type Broken = 'position' | 'prices';
const ENDPOINT: { readonly [Part in Broken]: string } = {
  position: 'getLoanPosition',
  prices: 'getSpotTickers',
};

/** The fake exchange at prices of its own, of which parts may be out of reach. */
/** What a read rejects with that got no answer. */
export function noAnswer(endpoint: string): TransportError {
  return new TransportError({ endpoint, effect: 'none', words: words('No answer.'), code: 'ECONNRESET' });
}

export class PricedExchange extends FakeExchange {
  price: PricePoint = FIRST;
  broken: readonly Broken[] = [];

  override async call<Req extends object, Res>(
    endpoint: Endpoint<Req, Res>,
    request: Req,
    options: CallOptions = {},
  ): Promise<Answer<Res>> {
    const answer = await super.call(endpoint, request, options);
    if (this.broken.some((part) => ENDPOINT[part] === endpoint.id)) {
      throw noAnswer(endpoint.id);
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

/** Something that was told, at a time of the monotonic clock. */
export interface News {
  readonly what: string;
  readonly at: number;
}

/** One account that is watched, from its first look to its last. */
export class WatchedDesk {
  readonly news: News[] = [];
  readonly #folder = fastFolder();
  readonly #signal = new Signal();
  #desk: Desk | undefined;
  #service: WatchService | undefined;

  constructor(
    readonly clock: FakeClock,
    private readonly source: FakeExchange,
    private readonly ladder: readonly string[],
  ) {}

  /** Polls of the position so far, failed ones included. */
  get polls(): number {
    return this.source.calls.get(ENDPOINT.position) ?? 0;
  }

  async open(): Promise<void> {
    const { clock, source } = this;
    const log = new FakeLog();
    const desk = await createDesk({
      account: ACCOUNT,
      exchange: source,
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
    const info = log.info;
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
      log: Object.assign(log, {
        info: (line: string) => {
          const what = /^watch: ((?:began|ended) (?:ltv|stale|pool):.*)$/.exec(line)?.[1];
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

  /** The window is closed and opened again: what was told is remembered. */
  async reopen(): Promise<void> {
    await this.#leave();
    await this.open();
  }

  /** The Loans tree as it stands on the screen. */
  screen(): string {
    if (this.#desk === undefined) return '';
    const session = { kind: 'account', account: ACCOUNT, desk: this.#desk } as const;
    return outline(loanRows(session, this.clock.now(), 'en')).join('\n');
  }

  async close(): Promise<void> {
    await this.#leave();
    this.#folder.remove();
  }

  async #leave(): Promise<void> {
    this.#service?.dispose();
    this.#desk?.dispose();
    // What was being read comes to its end, and the watch gives its lock back.
    await this.clock.pass(SLACK_MS);
  }
}

/** An account with new loans alone on its mind, on a path of prices. */
export class Watched extends WatchedDesk {
  readonly exchange: PricedExchange;
  readonly levels: readonly bigint[];

  constructor(
    readonly holding: Holding,
    ladder: readonly string[],
  ) {
    const clock = new FakeClock();
    const exchange = new PricedExchange(clock);
    super(clock, exchange, ladder);
    this.exchange = exchange;
    this.levels = [...ladder.map((percent) => BigInt(Number(percent) * 10_000)), ...LINES];
    exchange.debts.clear();
    exchange.collateral.clear();
    exchange.debts.set('USDT', coins(holding.owed));
    exchange.collateral.set('ETH', coins(holding.eth));
    exchange.collateral.set('BTC', coins(holding.btc));
  }
}
