import { add, type Decimal, decimal, div, max, min, mul, round, sub } from '../../bybit/decimal';
import type { State } from '../ledger/state';
import { coinOf, priceOf, type World } from '../ledger/world';
import type { Coin } from '../market/coin';
import { DAY, HOUR } from '../market/market';
import { draw, saltOf } from '../market/noise';

export interface TickerRow {
  readonly symbol: string;
  readonly [field: string]: string;
}

/** Quote coins; a coin is quoted in USDC too when it is one of the larger ones. */
const USDC_PAIRS = ['S', 'A', 'B'];

function ticker(world: World, state: State, coin: Coin, quote: Coin): TickerRow {
  const index = priceOf(world, state, coin);
  const unit = priceOf(world, state, quote);
  const inQuote = (usd: Decimal): Decimal => (unit === '1' ? usd : div(usd, unit, coin.pricePlaces, 'half'));
  const last = inQuote(index);
  const tick = decimal(`1e-${coin.pricePlaces}`);
  // The day's range is looked up every four hours; finer would cost more than it tells.
  const past = [6, 5, 4, 3, 2, 1].map((n) => inQuote(world.market.price(coin, state.time - n * 4 * HOUR)));
  const before = inQuote(world.market.price(coin, state.time - DAY));
  const size = decimal(1 + (draw(saltOf(state.seed, coin.name), Math.floor(state.time / HOUR)) % 9000));
  const volume = div(mul(size, decimal('100000')), coin.base, 2, 'half');
  return {
    symbol: `${coin.name}${quote.name}`,
    bid1Price: max(tick, sub(last, tick)),
    bid1Size: div(size, coin.base, 4, 'up'),
    ask1Price: add(last, tick),
    ask1Size: div(size, coin.base, 4, 'up'),
    lastPrice: last,
    prevPrice24h: before,
    price24hPcnt: div(sub(last, before), before, 4, 'half'),
    highPrice24h: max(last, ...past),
    lowPrice24h: min(last, ...past),
    turnover24h: round(mul(volume, last), 2, 'half'),
    volume24h: volume,
    // Coins that are no collateral have no index price (endpoints.json, getSpotTickers).
    usdIndexPrice: coin.collateral ? index : '',
  };
}

/** Tickers of all pairs. The last price is what the ledger reckons with, divided by the price of the quote coin. */
export function tickersOf(world: World, state: State): readonly TickerRow[] {
  const usdt = coinOf(world, 'USDT');
  const usdc = coinOf(world, 'USDC');
  return [...world.market.coins.values()].flatMap((coin) => {
    const rows = coin === usdt ? [] : [ticker(world, state, coin, usdt)];
    if (coin !== usdc && coin !== usdt && USDC_PAIRS.includes(coin.class))
      rows.push(ticker(world, state, coin, usdc));
    return rows;
  });
}
