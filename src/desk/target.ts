import { type Decimal, div, gt, lt, lte, max, mul, sub, ZERO } from '../bybit/decimal';
import type { Book, CoinAmount, Debt } from './book';
import { pledge, release, repayableOf, settleDebt } from './change';
import { additionFor, repaymentFor, saleFor } from './cure';
import { MOST_SALE_USD } from './limits';
import type { PoolName } from './pools/pool';
import { ltvOf, pledgedOf, totals } from './risk';

/** A fixed contract, which is repaid in full or not at all. */
export interface Contract extends CoinAmount {
  readonly record: string;
}

/** One deed that brings a pool's LTV to a target or under it. Amounts are in the coin. */
export interface Way {
  /** Repay out of the wallet, a contract in full, pledge more, or repay by selling what is pledged. */
  readonly kind: 'repay' | 'repayInFull' | 'add' | 'sell';
  /** What is repaid, or pledged. */
  readonly coin: string;
  /** What is sold for it. */
  readonly sold: string | undefined;
  /** The contract. */
  readonly record: string | undefined;
  readonly amount: Decimal;
  /** What the wallet lacks of it; undefined where it suffices or is not asked. */
  readonly short: Decimal | undefined;
  /** More than the exchange sells at a time (148047). */
  readonly isTooLarge: boolean;
  /** The LTV after it; undefined where nothing is owed any more. */
  readonly ltv: Decimal | undefined;
}

export interface Ways {
  /** Whether the LTV is at the target or under it already; then there are no ways. */
  readonly isThere: boolean;
  /** Those that the wallet covers first; within them repaying, pledging, selling. */
  readonly ways: readonly Way[];
  /** Coins of which no amount does it alone. */
  readonly tooLittle: readonly { readonly kind: Way['kind']; readonly coin: string }[];
}

export interface TargetOptions {
  readonly pool: PoolName;
  readonly book: Book;
  /** Fixed contracts of the pool. */
  readonly contracts: readonly Contract[];
}

/**
 * Every single deed that brings the LTV of a pool to `target`, a fraction above 0, or under it. Of sales the fee is not
 * published and taken as none. A risk unit's collateral is its wallet, so there is nothing to pledge or sell for it.
 */
export function waysTo(target: Decimal, options: TargetOptions): Ways {
  const { pool, book } = options;
  const { debt, collateral } = totals(book);
  if (!gt(target, ZERO) || lte(debt, mul(target, collateral)))
    return { isThere: true, ways: [], tooLittle: [] };
  const found = [
    ...repayments(target, options),
    ...(pool === 'institutional' ? [] : additions(target, options)),
    ...(pool === 'shared' ? sales(target, book) : []),
  ];
  const ways = found.filter((one): one is Way => 'amount' in one);
  return {
    isThere: false,
    ways: ways.filter(isReady).concat(ways.filter((way) => !isReady(way))),
    tooLittle: found.filter((one) => !('amount' in one)),
  };
}

/** Whether it can be done as it is. */
function isReady({ short, isTooLarge }: Way): boolean {
  return short === undefined && !isTooLarge;
}

type Found = Way | Ways['tooLittle'][number];

function repayments(target: Decimal, { book, contracts }: TargetOptions): readonly Found[] {
  const debts = book.debts.filter(({ system }) => system !== 'fixed');
  return [
    ...debts.map((debt) => repayment(target, book, debt)),
    ...contracts.flatMap((one) => inFull(target, book, one)),
  ];
}

function repayment(target: Decimal, book: Book, debt: Debt): Found {
  const { coin, system } = debt;
  const amount = repaymentFor(book, coin, target);
  // Of a coin owed in two systems one debt alone may be too little.
  if (amount === undefined || gt(amount, repayableOf(debt))) return { kind: 'repay', coin };
  const after = settleDebt(book, { system, coin, amount });
  return way({ kind: 'repay', coin, amount, short: lack(book, coin, amount), ltv: ltvOf(after) });
}

function inFull(target: Decimal, book: Book, { coin, amount, record }: Contract): Found {
  const least = repaymentFor(book, coin, target);
  if (least === undefined || lt(amount, least)) return { kind: 'repayInFull', coin };
  const after = settleDebt(book, { system: 'fixed', coin, amount });
  return way({
    kind: 'repayInFull',
    coin,
    record,
    amount,
    short: lack(book, coin, amount),
    ltv: ltvOf(after),
  });
}

/** Of a legacy loan only the coin it is backed by; of the shared pool every coin that lies in the wallet or is pledged. */
function additions(target: Decimal, { pool, book }: TargetOptions): readonly Found[] {
  const pledged = book.collateral.map(({ coin }) => coin);
  const coins = pool === 'legacy' ? pledged : [...new Set([...pledged, ...book.wallet.keys()])];
  return coins
    .filter((coin) => book.bands.has(coin) && book.prices.has(coin))
    .map((coin): Found => {
      const amount = additionFor(book, coin, target);
      if (amount === undefined) return { kind: 'add', coin };
      const after = pledge(book, [{ coin, amount }]);
      return way({ kind: 'add', coin, amount, short: lack(book, coin, amount), ltv: ltvOf(after) });
    });
}

function sales(target: Decimal, book: Book): readonly Found[] {
  const debts = book.debts.filter(({ system }) => system === 'flexible');
  return debts.flatMap(({ coin, amount: owed }) =>
    book.collateral.flatMap(({ coin: sold }): readonly Found[] => {
      const amount = saleFor(book, { debtCoin: coin, soldCoin: sold, fee: ZERO }, target);
      if (amount === undefined || gt(amount, owed)) return [];
      const usd = mul(amount, book.prices.get(coin) ?? ZERO);
      const ltv = ltvOf(soldFor(book, coin, sold, amount));
      return [way({ kind: 'sell', coin, sold, amount, isTooLarge: !lt(usd, MOST_SALE_USD), ltv })];
    }),
  );
}

/** The book once pledged coins were sold to repay so much, without a fee. */
function soldFor(book: Book, coin: string, sold: string, amount: Decimal): Book {
  const usd = mul(amount, book.prices.get(coin) ?? ZERO);
  const price = book.prices.get(sold) ?? ZERO;
  const taken = price === ZERO ? ZERO : div(usd, price, 40, 'up');
  const held = pledgedOf(book, sold);
  return settleDebt(release(book, sold, lt(held, taken) ? held : taken), {
    system: 'flexible',
    coin,
    amount,
  });
}

function lack(book: Book, coin: string, amount: Decimal): Decimal | undefined {
  const missing = max(ZERO, sub(amount, book.wallet.get(coin) ?? ZERO));
  return gt(missing, ZERO) ? missing : undefined;
}

function way(known: Pick<Way, 'kind' | 'coin' | 'amount' | 'ltv'> & Partial<Way>): Way {
  return { sold: undefined, record: undefined, short: undefined, isTooLarge: false, ...known };
}
