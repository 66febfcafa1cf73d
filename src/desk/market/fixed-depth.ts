import type { Term } from '../../bybit/terms';
import type { OrderBook } from '../fixed/order-book';
import { isNoMarket, orderBook } from '../questions/fixed';
import type { Topic } from './topic';

/** Both sides of the fixed market of one coin and term. */
export interface FixedDepth {
  readonly offers: OrderBook;
  readonly demand: OrderBook;
}

const MINUTE_MS = 60_000;

/** What waits on the fixed market of a coin for a term, as far as one answer a side shows it; nothing where there is none. */
export function fixedDepth(coin: string, term: Term): Topic<FixedDepth> {
  return {
    key: `fixed depth ${term} ${coin}`,
    life: MINUTE_MS,
    read: async (exchange, { signal }) => {
      const side = (name: OrderBook['side']) =>
        orderBook(
          coin,
          term,
          name,
        )(exchange, signal).catch((error: unknown): OrderBook => {
          if (isNoMarket(error)) return { coin, term, side: name, levels: [] };
          throw error;
        });
      const [offers, demand] = await Promise.all([side('offers'), side('demand')]);
      return { offers, demand };
    },
  };
}
