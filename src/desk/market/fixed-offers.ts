import type { Offers } from '../cost/cost';
import { orderBooks } from '../questions/fixed';
import type { Topic } from './topic';

const MINUTE_MS = 60_000;

/** What lenders offer of a coin, by term, as deep as the exchange tells it. */
export function fixedOffers(coin: string): Topic<Offers> {
  return {
    key: `fixed offers ${coin}`,
    life: MINUTE_MS,
    read: (exchange, { signal }) => orderBooks(coin, 'offers')(exchange, signal),
  };
}
