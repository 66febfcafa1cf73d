import { add, type Decimal, gt, gte, mul, ONE, round, ZERO } from '../bybit/decimal';
import type { Book } from './book';
import { totals } from './risk';

/** Digits kept while compounding: rounding up errs toward reaching the line sooner, by far less than an hour. */
const PLACES = 40;
/** Hours looked ahead: a hundred years say "never" well enough. */
export const MOST_HOURS = 876_000;

/** (1 + rate)^hours, rounded up at every step. */
export function growth(rate: Decimal, hours: number): Decimal {
  let result = ONE;
  let square = add(ONE, rate);
  for (let left = hours; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = round(mul(result, square), PLACES, 'up');
    square = round(mul(square, square), PLACES, 'up');
  }
  return result;
}

/** Debt in USD after so many hours of interest at today's rates and prices (flexible interest compounds hourly). */
export function debtAfter(book: Book, hours: number): Decimal {
  return add(
    ...book.debts.map(({ coin, amount, hourlyRate }) =>
      mul(amount, growth(hourlyRate ?? ZERO, hours), book.prices.get(coin) ?? ZERO),
    ),
  );
}

/**
 * Whole hours until interest alone brings the LTV to the line, prices and rates as they are: 0 when it is there already,
 * undefined without a debt, without interest, or when it takes more than a hundred years (formulae.md, "Days to L").
 */
export function hoursToLine(book: Book, line: Decimal): number | undefined {
  const limit = mul(line, totals(book).collateral);
  const reached = (hours: number) => gte(debtAfter(book, hours), limit);
  if (!gt(totals(book).debt, ZERO)) return undefined;
  if (reached(0)) return 0;
  // Doubling first keeps the powers small where the line is near.
  let high = 1;
  while (!reached(high)) {
    if (high >= MOST_HOURS) return undefined;
    high = Math.min(high * 2, MOST_HOURS);
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
