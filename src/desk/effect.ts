import { add, type Decimal, div, gt, mul, sub, ZERO } from '../bybit/decimal';
import { type Words, words } from '../bybit/words';
import type { Book, Thresholds } from './book';
import { formatPercent, formatUsd } from './format';
import type { Figures, Review } from './operation';
import { countedValue, pledgedOf } from './risk';

/** What an answer would do, in a few words each: for the rows of a flow while the answer is being given. */

/** The LTV, or why there is none. */
export function ltvWords(figures: Figures, locale: string): Words {
  if (figures.uncovered) return words('nothing counts as collateral');
  if (figures.ltv === undefined) return words('no loan left');
  const ltv = formatPercent(figures.ltv, 2, locale);
  const [first] = figures.unpriced;
  return first === undefined
    ? words('LTV {0}', ltv)
    : words('LTV {0} without {1}, which has no price', ltv, first);
}

/** The LTV before and after; only after where one of them is none. */
export function ltvChange({ before, after }: Pick<Review, 'before' | 'after'>, locale: string): Words {
  const isPlain = after.unpriced.length === 0 && before.unpriced.length === 0;
  if (!isPlain || before.ltv === undefined || after.ltv === undefined) return ltvWords(after, locale);
  return words('LTV {0} → {1}', formatPercent(before.ltv, 2, locale), formatPercent(after.ltv, 2, locale));
}

/** What more must count as collateral, after the tiers, for the LTV to be at the initial line; 0 when it is there. USD. */
export function missingCollateral({ debtUsd, collateralUsd }: Figures, { initial }: Thresholds): Decimal {
  if (!gt(debtUsd, mul(initial, collateralUsd))) return ZERO;
  return sub(div(debtUsd, initial, 40, 'up'), collateralUsd);
}

/** Whether the exchange would give no loan at this LTV. */
export function isAboveInitial({ debtUsd, collateralUsd }: Figures, { initial }: Thresholds): boolean {
  return gt(debtUsd, mul(initial, collateralUsd));
}

/** An amount in US dollars at today's price; undefined without a price. */
export function usdWords(book: Book, coin: string, amount: Decimal, locale: string): Words | undefined {
  const price = book.prices.get(coin);
  if (price === undefined) return undefined;
  return { text: '{0}', args: [formatUsd(mul(amount, price), locale)] };
}

/** What the interest of a day grows or shrinks by; undefined when it stays. */
export function interestWords(
  { before, after }: Pick<Review, 'before' | 'after'>,
  locale: string,
): Words | undefined {
  const change = sub(after.interestUsd.day, before.interestUsd.day);
  if (change === ZERO) return undefined;
  return gt(change, ZERO)
    ? words('{0} more interest a day', formatUsd(change, locale))
    : words('{0} less interest a day', formatUsd(sub(ZERO, change), locale));
}

/** What an amount of a coin adds to the collateral as it counts, with what is pledged of it already. */
export function addedWords(book: Book, coin: string, amount: Decimal, locale: string): Words {
  const pledged = pledgedOf(book, coin);
  const added = sub(countedValue(book, coin, add(pledged, amount)), countedValue(book, coin, pledged));
  return words('counts {0}', formatUsd(added, locale));
}
