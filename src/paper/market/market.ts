import type { VipLevel } from '../../bybit/common';
import { type Decimal, decimal, div, max, mul, round } from '../../bybit/decimal';
import { COINS, type Coin } from './coin';
import type { CoinClass } from './coins';
import { NOISE, noise, saltOf } from './noise';
import { tierOf } from './vip';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** How long a price stands. */
export const PRICE_STEP = 10 * SECOND;

/** The market as a pure function of its seed and of time; every value can be had for any moment, in any order. */
export interface Market {
  readonly seed: number;
  /** Coins by name, in the order in which a liquidation sells them. */
  readonly coins: ReadonlyMap<string, Coin>;
  /** USD price at a moment (epoch milliseconds). */
  price(coin: Coin, time: number): Decimal;
  /** Hourly fraction for a flexible debt during the hour of a moment, at most 14 decimals. */
  hourlyRate(coin: Coin, time: number, level: VipLevel): Decimal;
  /** The flexible rate of the hour of a moment over the one around which it moves, in millionths. */
  rateLevel(coin: Coin, time: number): number;
}

/** Period and swing (parts in 10^9 of the price at full noise) of what a price is made of. */
const PRICE_OCTAVES: readonly (readonly [period: number, swing: number])[] = [
  [40 * DAY, 200_000_000],
  [9 * DAY, 100_000_000],
  [2 * DAY, 45_000_000],
  [9 * HOUR, 18_000_000],
  [100 * MINUTE, 6_000_000],
  [12 * MINUTE, 2_000_000],
  [MINUTE, 600_000],
];
/** Percent of the swing a class of coin takes part in. */
const LIVELINESS: Readonly<Record<CoinClass, number>> = { S: 0, A: 70, B: 100, C: 120, D: 135, M: 150 };
const STABLE_OCTAVES: readonly (readonly [period: number, swing: number])[] = [
  [2 * DAY, 300_000],
  [3 * HOUR, 200_000],
];
const BILLION = 1_000_000_000;
const BILLIONTH = decimal('0.000000001');
const MILLIONTH = decimal('0.000001');
const HOURS_A_YEAR = decimal('8760');
const LEAST_RATE = decimal('0.0000000001');

export function createMarket(seed: number): Market {
  const wide = saltOf(seed, 'the market as a whole');
  const salts = new Map<string, number>();
  const saltFor = (text: string): number => {
    const known = salts.get(text);
    if (known !== undefined) return known;
    const salt = saltOf(seed, text);
    salts.set(text, salt);
    return salt;
  };

  function swings(coin: Coin, time: number): number {
    const own = saltFor(`price ${coin.name}`);
    if (coin.class === 'S') {
      return STABLE_OCTAVES.reduce(
        (sum, [period, swing], n) => sum + Math.trunc((swing * noise(own + n, time, period)) / NOISE),
        0,
      );
    }
    let sum = 0;
    PRICE_OCTAVES.forEach(([period, swing], n) => {
      const both = noise(wide + n, time, period) + noise(own + n, time, period);
      sum += Math.trunc((swing * both) / (2 * NOISE));
    });
    return Math.trunc((sum * LIVELINESS[coin.class]) / 100);
  }

  const latest = new Map<string, { readonly time: number; readonly price: Decimal }>();
  function price(coin: Coin, time: number): Decimal {
    // USDT is what everything else is priced in here.
    if (coin.name === 'USDT') return coin.base;
    const step = Math.floor(time / PRICE_STEP) * PRICE_STEP;
    const known = latest.get(coin.name);
    if (known?.time === step) return known.price;
    const factor = decimal(BILLION + swings(coin, step));
    const value = round(mul(coin.base, factor, BILLIONTH), coin.pricePlaces, 'half');
    latest.set(coin.name, { time: step, price: value });
    return value;
  }

  const rates = new Map<string, { readonly hour: number; readonly rate: Decimal }>();
  function rateLevel(coin: Coin, time: number): number {
    const salt = saltFor(`rate ${coin.name}`);
    const hour = Math.floor(time / HOUR) * HOUR;
    return (
      1_000_000 +
      Math.trunc(
        (400_000 * noise(salt, hour, 5 * DAY) +
          200_000 * noise(salt + 1, hour, 17 * HOUR) +
          50_000 * noise(salt + 2, hour, 2 * HOUR)) /
          NOISE,
      )
    );
  }
  function annualRate(coin: Coin, hour: number): Decimal {
    const known = rates.get(coin.name);
    if (known?.hour === hour) return known.rate;
    const rate = mul(coin.baseRate, decimal(rateLevel(coin, hour * HOUR)), MILLIONTH);
    rates.set(coin.name, { hour, rate });
    return rate;
  }

  return {
    seed,
    coins: COINS,
    price,
    hourlyRate: (coin, time, level) =>
      max(
        LEAST_RATE,
        div(mul(annualRate(coin, Math.floor(time / HOUR)), tierOf(level).rate), HOURS_A_YEAR, 14, 'half'),
      ),
    rateLevel,
  };
}

/** What an account of a tier may owe of a coin. */
export function maximumFor(coin: Coin, level: VipLevel): Decimal {
  return round(mul(coin.maximum, tierOf(level).limit), coin.flexiblePlaces, 'down');
}
