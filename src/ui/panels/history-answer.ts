import type { Decimal } from '../../bybit/decimal';
import type { Words } from '../../bybit/words';
import type { Stretch } from '../../desk/history/coverage';
import { lasting } from '../../desk/history/coverage';
import { type CoinHistory, type Rates, rateAt, SERIES } from '../../desk/history/series';
import { windowed } from '../../desk/history/window';
import type { FixedDepth } from '../../desk/market/fixed-depth';
import {
  aloneOf,
  type HistoryAnswer,
  type HistoryAsk,
  MOST_NAMES,
  MOST_POINTS,
} from '../../webview/history-contract';
import { standingAt, standingWords } from '../history/standing-words';

/** What is known when the charts ask. */
export interface HistoryFacts {
  readonly ask: HistoryAsk;
  /** By coin, at least as far back as is asked for. */
  readonly histories: ReadonlyMap<string, CoinHistory>;
  readonly coverage: readonly Stretch[];
  /** Coins of which anything was recorded. */
  readonly recorded: readonly string[];
  /** Rates now, by coin; undefined before they were read. */
  readonly rates: ReadonlyMap<string, Rates> | undefined;
  /** When they were read, local epoch milliseconds. */
  readonly readAt: number | undefined;
  readonly depth: FixedDepth | undefined;
  readonly isSimulated: boolean;
  readonly isRecording: boolean;
  /** Local epoch milliseconds. */
  readonly now: number;
}

const DAY_MS = 86_400_000;
const MOST_LEVELS = 1_000;

/** The answer to the charts, in the sentences of `say`. */
export function historyAnswer(facts: HistoryFacts, say: (sentence: Words) => string): HistoryAnswer {
  const { ask, coverage, depth, now, isSimulated, isRecording } = facts;
  const from = fromOf(ask, coverage, now);
  return {
    ask,
    names: namesOf(facts),
    isSimulated,
    isRecording,
    from,
    until: now,
    lines: ask.coins.map((coin) => lineOf(coin, from, facts, say)),
    terms: termsOf(facts),
    depth:
      depth === undefined
        ? null
        : {
            term: depth.offers.term,
            offers: levelsOf(depth.offers),
            demand: levelsOf(depth.demand),
            isCut: { offers: isCut(depth.offers), demand: isCut(depth.demand) },
          },
  };
}

/** Coins of the list come first: of one that left it, or before the list was read, the past can be looked at all the same. */
function namesOf({ rates, recorded }: HistoryFacts): string[] {
  return [...new Set([...(rates?.keys() ?? []), ...recorded])].slice(0, MOST_NAMES);
}

function fromOf({ days }: HistoryAsk, coverage: readonly Stretch[], now: number): number {
  return days === null ? (coverage[0]?.from ?? now - DAY_MS) : now - days * DAY_MS;
}

function lineOf(
  coin: string,
  from: number,
  { ask, histories, coverage, rates, readAt, now }: HistoryFacts,
  say: (sentence: Words) => string,
): HistoryAnswer['lines'][number] {
  const history: CoinHistory = histories.get(coin) ?? new Map();
  const own: Rates = rates?.get(coin) ?? new Map();
  const latest =
    readAt === undefined || readAt > now || !own.has(ask.series)
      ? undefined
      : { time: readAt, rate: own.get(ask.series) };
  const points = windowed(history.get(ask.series) ?? [], {
    coverage,
    window: { from, to: now },
    most: MOST_POINTS,
    latest,
  });
  const standing = standingAt(ask.series, { rates: own, history, coverage, now });
  return {
    coin,
    points: points.map(({ time, rate }) => [time, rate ?? null]),
    standing: standing === undefined ? null : standingWords(standing).map(say).join(' · '),
  };
}

function termsOf({ ask, histories, coverage, rates, now }: HistoryFacts): HistoryAnswer['terms'] {
  const coin = aloneOf(ask);
  if (coin === undefined) return [];
  const history: CoinHistory = histories.get(coin) ?? new Map();
  const own: Rates = rates?.get(coin) ?? new Map();
  const seen = lasting(coverage);
  const before = (name: (typeof SERIES)[number], days: number): Decimal | null => {
    const time = now - days * DAY_MS;
    const isKnown = seen.some(({ from, to }) => from <= time && time < to);
    return isKnown ? (rateAt(history.get(name) ?? [], time) ?? null) : null;
  };
  return SERIES.map((series) => ({
    series,
    now: own.get(series) ?? null,
    week: before(series, 7),
    month: before(series, 30),
  }));
}

function isCut({ levels, isCut: isTold }: FixedDepth['offers']): boolean {
  return isTold === true || levels.length > MOST_LEVELS;
}

function levelsOf({ levels }: FixedDepth['offers']) {
  return levels.slice(0, MOST_LEVELS).map(({ annualRate, amount }) => ({ rate: annualRate, amount }));
}
