import { add, type Decimal, ZERO } from '../bybit/decimal';
import type { CoinAmount } from './book';

/** Amounts added up by coin, in the order of appearance. */
export function sumByCoin(amounts: readonly CoinAmount[]): readonly CoinAmount[] {
  const sums = new Map<string, Decimal>();
  for (const { coin, amount } of amounts) sums.set(coin, add(sums.get(coin) ?? ZERO, amount));
  return [...sums].map(([coin, amount]) => ({ coin, amount }));
}
