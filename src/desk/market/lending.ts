import { TERMS, type Term } from '../../bybit/common';
import { type Decimal, gt } from '../../bybit/decimal';
import { type BooksByCoin, type CoinBooks, coinByCoin } from './coin-by-coin';
import type { Topic } from './topic';

/** What a lender finds of one coin: what borrowers ask for. */
export type CoinDemand = CoinBooks;
export type Lending = BooksByCoin;

/** What borrowers ask for of every coin with fixed terms. */
export const lending: Topic<Lending> = coinByCoin('lending', 'demand');

export interface Bid {
  readonly term: Term;
  /** Annual fraction, before the platform's share. */
  readonly rate: Decimal;
}

/** The highest rate that a borrower's order offers; the shorter term of two alike. Undefined where none is seen. */
export function bestBid({ books }: Pick<CoinDemand, 'books'>): Bid | undefined {
  let best: Bid | undefined;
  for (const term of TERMS) {
    const rate = books.get(term)?.levels[0]?.annualRate;
    if (rate !== undefined && (best === undefined || gt(rate, best.rate))) best = { term, rate };
  }
  return best;
}
