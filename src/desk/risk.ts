import { add, type Decimal, decimal, div, gt, gte, lt, lte, mul, ONE, sub, ZERO } from '../bybit/decimal';
import type { Book, Thresholds } from './book';
import type { Figures, LiquidationPrices } from './operation';
import { type Course, edgesOf, gapAt, safeRange, zeroBetween } from './safe-range';
import { isStable } from './stable';
import { valueAfterTiers } from './tiers';

const LTV_PLACES = 6;
/** Decimals at which pools are compared. */
const WAY_PLACES = 18;
const DROP_PLACES = 6;
const LAST_PLACE = decimal('0.000001');
const HOURS_A_DAY = decimal('24');
const HOURS_A_YEAR = decimal('8760');

/** Both sides of the LTV in USD, exact. Coins without a price or bands count nothing; see {@link unpriced}. */
export function totals(book: Book): { readonly debt: Decimal; readonly collateral: Decimal } {
  return {
    debt: add(...book.debts.map(({ coin, amount }) => mul(amount, book.prices.get(coin) ?? ZERO))),
    collateral: add(...book.collateral.map(({ coin, amount }) => countedValue(book, coin, amount))),
  };
}

/** What an amount of a coin counts as collateral in USD when it is all there is of that coin. */
export function countedValue(book: Book, coin: string, amount: Decimal): Decimal {
  return valueAfterTiers(mul(amount, book.prices.get(coin) ?? ZERO), book.bands.get(coin) ?? []);
}

/** What is owed of a coin in all systems that share the LTV. */
export function debtOf(book: Book, coin: string): Decimal {
  return add(...book.debts.filter((debt) => debt.coin === coin).map((debt) => debt.amount));
}

/** What is pledged of a coin. */
export function pledgedOf(book: Book, coin: string): Decimal {
  return add(...book.collateral.filter((held) => held.coin === coin).map((held) => held.amount));
}

/** LTV as a fraction, rounded up at 6 decimals as the exchange shows it; undefined without debt or without collateral. */
export function ltvOf(book: Book): Decimal | undefined {
  const { debt, collateral } = totals(book);
  return debt === ZERO || collateral === ZERO ? undefined : div(debt, collateral, LTV_PLACES, 'up');
}

/** How much of the way to its line an LTV has gone, 1 at the line; where the line is none (not above 0), of that to 100 %. */
export function wayTo(ltv: Decimal, line: Decimal): Decimal {
  return gt(line, ZERO) ? div(ltv, line, WAY_PLACES) : ltv;
}

/** Everything that reviews, trees and panels show of a book (formulae.md). */
export function figures(book: Book, thresholds: Thresholds): Figures {
  const { debt, collateral } = totals(book);
  const hour = add(
    ...book.debts.map(({ coin, amount, hourlyRate }) =>
      mul(amount, hourlyRate ?? ZERO, book.prices.get(coin) ?? ZERO),
    ),
  );
  const course = marketCourse(book);
  return {
    debtUsd: debt,
    collateralUsd: collateral,
    ltv: ltvOf(book),
    uncovered: debt !== ZERO && collateral === ZERO,
    unpriced: unpriced(book),
    liquidation: coinsOf(book).flatMap((coin) => liquidationPrices(book, coin, thresholds.liquidation) ?? []),
    drop: {
      initial: uniformDrop(course, thresholds.initial),
      marginCall: uniformDrop(course, thresholds.marginCall),
      delayedLiquidation: uniformDrop(course, thresholds.delayedLiquidation),
      liquidation: uniformDrop(course, thresholds.liquidation),
    },
    interestUsd: { hour, day: mul(hour, HOURS_A_DAY), year: mul(hour, HOURS_A_YEAR) },
  };
}

function coinsOf(book: Book): string[] {
  return [...new Set([...book.debts, ...book.collateral].map(({ coin }) => coin))];
}

/** Coins whose value the figures leave out: no price, or pledged without a collateral ladder. */
function unpriced(book: Book): string[] {
  return coinsOf(book).filter(
    (coin) =>
      !book.prices.has(coin) || (!book.bands.has(coin) && book.collateral.some((held) => held.coin === coin)),
  );
}

/**
 * Prices at which the coin alone makes the LTV meet the line: below falls when it is net collateral, above when it is
 * net debt; a coin that is both may have two. `below` is rounded up and `above` down at 18 decimals. Undefined without
 * a price. Neither side has a line when no price of this coin makes a difference.
 */
export function liquidationPrices(book: Book, coin: string, line: Decimal): LiquidationPrices | undefined {
  const price = book.prices.get(coin);
  if (price === undefined) return undefined;
  const all = totals(book);
  const owed = debtOf(book, coin);
  const pledged = pledgedOf(book, coin);
  const range = safeRange(
    {
      debt: { fixed: sub(all.debt, mul(owed, price)), perUnit: owed },
      collateral: sub(all.collateral, countedValue(book, coin, pledged)),
      moving: [{ perUnit: pledged, bands: book.bands.get(coin) ?? [] }],
    },
    line,
    price,
  );
  return { coin, price, below: range?.from, above: range?.to };
}

/** The book as a function of a factor on all prices but those of stable coins. */
function marketCourse(book: Book): Course {
  let fixed = ZERO;
  let perUnit = ZERO;
  for (const { coin, amount } of book.debts) {
    const usd = mul(amount, book.prices.get(coin) ?? ZERO);
    if (isStable(coin)) fixed = add(fixed, usd);
    else perUnit = add(perUnit, usd);
  }
  const steady = book.collateral.filter(({ coin }) => isStable(coin));
  return {
    debt: { fixed, perUnit },
    collateral: add(...steady.map(({ coin, amount }) => countedValue(book, coin, amount))),
    moving: book.collateral
      .filter(({ coin }) => !isStable(coin))
      .map(({ coin, amount }) => ({
        perUnit: mul(amount, book.prices.get(coin) ?? ZERO),
        bands: book.bands.get(coin) ?? [],
      })),
  };
}

/**
 * Fraction by which the market must fall to reach the line, rounded down at 6 decimals; 0 when the line is reached
 * already, undefined when no fall reaches it. The gap is convex in the factor (concave tiers), so on the way from a
 * safe 1 down to an unsafe 0 it changes sign once, and the edges can be searched by halves.
 */
function uniformDrop(course: Course, line: Decimal): Decimal | undefined {
  const gap = (t: Decimal) => ({ t, gap: gapAt(course, line, t) });
  const nothing = course.debt.fixed === ZERO && course.debt.perUnit === ZERO;
  if (nothing) return undefined;
  const today = gap(ONE);
  if (gte(today.gap, ZERO)) return ZERO;
  const points = [...edgesOf(course).filter((t) => lt(t, ONE)), ONE];
  let danger = gap(ZERO);
  let safe = today;
  if (lt(danger.gap, ZERO)) return undefined;
  // With stable debt or none of it at all, a market at zero leaves nothing against nothing: no line is met before.
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const point = gap(points[middle] ?? ONE);
    if (lt(point.gap, ZERO)) {
      safe = point;
      high = middle;
    } else {
      danger = point;
      low = middle;
    }
  }
  const rounded = zeroBetween(danger, safe, DROP_PLACES, 'up');
  // An edge that is no finite decimal lies a trace beside itself, which can lift a round factor by one last digit.
  const below = sub(rounded, LAST_PLACE);
  const factor = lt(ZERO, rounded) && lte(gapAt(course, line, below), ZERO) ? below : rounded;
  return factor === ZERO ? undefined : sub(ONE, factor);
}
