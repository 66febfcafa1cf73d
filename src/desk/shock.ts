import { add, type Decimal, mul, ONE, ZERO } from '../bybit/decimal';
import type { Book } from './book';
import { isStable } from './stable';

/** Factors on prices by coin: 0.7 is a fall of 30 %. Coins without one keep their price. */
export type Shock = ReadonlyMap<string, Decimal>;

/** The book at shocked prices. Shocks compose: one after the other is both factors multiplied. */
export function shocked(book: Book, shock: Shock): Book {
  const prices = new Map(book.prices);
  for (const [coin, factor] of shock) {
    const price = prices.get(coin);
    if (price !== undefined) prices.set(coin, mul(price, factor));
  }
  return { ...book, prices };
}

/** Moves of the market as a person sets them, fractions of today's prices: -0.3 is a fall of 30 %, never below -1. */
export interface Moves {
  /** Of all coins but stable ones. */
  readonly market: Decimal;
  /** Of single coins, on top of the market's. */
  readonly coins: ReadonlyMap<string, Decimal>;
}

export const NO_MOVES: Moves = { market: ZERO, coins: new Map() };

/** The shock that moves make up for these coins; coins that stay where they are have no factor in it. */
export function shockOf({ market, coins }: Moves, among: Iterable<string>): Shock {
  const shock = new Map<string, Decimal>();
  for (const coin of among) {
    const own = add(ONE, coins.get(coin) ?? ZERO);
    const factor = isStable(coin) ? own : mul(own, add(ONE, market));
    if (factor !== ONE) shock.set(coin, factor);
  }
  return shock;
}
