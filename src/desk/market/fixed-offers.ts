import type { Offers } from '../cost/cost';
import { isNoMarket, orderBooks } from '../questions/fixed';
import type { Topic } from './topic';

const MINUTE_MS = 60_000;

/** What lenders offer of a coin, by term, as deep as the exchange tells it; nothing where there is no market. */
export function fixedOffers(coin: string): Topic<Offers> {
  return {
    key: `fixed offers ${coin}`,
    life: MINUTE_MS,
    read: (exchange, { signal }) =>
      orderBooks(coin, 'offers')(exchange, signal).catch((error: unknown): Offers => {
        if (isNoMarket(error)) return new Map();
        throw error;
      }),
  };
}
