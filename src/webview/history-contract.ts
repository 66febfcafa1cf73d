import * as v from 'valibot';
import { type Decimal, isDecimal } from '../bybit/decimal';
import { SERIES } from '../desk/history/series';
import { DAYS, MOST_COINS } from './charts/choices';
import { readFailure } from './failure-contract';

// What crosses between the extension host and the charts of the rates page.

/** Changes of one line; older ones are thinned before they are sent. */
export const MOST_POINTS = 5_000;
/** Coins to choose from. */
export const MOST_NAMES = 20_000;

const text = v.pipe(v.string(), v.maxLength(1_000));
const coin = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
const moment = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const rate = v.custom<Decimal>(
  (value) => typeof value === 'string' && value.length <= 200 && isDecimal(value),
);
const series = v.picklist(SERIES);

/** What a person wants to see. */
export const historyAsk = v.object({
  coins: v.pipe(v.array(coin), v.maxLength(MOST_COINS)),
  /** The one whose terms and fixed market are shown; the first where it is none of them. */
  alone: v.optional(coin),
  series,
  days: v.nullable(v.picklist(DAYS)),
});
export type HistoryAsk = v.InferOutput<typeof historyAsk>;

/** The coin whose terms and fixed market are shown; undefined where no coin is. */
export function aloneOf({ coins, alone }: HistoryAsk): string | undefined {
  return coins.find((one) => one === alone) ?? coins[0];
}

export const FIRST_ASK: HistoryAsk = { coins: ['USDT', 'BTC'], series: 'flexible', days: 30 };

const timedRate = v.tuple([moment, v.nullable(rate)]);

const level = v.object({ rate, amount: rate });

/** What is known of it. Times are epoch milliseconds, rates annual fractions. */
export const historyAnswer = v.object({
  ask: historyAsk,
  /** Coins to choose from. */
  names: v.pipe(v.array(coin), v.maxLength(MOST_NAMES)),
  /** The rates are those of the simulated market. */
  isSimulated: v.boolean(),
  /** Whether anything is recorded, and from now on. */
  isRecording: v.boolean(),
  from: moment,
  until: moment,
  lines: v.pipe(
    v.array(
      v.object({
        coin,
        points: v.pipe(v.array(timedRate), v.maxLength(MOST_POINTS)),
        /** How the rate now stands among those of the last 30 days; null where too little is known. */
        standing: v.nullable(text),
      }),
    ),
    v.maxLength(MOST_COINS),
  ),
  /** Rates of the coin shown alone by term, now and before; null where nothing was offered or known. */
  terms: v.pipe(
    v.array(
      v.object({
        series,
        now: v.nullable(rate),
        week: v.nullable(rate),
        month: v.nullable(rate),
      }),
    ),
    v.maxLength(SERIES.length),
  ),
  /** What waits on the fixed market of the coin shown alone for the term asked for; null where it was not read. */
  depth: v.nullable(
    v.object({
      term: v.pipe(v.string(), v.maxLength(10)),
      offers: v.pipe(v.array(level), v.maxLength(1_000)),
      demand: v.pipe(v.array(level), v.maxLength(1_000)),
      /** Whether more may wait behind the last level told of a side. */
      isCut: v.object({ offers: v.boolean(), demand: v.boolean() }),
    }),
  ),
});
export type HistoryAnswer = v.InferOutput<typeof historyAnswer>;

/** How the reading of it went. */
export const historyStatus = v.object({
  /** Age of the rates and the market now, the older one, when the message left; null where neither was read. */
  ageMs: v.nullable(moment),
  /** Why the last read failed; what is shown is older then. */
  failure: v.nullable(readFailure),
});
export type HistoryStatus = v.InferOutput<typeof historyStatus>;
