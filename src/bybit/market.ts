import * as v from 'valibot';
import { endpoint } from './endpoint';
import { amountOrNone, optionalAmount } from './schema';

/** Time of the server; the envelope's `time` gives the same in milliseconds. docs/v5/market/time. */
export const getServerTime = endpoint<Record<never, never>>()({
  id: 'getServerTime',
  system: 'market',
  method: 'GET',
  path: '/v5/market/time',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({
    timeSecond: v.pipe(v.string(), v.regex(/^\d{1,12}$/)),
    /** Nanoseconds, 19 digits: text, never a JS number. */
    timeNano: v.pipe(v.string(), v.regex(/^\d{1,21}$/)),
  }),
});

const ticker = v.looseObject({
  symbol: v.string(),
  lastPrice: amountOrNone,
  /** Only on USDT and USDC pairs, "" for coins that are no collateral of the unified account. */
  usdIndexPrice: optionalAmount,
  price24hPcnt: optionalAmount,
});
export type Ticker = v.InferOutput<typeof ticker>;

/** Spot prices; all symbols when none is named. docs/v5/market/tickers. */
export const getSpotTickers = endpoint<{ readonly category: 'spot'; readonly symbol?: string }>()({
  id: 'getSpotTickers',
  system: 'market',
  method: 'GET',
  path: '/v5/market/tickers',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({ category: v.string(), list: v.array(ticker) }),
});
