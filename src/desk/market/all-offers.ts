import { type BooksByCoin, coinByCoin } from './coin-by-coin';
import type { Topic } from './topic';

/** What lenders offer of every coin with fixed terms. */
export const allOffers: Topic<BooksByCoin> = coinByCoin('all offers', 'offers');
