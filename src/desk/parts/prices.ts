import { type Decimal, gt, mul, ONE, ZERO } from '../../bybit/decimal';
import { getSpotTickers, type Ticker } from '../../bybit/market';
import type { Prices } from '../snapshot';
import type { Reader } from './reader';

/** Quote coins by preference: a coin traded against several takes the first. */
const QUOTES = ['USDT', 'USDC'] as const;

/** USD prices from the spot tickers. */
export const prices: Reader<Prices> = {
  isPublic: true,
  life: 0,
  read: async ({ exchange }) => {
    const { list } = (await exchange.call(getSpotTickers, { category: 'spot' })).result;
    return pricesOf(list);
  },
};

/**
 * USD price by coin: the index price, else the last price in the quote coin times that coin's own price; USDT has no
 * ticker and is 1 (endpoints.json, getSpotTickers). Prices of 0 count as none.
 */
export function pricesOf(tickers: readonly Ticker[]): Prices {
  const prices = new Map<string, Decimal>([['USDT', ONE]]);
  for (const quote of QUOTES) {
    const worth = prices.get(quote) ?? ONE;
    for (const { symbol, usdIndexPrice, lastPrice } of tickers) {
      const coin = symbol.slice(0, -quote.length);
      if (!symbol.endsWith(quote) || coin === '' || prices.has(coin)) continue;
      const price = usdIndexPrice ?? (lastPrice === undefined ? undefined : mul(lastPrice, worth));
      if (price !== undefined && gt(price, ZERO)) prices.set(coin, price);
    }
  }
  return prices;
}
