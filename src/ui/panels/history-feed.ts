import type { Term } from '../../bybit/terms';
import { type Words, words } from '../../bybit/words';
import type { CoinHistory } from '../../desk/history/series';
import { fixedDepth } from '../../desk/market/fixed-depth';
import type { Failure } from '../../desk/snapshot';
import {
  aloneOf,
  type HistoryAnswer,
  type HistoryAsk,
  type HistoryStatus,
} from '../../webview/history-contract';
import type { HistoryService, ShownHistory } from '../history/history-service';
import { historyIntervalOf } from '../history/history-settings';
import { knownRates } from '../history/rates-now';
import type { Log } from '../log';
import type { ReadSetting } from '../settings';
import { historyAnswer } from './history-answer';
import { shownFailure } from './shown-failure';
import { TopicWatch } from './topic-watch';

export interface HistoryFeedOptions {
  readonly history: Pick<HistoryService, 'shown' | 'onDidChange' | 'hold'>;
  readonly readSetting: ReadSetting;
  readonly say: (sentence: Words) => string;
  readonly send: (answer: HistoryAnswer) => void;
  /** How old what was sent is, and what could not be read; once for every change. */
  readonly tell: (status: HistoryStatus) => void;
  readonly log: Log;
  /** Local epoch milliseconds. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** What the terms of a month ago and the comparison with the last 30 days need. */
const LEAST_DAYS = 31;
/** Shown where no term was asked for: the one in the middle. */
const USUAL_TERM: Term = '30';
const NOT_READ: Pick<Failure, 'words' | 'advice' | 'code'> = {
  words: words('The recorded rates could not be read; the log has more.'),
  advice: undefined,
  code: undefined,
};

/** Answers the charts of one page while they are looked at: at once, and again when something was recorded or read. */
export class HistoryFeed {
  readonly #given: HistoryFeedOptions;
  readonly #listener: { dispose(): void };
  readonly #watch = new TopicWatch();
  #ask: HistoryAsk | undefined;
  /** While somebody looks. */
  #letGo: (() => void) | undefined;
  /** The newest answer under way; older ones are dropped. */
  #turn = 0;
  /** What was answered last was made of these. */
  #basis: readonly unknown[] = [];
  /** Grows with every change of the records. */
  #edition = 0;
  /** The records that could not be read last. */
  #unread: ShownHistory['store'] | undefined;
  /** What was told last of the reading. */
  #told = '';

  constructor(options: HistoryFeedOptions) {
    this.#given = options;
    this.#listener = options.history.onDidChange(() => {
      this.#edition += 1;
      this.update();
    });
  }

  /** What is looked at from now on; undefined for nothing. */
  look(ask: HistoryAsk | undefined): void {
    this.#ask = ask;
    if (ask === undefined) {
      this.#basis = [];
      this.#told = '';
      this.#letGo?.();
      this.#letGo = undefined;
    } else this.#letGo ??= this.#given.history.hold();
    this.update();
  }

  /** Answers again where anything that it is made of has changed. Calls may come as often as they like. */
  update(): void {
    this.#follow();
    const ask = this.#ask;
    const { shown } = this.#given.history;
    if (ask === undefined || shown === undefined) return;
    this.#tell(ask, shown);
    const { desk } = shown;
    const topic = topicOf(ask);
    const part = topic === undefined ? undefined : desk.market.part(topic);
    const basis = [ask, shown.store, this.#edition, desk.snapshot.parts.coins.value, part?.value];
    if (basis.length === this.#basis.length && basis.every((one, index) => one === this.#basis[index]))
      return;
    this.#basis = basis;
    void this.#answer(ask, shown);
  }

  /** Reads again all that is shown, and tells how that went also where nothing changed. Never rejects. */
  async retry(): Promise<void> {
    const { shown } = this.#given.history;
    const ask = this.#ask;
    if (ask !== undefined && shown !== undefined) {
      const topic = topicOf(ask);
      await Promise.all([
        shown.desk.refresh(['coins']),
        topic === undefined ? undefined : shown.desk.market.refresh(topic),
        this.#unread === undefined ? undefined : this.#answer(ask, shown),
      ]);
    }
    this.#told = '';
    this.update();
  }

  dispose(): void {
    this.#listener.dispose();
    this.look(undefined);
  }

  /** Keeps the market of the coin shown alone read while it is looked at. */
  #follow(): void {
    const desk = this.#given.history.shown?.desk;
    const topic = this.#ask === undefined ? undefined : topicOf(this.#ask);
    this.#watch.follow(desk, topic === undefined ? [] : [topic]);
  }

  #tell(ask: HistoryAsk, { store, desk }: ShownHistory): void {
    const { now, say, tell } = this.#given;
    const topic = topicOf(ask);
    const parts = [desk.snapshot.parts.coins, ...(topic === undefined ? [] : [desk.market.part(topic)])];
    const times = parts.flatMap(({ readAt }) => (readAt === undefined ? [] : [readAt]));
    const readAt = times.length === 0 ? undefined : Math.min(...times);
    const failed =
      this.#unread === store ? NOT_READ : parts.find(({ failure }) => failure !== undefined)?.failure;
    const failure = failed === undefined ? null : shownFailure(failed, say);
    const told = JSON.stringify([readAt, failure]);
    if (told === this.#told) return;
    this.#told = told;
    tell({ ageMs: readAt === undefined ? null : Math.max(0, Math.round(now() - readAt)), failure });
  }

  /** Sends what is known; what of the records cannot be read is told instead. */
  async #answer(ask: HistoryAsk, shown: ShownHistory): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      await this.#read(ask, shown, turn);
      if (turn === this.#turn) this.#unread = undefined;
    } catch (error) {
      this.#given.log.warn(`history: not read: ${String(error).slice(0, 200)}`);
      if (turn === this.#turn) this.#unread = shown.store;
    }
    const { shown: current } = this.#given.history;
    if (this.#ask !== undefined && current !== undefined) this.#tell(this.#ask, current);
  }

  async #read(ask: HistoryAsk, { store, desk, source }: ShownHistory, turn: number): Promise<void> {
    const { say, send, now, readSetting } = this.#given;
    const from = ask.days === null ? 0 : now() - Math.max(ask.days, LEAST_DAYS) * DAY_MS;
    const coverage = await store.coverage();
    const recorded = await store.coins();
    const histories = new Map<string, CoinHistory>();
    for (const coin of ask.coins) histories.set(coin, await store.read(coin, from));
    if (turn !== this.#turn || this.#ask === undefined) return;
    const topic = topicOf(ask);
    const facts = {
      ask,
      histories,
      coverage,
      recorded,
      rates: knownRates(desk),
      readAt: desk.snapshot.parts.coins.readAt,
      depth: topic === undefined ? undefined : desk.market.part(topic).value,
      isSimulated: source.environment === 'paper',
      isRecording: historyIntervalOf(readSetting) !== undefined,
      now: now(),
    };
    send(historyAnswer(facts, say));
  }
}

function topicOf(ask: HistoryAsk) {
  const coin = aloneOf(ask);
  const { series } = ask;
  return coin === undefined ? undefined : fixedDepth(coin, series === 'flexible' ? USUAL_TERM : series);
}
