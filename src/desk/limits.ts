import type { LoanableCoin } from '../bybit/common';
import {
  add,
  compare,
  type Decimal,
  decimal,
  div,
  gt,
  lt,
  max,
  min,
  mul,
  round,
  sub,
  ZERO,
} from '../bybit/decimal';
import type { Book, CoinAmount, Thresholds } from './book';
import { pledge } from './change';
import { countedValue, pledgedOf, totals } from './risk';
import { valueBeforeTiers } from './tiers';

/** Decimals sent for collateral and repayments: unpublished, all samples have at most 8 (API.md §6, 148005, 148028). */
export const COLLATERAL_PLACES = 8;
/** The most that may be repaid with collateral at a time, USD (API.md §11, 148047). */
export const MOST_SALE_USD = decimal('300000');
/** Prices move until a request arrives: what is proposed stays so far under the limit. */
const SALE_MARGIN = decimal('0.99');
/** Coins that one request may pledge (endpoints.json, borrowFlexible). */
export const MOST_PLEDGES = 100;
const EXACT_PLACES = 40;

/** What a coin's loans of a kind must keep to, in the coin. */
export interface LoanBounds {
  readonly places: number;
  readonly least: Decimal | undefined;
  readonly most: Decimal | undefined;
}

export function flexibleBounds(row: LoanableCoin): LoanBounds {
  return {
    places: row.flexibleBorrowingAccuracy,
    least: row.minFlexibleBorrowingAmount,
    most: row.maxBorrowingAmount,
  };
}

export function fixedBounds(row: LoanableCoin): LoanBounds {
  return {
    places: row.fixedBorrowingAccuracy,
    least: row.minFixedBorrowingAmount,
    most: row.maxBorrowingAmount,
  };
}

/**
 * The largest flexible loan of a coin that keeps the LTV at or under the initial line once `extra` is pledged too, rounded down
 * to what may be sent and no more than the coin's maximum; 0 when not even the minimum fits. `extra` is taken as
 * given: whether the wallet holds it is checked elsewhere. In the coin.
 */
export function largestLoan(
  book: Book,
  coin: string,
  extra: readonly CoinAmount[],
  thresholds: Thresholds,
  coinRow: LoanableCoin,
): Decimal {
  return largestWithin(book, coin, extra, thresholds, flexibleBounds(coinRow));
}

/** As {@link largestLoan}, within the bounds of any kind of loan that shares the pool. */
export function largestWithin(
  book: Book,
  coin: string,
  extra: readonly CoinAmount[],
  thresholds: Thresholds,
  bounds: LoanBounds,
): Decimal {
  const price = book.prices.get(coin);
  if (price === undefined || price === ZERO) return ZERO;
  const { debt, collateral } = totals(pledge(book, extra));
  const room = sub(mul(thresholds.initial, collateral), debt);
  if (!lt(ZERO, room)) return ZERO;
  const { places, least, most } = bounds;
  const fitting = div(room, price, places, 'down');
  const loan = most === undefined ? fitting : min(fitting, round(most, places, 'down'));
  return lt(loan, least ?? ZERO) ? ZERO : loan;
}

/** How much of a pledged coin may leave with the LTV after it at or under the margin call line (API.md §6). In the coin. */
export function largestRelease(book: Book, coin: string, thresholds: Thresholds): Decimal {
  const pledged = pledgedOf(book, coin);
  const { debt, collateral } = totals(book);
  const others = sub(collateral, countedValue(book, coin, pledged));
  const line = thresholds.marginCall;
  if (debt === ZERO) return round(pledged, COLLATERAL_PLACES, 'down');
  const price = book.prices.get(coin);
  if (price === undefined || price === ZERO || line === ZERO) return ZERO;
  const usd = valueBeforeTiers(sub(div(debt, line, 40, 'up'), others), book.bands.get(coin) ?? []);
  if (usd === undefined) return ZERO;
  const staying = div(usd, price, 40, 'up');
  return round(max(ZERO, sub(pledged, staying)), COLLATERAL_PLACES, 'down');
}

/** What is owed of a coin as a flexible loan. */
export function flexiblyOwed(book: Book, coin: string): Decimal {
  const debts = book.debts.filter((debt) => debt.coin === coin && debt.system === 'flexible');
  return add(...debts.map((debt) => debt.amount));
}

/** How much of the flexible debt in a coin the wallet can repay: the whole debt as read, or what is free. In the coin. */
export function largestRepayment(book: Book, coin: string): Decimal {
  const owed = flexiblyOwed(book, coin);
  const free = book.wallet.get(coin) ?? ZERO;
  return lt(free, owed) ? round(free, COLLATERAL_PLACES, 'down') : owed;
}

/** How much of a coin can be pledged from the wallet; 0 for a coin that is no collateral. In the coin. */
export function largestAddition(book: Book, coin: string): Decimal {
  if (!book.bands.has(coin)) return ZERO;
  return round(book.wallet.get(coin) ?? ZERO, COLLATERAL_PLACES, 'down');
}

/**
 * Everything in the wallet that can be pledged, what counts most first; no more coins than one request takes.
 */
export function pledgeable(book: Book): readonly CoinAmount[] {
  return [...book.wallet.keys()]
    .map((coin) => ({ coin, amount: largestAddition(book, coin) }))
    .filter(({ amount }) => gt(amount, ZERO))
    .map((held) => ({ held, counts: countedValue(book, held.coin, held.amount) }))
    .sort((a, b) => compare(b.counts, a.counts))
    .slice(0, MOST_PLEDGES)
    .map(({ held }) => held);
}

/**
 * How much of a debt in a coin, the flexible one unless told, can be repaid at a time by selling pledged coins: all `owed`, or
 * what the coins are worth before the fee, safely under the limit of the exchange. In the coin of the debt.
 */
export function largestSale(
  book: Book,
  coin: string,
  sold: readonly string[],
  owed: Decimal = flexiblyOwed(book, coin),
): Decimal {
  const price = book.prices.get(coin);
  if (price === undefined || price === ZERO) return ZERO;
  const worth = add(...sold.map((held) => mul(pledgedOf(book, held), book.prices.get(held) ?? ZERO)));
  const most = min(worth, mul(MOST_SALE_USD, SALE_MARGIN));
  const fitting = round(div(most, price, EXACT_PLACES, 'down'), COLLATERAL_PLACES, 'down');
  return min(owed, fitting);
}
