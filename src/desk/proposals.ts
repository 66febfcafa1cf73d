import { type Decimal, decimal, gt, lt, lte, min, ZERO } from '../bybit/decimal';
import type { Book, Thresholds } from './book';
import { additionFor, repaymentFor } from './cure';
import { COLLATERAL_PLACES, flexiblyOwed, largestAddition, largestRelease } from './limits';
import { ltvOf } from './risk';
import { roundShort } from './shares';

/** LTVs that people steer to, fractions. */
const TARGETS: readonly Decimal[] = [decimal('0.3'), decimal('0.5'), decimal('0.7')];
/** The one that is proposed before the others: room for a fall by a third before a line of the defaults is met. */
export const USUAL_TARGET: Decimal = decimal('0.5');

/** An amount that takes the LTV to a target. */
export interface TargetAmount {
  readonly target: Decimal;
  /** In the coin. */
  readonly amount: Decimal;
}

/**
 * What to pledge of a coin for each target under the initial line, as far as the wallet holds it: rounded up to few
 * digits. `book` is the position with everything else that the operation does.
 */
export function pledgeProposals(book: Book, coin: string, { initial }: Thresholds): readonly TargetAmount[] {
  return TARGETS.filter((target) => lt(target, initial)).flatMap((target) => proposed(book, coin, target));
}

/** The least pledge of a coin with which the exchange gives the loan; none when the wallet does not hold it. */
export function leastPledge(book: Book, coin: string, { initial }: Thresholds): Decimal | undefined {
  const amount = additionFor(book, coin, initial);
  if (amount === undefined || amount === ZERO) return undefined;
  return lte(amount, largestAddition(book, coin)) ? amount : undefined;
}

function proposed(book: Book, coin: string, target: Decimal): TargetAmount[] {
  const least = additionFor(book, coin, target);
  const most = largestAddition(book, coin);
  if (least === undefined || least === ZERO || gt(least, most)) return [];
  return [{ target, amount: min(roundShort(least, COLLATERAL_PLACES, 'up'), most) }];
}

/** What to repay of a flexible debt, out of the wallet, for each target under today's LTV. */
export function repaymentProposals(book: Book, coin: string): readonly TargetAmount[] {
  const ltv = ltvOf(book);
  const most = min(book.wallet.get(coin) ?? ZERO, flexiblyOwed(book, coin));
  return TARGETS.flatMap((target) => {
    const least = ltv !== undefined && lt(target, ltv) ? repaymentFor(book, coin, target) : undefined;
    if (least === undefined || least === ZERO || gt(least, most)) return [];
    return [{ target, amount: min(roundShort(least, COLLATERAL_PLACES, 'up'), most) }];
  });
}

/** The most of a pledged coin that leaves the LTV at or under the initial line: less than may leave (API.md §6). */
export function carefulRelease(book: Book, coin: string, thresholds: Thresholds): Decimal {
  return largestRelease(book, coin, { ...thresholds, marginCall: thresholds.initial });
}
