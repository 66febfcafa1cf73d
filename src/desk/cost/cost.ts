import { TERMS, type Term } from '../../bybit/common';
import { type Decimal, decimal, gt, lt, mul, ONE, round, sub, ZERO } from '../../bybit/decimal';
import { breakEvenDays, termInterest } from '../fixed/interest';
import { fillAtOnce, type OrderBook } from '../fixed/order-book';
import { annualToHourly } from '../interest';
import { growth } from '../interest-runway';
import type { RateRow } from '../rates';
import type { Prices } from '../snapshot';
import { amountIn, type CostAsk } from './ask';

/** What one way to borrow costs. */
export interface Option {
  /** Annual fraction that it is reckoned with. */
  readonly annualRate: Decimal;
  /** Interest in the coin. */
  readonly interest: Decimal;
  /** The same in US dollars; undefined where no price is known. */
  readonly usd: Decimal | undefined;
  /** Terms taken one after another to last as long as asked; 1 for a flexible loan. */
  readonly rounds: number;
  /** What the offers would fill at once, where they were read and do not cover the amount. */
  readonly covered: Covered | undefined;
  /** Offers of the term were not read: it is reckoned with the best rate, and costs as much or more. */
  readonly isUnread: boolean;
  /** The exchange takes no such amount: less than this least one, or more than that largest one, in the coin. */
  readonly outside: Outside | undefined;
}

/** What of an amount is offered, in the coin. */
export interface Covered {
  readonly amount: Decimal;
  /** More may be offered: the exchange did not tell all offers. */
  readonly isLeast: boolean;
}

/** The bound that an amount breaks, in the coin. */
export type Outside = { readonly least: Decimal } | { readonly most: Decimal };

/** Least and largest loan, in the coin; undefined where there is none. */
export interface Bounds {
  readonly least: Decimal | undefined;
  readonly most: Decimal | undefined;
}

export interface Costs {
  /** In the coin, worth what was asked for. */
  readonly amount: Decimal;
  readonly usd: Decimal | undefined;
  readonly flexible: Option | undefined;
  readonly terms: Readonly<Record<Term, Option | undefined>>;
  /**
   * The way with the least interest among those that can be had; the flexible one of two alike. Undefined also where a term
   * whose offers were not read may cost less.
   */
  readonly cheapest: 'flexible' | Term | undefined;
  /**
   * The cheapest fixed way that can be had, and after how many days it has cost less than the flexible one would; undefined
   * where either cannot be had, or where a term whose offers were not read may be the cheapest.
   */
  readonly breakEven: { readonly term: Term; readonly days: Decimal } | undefined;
}

/** The offers of a coin by term; without a book nobody offers at the term. */
export type Offers = ReadonlyMap<Term, OrderBook>;

const HOURS_A_DAY = 24;
const NO_OFFERS: Pick<OrderBook, 'side' | 'levels'> = { side: 'offers', levels: [] };

/**
 * What borrowing a coin for some days costs at today's rates (formulae.md, "Flexible interest", "Fixed interest"). Flexible
 * interest compounds hourly. A fixed term is paid as a whole: longer than asked it costs all of it, shorter than asked it
 * is taken anew as often as needed, at the same rate. Where offers are known, an order pays the worst rate it touches;
 * else the best rate that is shown. Each way is reckoned with the nearest amount that it can be asked for. Without `offers`
 * they were not read. Undefined where the amount cannot be told.
 */
export function costsOf(row: RateRow, ask: CostAsk, prices: Prices, offers?: Offers): Costs | undefined {
  const amount = amountIn(row.coin, placesOf(row), ask, prices);
  if (amount === undefined) return undefined;
  const price = prices.get(row.coin);
  const inUsd = (value: Decimal) => (price === undefined ? undefined : mul(value, price));
  const flexible = flexibleOption(row, amount, ask.days, inUsd);
  const terms = {} as Record<Term, Option | undefined>;
  for (const term of TERMS) terms[term] = termOption({ row, term, amount, ask, inUsd, offers });
  const cheapestTerm = cheapestTermOf(terms);
  return {
    amount,
    usd: inUsd(amount),
    flexible,
    terms,
    cheapest: cheapestOf(flexible, terms, cheapestTerm),
    breakEven: breakEvenOf(flexible, terms, cheapestTerm),
  };
}

/** Decimals of the finest loan that is given of the coin. */
function placesOf({ flexibleBorrowable, fixedBorrowable, accuracy, fixedAccuracy }: RateRow): number {
  if (!fixedBorrowable) return accuracy;
  return flexibleBorrowable ? Math.max(accuracy, fixedAccuracy) : fixedAccuracy;
}

/** By rate and days: they are asked for again with every price that moves. */
const factors = new Map<string, Decimal>();
const MOST_FACTORS = 10_000;

/** What a flexible debt grows to in so many days at an annual rate, times itself. */
function factorOf(annualRate: Decimal, days: number): Decimal {
  const key = `${annualRate} ${days}`;
  const known = factors.get(key);
  if (known !== undefined) return known;
  if (factors.size >= MOST_FACTORS) factors.clear();
  const factor = growth(annualToHourly(annualRate), days * HOURS_A_DAY);
  factors.set(key, factor);
  return factor;
}

function flexibleOption(
  row: RateRow,
  asked: Decimal,
  days: number,
  inUsd: (value: Decimal) => Decimal | undefined,
): Option | undefined {
  const amount = round(asked, row.accuracy, 'half');
  if (row.flexible === undefined || !row.flexibleBorrowable || amount === ZERO) return undefined;
  const factor = factorOf(row.flexible, days);
  const interest = mul(amount, sub(factor, ONE));
  return {
    annualRate: row.flexible,
    interest,
    usd: inUsd(interest),
    rounds: 1,
    covered: undefined,
    isUnread: false,
    outside: outsideOf(amount, { least: row.minimum, most: row.maximum }),
  };
}

interface TermAsk {
  readonly row: RateRow;
  readonly term: Term;
  readonly amount: Decimal;
  readonly ask: CostAsk;
  readonly inUsd: (value: Decimal) => Decimal | undefined;
  readonly offers: Offers | undefined;
}

function termOption({ row, term, amount: asked, ask, inUsd, offers }: TermAsk): Option | undefined {
  const amount = round(asked, row.fixedAccuracy, 'half');
  const book = offers?.get(term);
  // Of a term of which nothing could be seen nothing is known.
  const isUnseen = book?.isCut === true && book.levels.length === 0;
  const fill = offers === undefined || isUnseen ? undefined : fillAtOnce(book ?? NO_OFFERS, amount);
  const annualRate = fill?.clearingRate ?? row.terms[term];
  if (annualRate === undefined || !row.fixedBorrowable || amount === ZERO) return undefined;
  const rounds = Math.ceil(ask.days / Number(term));
  const once = termInterest({ amount, annualRate, days: decimal(term) });
  const interest = mul(once, decimal(String(rounds)));
  return {
    annualRate,
    interest,
    usd: inUsd(interest),
    rounds,
    covered:
      fill !== undefined && gt(fill.rest, ZERO)
        ? { amount: fill.filled, isLeast: book?.isCut === true }
        : undefined,
    isUnread: fill === undefined,
    outside: outsideOf(amount, { least: row.fixedMinimum, most: row.maximum }),
  };
}

/** Whether the exchange gives a loan of the amount, and which bound it breaks where not. */
export function outsideOf(amount: Decimal, { least, most }: Bounds): Outside | undefined {
  if (least !== undefined && lt(amount, least)) return { least };
  if (most !== undefined && gt(amount, most)) return { most };
  return undefined;
}

/** Whether it is known that it can be had as asked. */
function isOpen(option: Option | undefined): option is Option {
  return option?.isUnread === false && option.covered === undefined && option.outside === undefined;
}

/** Whether offers may let it be had as asked, at no less than its interest. */
function isUnknown(option: Option | undefined): option is Option {
  return option?.isUnread === true && option.outside === undefined;
}

function leastOf(
  terms: Costs['terms'],
  counts: (option: Option | undefined) => option is Option,
): { readonly term: Term; readonly interest: Decimal } | undefined {
  let least: { readonly term: Term; readonly interest: Decimal } | undefined;
  for (const term of TERMS) {
    const option = terms[term];
    if (!counts(option)) continue;
    if (least === undefined || lt(option.interest, least.interest)) {
      least = { term, interest: option.interest };
    }
  }
  return least;
}

/** The cheapest that can be had, where none may be cheaper. */
function cheapestTermOf(terms: Costs['terms']): Term | undefined {
  const least = leastOf(terms, isOpen);
  return least !== undefined && mayCostLess(terms, least.interest) ? undefined : least?.term;
}

/** Whether a term of which offers were not read may cost less than that. */
function mayCostLess(terms: Costs['terms'], interest: Decimal): boolean {
  const unknown = leastOf(terms, isUnknown);
  return unknown !== undefined && lt(unknown.interest, interest);
}

function cheapestOf(
  flexible: Option | undefined,
  terms: Costs['terms'],
  term: Term | undefined,
): Costs['cheapest'] {
  const fixed = term === undefined ? undefined : terms[term];
  if (!isOpen(flexible)) return term;
  if (fixed === undefined) return mayCostLess(terms, flexible.interest) ? undefined : 'flexible';
  return lt(fixed.interest, flexible.interest) ? term : 'flexible';
}

function breakEvenOf(
  flexible: Option | undefined,
  terms: Costs['terms'],
  term: Term | undefined,
): Costs['breakEven'] {
  const annualRate = term === undefined ? undefined : terms[term]?.annualRate;
  if (term === undefined || annualRate === undefined || !isOpen(flexible)) return undefined;
  const days = breakEvenDays({ annualRate, days: decimal(term) }, flexible.annualRate);
  return days === undefined ? undefined : { term, days };
}
