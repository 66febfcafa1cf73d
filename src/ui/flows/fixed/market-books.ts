import { TERMS, type Term } from '../../../bybit/common';
import { add, type Decimal, ZERO } from '../../../bybit/decimal';
import { BybitError } from '../../../bybit/errors';
import { words } from '../../../bybit/words';
import type { Level, OrderBook, Side } from '../../../desk/fixed/order-book';
import type { Desk } from '../../../desk/operation';
import { orderBooks } from '../../../desk/questions/fixed';
import type { Step } from '../../flow/walk';
import type { Host } from '../host';

/** The order books of the coin that a flow is about, as read last. */
export class MarketBooks {
  readonly side: Side;
  readonly #desk: Pick<Desk, 'ask'>;
  #read: { readonly coin: string; readonly byTerm: ReadonlyMap<Term, OrderBook> } | undefined;

  constructor(desk: Pick<Desk, 'ask'>, side: Side) {
    this.#desk = desk;
    this.side = side;
  }

  /** Reads the books of a coin. Rejects as the calls do. */
  async read(coin: string): Promise<void> {
    this.#read = { coin, byTerm: await this.#desk.ask(orderBooks(coin, this.side)) };
  }

  isRead(coin: string): boolean {
    return this.#read?.coin === coin;
  }

  /** The book of a term; one without orders where nobody waits, or it was not read. */
  book(coin: string, term: Term): OrderBook {
    const known = this.#read?.coin === coin ? this.#read.byTerm.get(term) : undefined;
    return known ?? { coin, term, side: this.side, levels: [] };
  }

  /** Every term with what waits there. */
  terms(coin: string): readonly OrderBook[] {
    return TERMS.map((term) => this.book(coin, term));
  }
}

/** All that waits in a book, in the coin. */
export function waiting(levels: readonly Level[]): Decimal {
  return add(...levels.map(({ amount }) => amount), ZERO);
}

/** The step, with the books of its coin read before it asks; what stops that is said one step before. */
export function withBooks<C>(
  step: Step<C>,
  host: Host,
  of: (context: C) => { readonly market: MarketBooks; readonly coin: string | undefined },
): Step<C> {
  return {
    id: step.id,
    ask: async (context, asker, frame) => {
      const { market, coin } = of(context);
      if (coin !== undefined && !market.isRead(coin)) {
        try {
          await host.asker.during(words('Reading the market'), () => market.read(coin));
        } catch (error) {
          if (!(error instanceof BybitError)) throw error;
          return { kind: 'back', notice: { severity: 'error', words: error.words } };
        }
      }
      return step.ask(context, asker, frame);
    },
  };
}
