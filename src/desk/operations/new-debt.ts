import { add, type Decimal, gt, lt, mul, sub, ZERO } from '../../bybit/decimal';
import type { System } from '../../bybit/endpoint';
import { words } from '../../bybit/words';
import type { Book, CoinAmount } from '../book';
import { owe, pledge } from '../change';
import { formatPercent } from '../format';
import { type LoanBounds, largestWithin } from '../limits';
import { borrowOrders } from '../loans/orders';
import type { Finding } from '../operation';
import { debtOf, ltvOf, totals } from '../risk';
import type { Situation } from './definition';
import { coinText, error, exactText, fits, warning } from './rules';

/** What all borrowing of new loans has in common: they share one LTV. */

/** Whether the amount is within the bounds of the coin. */
export function sizeFindings(
  asked: CoinAmount,
  { places, least, most }: LoanBounds,
  situation: Situation,
): readonly Finding[] {
  const { coin, amount } = asked;
  if (least !== undefined && lt(amount, least)) {
    return [error('amount', words('At least {0} (148002).', exactText(least, coin, situation)))];
  }
  return [
    ...fits('amount', asked, places, '148003', situation),
    ...(most === undefined ? [] : maximumFindings(asked, most, situation)),
  ];
}

function maximumFindings(
  { coin, amount }: CoinAmount,
  most: Decimal,
  situation: Situation,
): readonly Finding[] {
  if (gt(amount, most)) {
    return [error('amount', words('At most {0} (148010).', exactText(most, coin, situation)))];
  }
  const owed = situation.book === undefined ? ZERO : debtOf(situation.book, coin);
  if (owed === ZERO || !gt(add(owed, amount), most)) return [];
  const rest = coinText(gt(most, owed) ? sub(most, owed) : ZERO, coin, situation);
  return [
    warning(
      'amount',
      words('With what is owed already this passes the maximum; {0} would not (148010).', rest),
    ),
  ];
}

/** A debt that is to be taken on, with what is pledged for it. */
export interface Borrowing extends CoinAmount {
  readonly system: System;
  readonly collateral: readonly CoinAmount[];
}

/** Whether the LTV stays under the initial line; says what would pass when the coin's bounds are known. */
export function ltvFindings(
  { system, coin, amount, collateral }: Borrowing,
  bounds: LoanBounds | undefined,
  situation: Situation,
): readonly Finding[] {
  const { book, thresholds, locale } = situation;
  if (book === undefined || !gt(amount, ZERO) || coin === '') return [];
  if (!book.prices.has(coin)) {
    return [warning('amount', words('No price is known for {0}: the LTV after it cannot be told.', coin))];
  }
  const after = owe(pledge(book, collateral), { system, coin, amount }, undefined);
  const { debt, collateral: counted } = totals(after);
  if (!gt(debt, mul(thresholds.initial, counted))) return waitingFindings(after, situation);
  const line = formatPercent(thresholds.initial, 2, locale);
  const most = bounds === undefined ? undefined : largestWithin(book, coin, collateral, thresholds, bounds);
  const ltv = ltvOf(after);
  if (ltv === undefined) {
    return [
      error('collateral', words('Nothing that counts as collateral stands against it: add some (148012).')),
    ];
  }
  const shown = formatPercent(ltv, 2, locale);
  if (most === undefined || most === ZERO) {
    return [error('amount', words('The LTV would be {0}, above {1}: add collateral (148009).', shown, line))];
  }
  const passing = exactText(most, coin, situation);
  return [
    error(
      'amount',
      words(
        'The LTV would be {0}, above {1}: at most {2}, or add collateral (148009).',
        shown,
        line,
        passing,
      ),
    ),
  ];
}

/**
 * Whether borrow orders that wait would take the LTV above the initial line, were they filled as well. No page says whether the
 * exchange counts them (API.md §14), so that it is a warning. What they pledged themselves is in no answer, and left out.
 */
function waitingFindings(after: Book, situation: Situation): readonly Finding[] {
  const { snapshot, thresholds, locale } = situation;
  const waiting = (borrowOrders(snapshot) ?? []).filter(
    ({ coin, rest }) => gt(rest, ZERO) && after.prices.has(coin),
  );
  if (waiting.length === 0) return [];
  const filled = waiting.reduce(
    (book, { coin, rest }) => owe(book, { system: 'fixed', coin, amount: rest }, undefined),
    after,
  );
  const { debt, collateral } = totals(filled);
  const ltv = ltvOf(filled);
  if (ltv === undefined || !gt(debt, mul(thresholds.initial, collateral))) return [];
  return [
    warning(
      'amount',
      words(
        'Borrow orders still wait for {0}. Were they filled as well, the LTV would be {1} without what they pledge themselves: above {2} the exchange may refuse this (148009).',
        waiting.map(({ coin, rest }) => exactText(rest, coin, situation)).join(' + '),
        formatPercent(ltv, 2, locale),
        formatPercent(thresholds.initial, 2, locale),
      ),
    ),
  ];
}
