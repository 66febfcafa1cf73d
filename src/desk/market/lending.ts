import { type BooksByCoin, type CoinBooks, coinByCoin } from './coin-by-coin';
import type { Topic } from './topic';

/** What a lender finds of one coin: what borrowers ask for. */
export type CoinDemand = CoinBooks;
export type Lending = BooksByCoin;

/** What borrowers ask for of every coin with fixed terms. */
export const lending: Topic<Lending> = coinByCoin('lending', 'demand');
