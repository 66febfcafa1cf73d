import { type Decimal, mul } from '../bybit/decimal';
import type { Book } from './book';

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
