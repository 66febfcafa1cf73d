import { getServerTime, getSpotTickers } from '../../bybit/market';
import type { Route } from '../exchange/route';
import { refuse } from '../ledger/refusal';
import { tickersOf } from './tickers';

/** Time and prices, unsigned. */
export const marketRoutes: readonly Route[] = [
  {
    endpoint: getServerTime,
    spotTrade: false,
    handle({ state }) {
      const seconds = String(Math.floor(state.time / 1000));
      const nano = `${String(state.time)}000000`;
      return { retMsg: 'OK', result: { timeSecond: seconds, timeNano: nano } };
    },
  },
  {
    endpoint: getSpotTickers,
    spotTrade: false,
    handle({ world, state, params }) {
      if (params.text('category') !== 'spot') return refuse(10001, 'category');
      const symbol = params.optional('symbol');
      const list = tickersOf(world, state).filter(
        (ticker) => symbol === undefined || ticker.symbol === symbol,
      );
      if (symbol !== undefined && list.length === 0) return refuse(10001, 'symbol');
      return { retMsg: 'OK', result: { category: 'spot', list } };
    },
  },
];
