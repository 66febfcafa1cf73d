import { add, type Decimal, decimal, gt, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { formatCoin, formatLevel, formatPercent } from '../format';
import type { AtMaturity } from '../loans/loan';
import { AT_MATURITY } from '../loans/maturity-words';
import type { WaitingOrder } from '../loans/orders';
import type { ReviewLine } from '../review-lines';
import { utcMinute } from '../utc';
import { lenderInterest, payoutOf, termInterest, trueYearlyCost } from './interest';
import { costText } from './interest-text';
import { fillAtOnce, type OrderBook } from './order-book';
import type { SweepPlan } from './sweep';

/** An order on the fixed market as far as it was answered. */
export interface Quoted {
  readonly coin: string;
  readonly amount: Decimal;
  /** Annual fraction. */
  readonly annualRate: Decimal;
  /** What waits on the other side for its coin and term. */
  readonly book: Pick<OrderBook, 'levels' | 'side'> & { readonly term: string };
  /** Filled in one match or not at all. */
  readonly isWhole?: boolean;
}

/** How a review words it: BCP 47, and the moment that due dates are counted from, epoch milliseconds. */
export interface QuoteText {
  readonly locale: string;
  readonly now: number;
}

const DAY_MS = 86_400_000;

/** What of an order would be filled at once, in a few words. */
export function fillWords({ coin, amount, annualRate, book, isWhole }: Quoted, locale: string): Words {
  const { filled, rest } = fillAtOnce(book, amount, annualRate);
  if (rest !== ZERO && isWhole) return words('waits for offers of all of it: whole or not at all');
  if (filled === ZERO) return words('waits: nothing fits now');
  if (rest === ZERO) return words('filled at once');
  return words('{0} at once, the rest waits', formatCoin(filled, coin, { locale }));
}

/**
 * What a borrow order costs for its whole term, and what comes at its end, as lines of a review. Interest is prepaid and never
 * given back. `atMaturity` is left out where it is not known.
 */
export function borrowTerms(
  { atMaturity, ...quoted }: Quoted & { readonly atMaturity?: AtMaturity },
  { locale, now }: QuoteText,
): readonly ReviewLine[] {
  const { coin, amount, annualRate, book } = quoted;
  const loan = { amount, annualRate, days: decimal(book.term) };
  const cost = trueYearlyCost(loan);
  return [
    line(words('Rate a year, at most'), formatLevel(annualRate, locale), fillWords(quoted, locale)),
    line(
      words('Interest for {0} days', book.term),
      costText(termInterest(loan), coin, locale),
      words('taken in advance, not given back'),
    ),
    line(words('Paid out'), formatCoin(payoutOf(loan), coin, { locale, maxPlaces: 8, rounding: 'down' })),
    ...(cost === undefined
      ? []
      : [line(words('Cost a year of what is paid out'), formatPercent(cost, 2, locale))]),
    ...dueTerms({ term: book.term, ...(atMaturity && { atMaturity }) }, now),
  ];
}

/** When a loan that is matched now is due, in epoch milliseconds from `now`, and what happens then (API.md §9). */
function dueTerms(
  { term, atMaturity }: { readonly term: string; readonly atMaturity?: AtMaturity },
  now: number,
): readonly ReviewLine[] {
  return [
    line(words('Due about'), utcMinute(now + Number(term) * DAY_MS), words('{0} days from the match', term)),
    ...(atMaturity === undefined ? [] : [remark(words('At its due date'), AT_MATURITY[atMaturity])]),
    // What becomes a flexible loan has no date any more.
    ...(atMaturity === 'toFlexible'
      ? []
      : [
          remark(
            words('If it is not repaid when due'),
            words('interest triples for 24 hours, then collateral is sold with a fee of 2 %'),
          ),
        ]),
  ];
}

/** What a supply order brings, as lines of a review. */
export function supplyTerms(quoted: Quoted, { locale, now }: QuoteText): readonly ReviewLine[] {
  const { coin, amount, annualRate, book } = quoted;
  const interest = lenderInterest({ amount, annualRate, days: decimal(book.term) });
  return [
    line(words('Rate a year, at least'), formatLevel(annualRate, locale), fillWords(quoted, locale)),
    line(
      words('Net interest for {0} days', book.term),
      formatCoin(interest, coin, { locale, maxPlaces: 8, rounding: 'down' }),
      words('after the platform’s share of 15 %'),
    ),
    line(
      words('Comes back'),
      formatCoin(add(amount, interest), coin, { locale, maxPlaces: 8, rounding: 'down' }),
    ),
    line(
      words('Comes back about'),
      utcMinute(now + Number(book.term) * DAY_MS),
      words('later when the borrower is late'),
    ),
  ];
}

/** What an order asks for that waits, as lines of a review. */
export function orderTerms(
  { side, coin, annualRate, term, amount, rest, filled }: WaitingOrder,
  locale: string,
): readonly ReviewLine[] {
  const text = (value: Decimal) => formatCoin(value, coin, { locale });
  const ordered = filled === ZERO ? [] : [words('of {0} ordered', text(amount))];
  return [
    line(
      side === 'borrow' ? words('Rate a year, at most') : words('Rate a year, at least'),
      formatLevel(annualRate, locale),
    ),
    remark(words('Term'), words('{0} days', String(term))),
    line(words('Still waits'), text(rest), ...ordered),
  ];
}

/** The orders of a sweep and what they save, as lines of a review. */
export function sweepTerms(
  plan: SweepPlan,
  order: Pick<OrderBook, 'coin' | 'term'> & { readonly atMaturity?: AtMaturity },
  { locale, now }: QuoteText,
): readonly ReviewLine[] {
  const { coin, term } = order;
  const text = (amount: Decimal) => costText(amount, coin, locale);
  const [saved, one] = [
    formatCoin(plan.saved, coin, { locale, maxPlaces: 8, rounding: 'down' }),
    text(plan.oneOrderInterest),
  ];
  return [
    ...plan.orders.map(({ amount, annualRate }, index) =>
      line(
        words('Order {0} of {1}', String(index + 1), String(plan.orders.length)),
        text(amount),
        words('at {0} a year', formatLevel(annualRate, locale)),
      ),
    ),
    line(
      words('Interest for {0} days, all orders', term),
      text(plan.interest),
      words('taken in advance, not given back'),
    ),
    line(words('Saved against one order'), saved, words('which would cost {0}', one)),
    ...(gt(plan.unfilled, ZERO)
      ? [line(words('Not ordered'), text(plan.unfilled), words('the offers do not cover it'))]
      : []),
    ...dueTerms(order, now),
  ];
}

/** That one order a price level would cost less, where it would. */
export function sweepHint(plan: SweepPlan | undefined, coin: string, locale: string): readonly ReviewLine[] {
  if (plan === undefined || plan.orders.length < 2 || !gt(plan.saved, ZERO)) return [];
  const saved = formatCoin(plan.saved, coin, { locale, maxPlaces: 8, rounding: 'down' });
  return [
    line(
      words('One order a price level would save'),
      saved,
      words('by the command Borrow Across Price Levels'),
    ),
  ];
}

function line(label: Words, figure: string, ...notes: readonly Words[]): ReviewLine {
  return { label, before: figure, after: figure, notes, isWarning: false };
}

/** A line of words. */
function remark(label: Words, ...notes: readonly Words[]): ReviewLine {
  return { label, before: undefined, after: undefined, notes, isWarning: false };
}
