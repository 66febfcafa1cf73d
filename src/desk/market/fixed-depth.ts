import type { Term } from '../../bybit/terms';
import type { OrderBook } from '../fixed/order-book';
import { orderBook } from '../questions/fixed';
import type { Topic } from './topic';

/** Both sides of the fixed market of one coin and term. */
export interface FixedDepth {
  readonly offers: OrderBook;
  readonly demand: OrderBook;
}

const MINUTE_MS = 60_000;

/** What waits on the fixed market of a coin for a term, as far as one answer a side shows it. */
export function fixedDepth(coin: string, term: Term): Topic<FixedDepth> {
  return {
    key: `fixed depth ${term} ${coin}`,
    life: MINUTE_MS,
    read: async (exchange) => {
      const [offers, demand] = await Promise.all([
        orderBook(coin, term, 'offers')(exchange, undefined),
        orderBook(coin, term, 'demand')(exchange, undefined),
      ]);
      return { offers, demand };
    },
  };
}
