import type { Term } from '../../bybit/terms';
import type { OrderBook } from '../fixed/order-book';
import { orderBooks } from '../questions/fixed';
import type { Topic } from './topic';

/** What waits on the fixed market of a coin, by term; terms without an order are left out. */
export interface FixedMarket {
  /** Of lenders. */
  readonly offers: ReadonlyMap<Term, OrderBook>;
  /** Of borrowers. */
  readonly demand: ReadonlyMap<Term, OrderBook>;
}

const MINUTE_MS = 60_000;

/** Both sides of the fixed market of a coin at every term, as deep as the exchange tells it. */
export function fixedMarket(coin: string): Topic<FixedMarket> {
  return {
    key: `fixed market ${coin}`,
    life: MINUTE_MS,
    read: async (exchange) => {
      const [offers, demand] = await Promise.all([
        orderBooks(coin, 'offers')(exchange, undefined),
        orderBooks(coin, 'demand')(exchange, undefined),
      ]);
      return { offers, demand };
    },
  };
}
