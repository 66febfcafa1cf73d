import {
  abs,
  add,
  type Decimal,
  decimal,
  gt,
  gte,
  lt,
  mul,
  negate,
  ONE,
  round,
  ZERO,
} from '../bybit/decimal';
import type { Book } from './book';
import { totals } from './risk';

/** Digits kept while compounding: rounding up errs toward reaching the line sooner, by far less than an hour. */
const PLACES = 40;
/**
 * No debt grows to more than so many times itself here. Only a rate that nobody lends at leads there, and without an end its
 * powers would have millions of digits.
 */
export const MOST_GROWTH = decimal(`1${'0'.repeat(60)}`);
/** Hours looked ahead: a hundred years say "never" well enough. */
export const MOST_HOURS = 876_000;

/** (1 + rate)^(2^n) by n, for the rates asked for last: a slider asks for the same ones again and again. */
const squares = new Map<Decimal, Decimal[]>();
const MOST_RATES = 100;

function squaresOf(rate: Decimal): Decimal[] {
  const known = squares.get(rate);
  if (known !== undefined) return known;
  if (squares.size >= MOST_RATES) squares.clear();
  const made = [bounded(add(ONE, rate))];
  squares.set(rate, made);
  return made;
}

/** (1 + rate)^hours, rounded up at every step; at most {@link MOST_GROWTH}. */
export function growth(rate: Decimal, hours: number): Decimal {
  const powers = squaresOf(rate);
  let result = ONE;
  let n = 0;
  for (let left = hours; left > 0; left = Math.floor(left / 2)) {
    const power = powers[n] ?? nextSquare(powers);
    if (left % 2 === 1) result = bounded(round(mul(result, power), PLACES, 'up'));
    n += 1;
  }
  return result;
}

function bounded(factor: Decimal): Decimal {
  if (!gt(abs(factor), MOST_GROWTH)) return factor;
  return lt(factor, ZERO) ? negate(MOST_GROWTH) : MOST_GROWTH;
}

/** The square of the last, kept behind it. */
function nextSquare(powers: Decimal[]): Decimal {
  const last = powers.at(-1) ?? ONE;
  const square = bounded(round(mul(last, last), PLACES, 'up'));
  powers.push(square);
  return square;
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
