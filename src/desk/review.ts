import { add, type Decimal, ZERO } from '../bybit/decimal';
import type { Words } from '../bybit/words';
import type { Book } from './book';
import type { Finding, Operation, Review } from './operation';
import { deedOf } from './operations/registry';
import { type Pool, readAtOf } from './pools/pool';
import { figures } from './risk';
import type { Snapshot } from './snapshot';

/** The book once an operation has happened, at today's prices. */
export function bookAfter(operation: Operation, book: Book, snapshot: Snapshot): Book {
  return deedOf(operation).apply(book, snapshot);
}

export interface ReviewInput {
  readonly operation: Operation;
  readonly title: Words;
  /** The pool whose LTV the operation changes. */
  readonly pool: Pool;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
}

/** Before -> after of an operation at today's prices. Pure: the same input gives the same review. */
export function reviewOf({ operation, title, pool, snapshot, findings }: ReviewInput): Review {
  const { book, thresholds } = pool;
  const after = bookAfter(operation, book, snapshot);
  return {
    operation,
    title,
    pool: pool.name,
    before: figures(book, thresholds),
    after: figures(after, thresholds),
    changes: changesBetween(book, after),
    findings,
    thresholds,
    readAt: readAtOf({ grounds: [...pool.grounds, ...deedOf(operation).grounds] }, snapshot) ?? 0,
  };
}

function changesBetween(before: Book, after: Book): Review['changes'] {
  const sides = {
    debt: [sums(before.debts), sums(after.debts)],
    collateral: [sums(before.collateral), sums(after.collateral)],
    wallet: [before.wallet, after.wallet],
  } as const;
  return (['debt', 'collateral', 'wallet'] as const).flatMap((what) => {
    const [old, now] = sides[what];
    return [...new Set([...old.keys(), ...now.keys()])]
      .map((coin) => ({ what, coin, before: old.get(coin) ?? ZERO, after: now.get(coin) ?? ZERO }))
      .filter((change) => change.before !== change.after);
  });
}

function sums(rows: readonly { readonly coin: string; readonly amount: Decimal }[]): Map<string, Decimal> {
  const byCoin = new Map<string, Decimal>();
  for (const { coin, amount } of rows) byCoin.set(coin, add(byCoin.get(coin) ?? ZERO, amount));
  return byCoin;
}
