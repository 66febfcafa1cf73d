import * as v from 'valibot';
import type { Term } from './common';
import { endpoint } from './endpoint';
import { amount, secondsOrMilliseconds, whole } from './schema';

/**
 * How the quotes are sorted and cut. `orderBy` and `sort` as the documentation writes them; the exchange's own command
 * line tool says `annualRate` and 1/2 (API.md §12).
 */
export interface QuoteRequest {
  readonly orderCurrency: string;
  readonly orderBy: 'apy' | 'term' | 'quantity';
  readonly term?: Term;
  /** 0 ascending, which is taken when left out; 1 descending. */
  readonly sort?: 0 | 1;
  /** 1 to 100; 10 when left out. There is no second page. */
  readonly limit?: number;
}

const quote = v.looseObject({
  orderCurrency: v.string(),
  /** Days. */
  term: whole,
  /** Annual fraction. */
  annualRate: amount,
  /** In the coin. */
  qty: amount,
});
/** Open orders of one coin, term and rate, added up. */
export type FixedQuote = v.InferOutput<typeof quote>;

/** What a lender looks at: open borrow orders. docs/v5/new-crypto-loan/fixed/supply-market. */
export const getFixedLendingMarket = endpoint<QuoteRequest>()({
  id: 'getFixedLendingMarket',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/supply-order-quote',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({ list: v.array(quote) }),
});

/** What a borrower looks at: open supply orders. docs/v5/new-crypto-loan/fixed/borrow-market. */
export const getFixedBorrowingMarket = endpoint<QuoteRequest>()({
  id: 'getFixedBorrowingMarket',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/borrow-order-quote',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({ list: v.array(quote) }),
});

/** What may be borrowed of a coin at a term and rate now: the smaller of the market's offers and the user's rest. */
export const getFixedAvailableInventory = endpoint<{
  readonly currency: string;
  readonly term: Term;
  /** Annual fraction. */
  readonly annualRate: string;
}>()({
  id: 'getFixedAvailableInventory',
  system: 'fixed',
  method: 'GET',
  path: '/v5/crypto-loan-fixed/available-inventory',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: v.looseObject({
    currency: v.string(),
    /** Days. */
    term: whole,
    annualRate: amount,
    availableInventory: amount,
    updateTime: secondsOrMilliseconds,
  }),
});
