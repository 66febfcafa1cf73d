import type { LoanableCoin, Term } from '../../bybit/common';
import type { Decimal } from '../../bybit/decimal';
import type { Exchange } from '../../bybit/exchange';
import type { OrderBook, Side } from '../fixed/order-book';
import { readCoins } from '../parts/coins';
import { isNoMarket, orderBooks } from '../questions/fixed';
import type { Reading, Topic } from './topic';

/** What waits on one side of the fixed market of one coin. */
export interface CoinBooks {
  readonly coin: string;
  /** Least order, in the coin. */
  readonly least: Decimal | undefined;
  /** By term, as deep as the exchange tells it; terms without an order are left out. */
  readonly books: ReadonlyMap<Term, OrderBook>;
  /** When it was read, local epoch milliseconds. */
  readonly at: number;
}

/** By coin, in the order of the exchange; coins that were not read yet are left out. */
export type BooksByCoin = ReadonlyMap<string, CoinBooks>;

const LIFE_MS = 5 * 60_000;
/** What a reading that was given up has read is not read again within this time. */
const FRESH_MS = LIFE_MS / 2;
/** Requests under way at a time: others who ask the same endpoint wait for these at most. */
const AT_A_TIME = 3;
const TELL_MS = 1_000;

/**
 * One side of the fixed market of every coin that has one. The exchange tells it coin by coin, so this takes a while: what is
 * read is told as it comes, a reading that fails or is given up goes on where it ended, and the first failure ends it.
 */
export function coinByCoin(key: string, side: Side): Topic<BooksByCoin> {
  return {
    key,
    life: LIFE_MS,
    isLong: true,
    read: async (exchange, reading) => {
      const list = await readCoins({ exchange, vipLevel: 'VIP0' });
      const coins = list.filter(({ fixedBorrowable }) => fixedBorrowable);
      const found = new Map(reading.before);
      const isFresh = ({ currency }: LoanableCoin) =>
        (found.get(currency)?.at ?? Number.NEGATIVE_INFINITY) > reading.now() - FRESH_MS;
      const queue = coins.filter((coin) => !isFresh(coin));
      let told = reading.now();
      const tell = () => {
        told = reading.now();
        reading.tell(inOrder(coins, found));
      };
      try {
        await atATime(queue, async (coin) => {
          found.set(coin.currency, await booksOf(coin, side, exchange, reading));
          if (reading.now() - told >= TELL_MS) tell();
        });
      } finally {
        tell();
      }
      return inOrder(coins, found);
    },
  };
}

async function booksOf(
  { currency, minFixedBorrowingAmount }: LoanableCoin,
  side: Side,
  exchange: Exchange,
  { signal, now }: Reading<BooksByCoin>,
): Promise<CoinBooks> {
  const books = await orderBooks(currency, side)(exchange, signal).catch((error: unknown) => {
    if (isNoMarket(error)) return new Map<Term, OrderBook>();
    throw error;
  });
  return { coin: currency, least: minFixedBorrowingAmount, books, at: now() };
}

function inOrder(coins: readonly LoanableCoin[], found: BooksByCoin): BooksByCoin {
  return new Map(
    coins.flatMap(({ currency }) => {
      const books = found.get(currency);
      return books === undefined ? [] : [[currency, books] as const];
    }),
  );
}

/** Does it with each, a few at a time. Once one has failed no further one is begun; rejects when those begun have ended. */
async function atATime<T>(queue: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = queue.values();
  let failure: { readonly error: unknown } | undefined;
  const worker = async () => {
    for (const one of rest) {
      if (failure !== undefined) return;
      try {
        await work(one);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  if (failure !== undefined) throw failure.error;
}
