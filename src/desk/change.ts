import { add, type Decimal, div, lte, max, min, mul, sub, ZERO } from '../bybit/decimal';
import type { System } from '../bybit/endpoint';
import type { Book, CoinAmount, Debt } from './book';

/** What-ifs: functions from book to book. They change nothing in place and ask nothing; checks come before. */

/** More (or, negative, less) of a coin in the wallet. */
export function credit(book: Book, coin: string, amount: Decimal): Book {
  const wallet = new Map(book.wallet);
  wallet.set(coin, add(wallet.get(coin) ?? ZERO, amount));
  return { ...book, wallet };
}

/** Moves coins from the wallet into the pledge. */
export function pledge(book: Book, coins: readonly CoinAmount[]): Book {
  return coins.reduce((now, { coin, amount }) => {
    const taken = credit(now, coin, sub(ZERO, amount));
    return { ...taken, collateral: more(now.collateral, coin, amount) };
  }, book);
}

/** Moves a coin from the pledge back into the wallet. */
export function release(book: Book, coin: string, amount: Decimal): Book {
  const given = credit(book, coin, amount);
  return { ...given, collateral: more(book.collateral, coin, sub(ZERO, amount)) };
}

function more(held: readonly CoinAmount[], coin: string, amount: Decimal): CoinAmount[] {
  const known = held.some((row) => row.coin === coin);
  const rows = known
    ? held.map((row) => (row.coin === coin ? { ...row, amount: add(row.amount, amount) } : row))
    : [...held, { coin, amount }];
  return rows.filter((row) => row.amount !== ZERO);
}

/** A larger debt of a coin in a system. `hourlyRate` serves where there was none before. */
export function owe(
  book: Book,
  debt: { readonly system: System; readonly coin: string; readonly amount: Decimal },
  hourlyRate: Decimal | undefined,
): Book {
  const isSame = (row: Debt) => row.coin === debt.coin && row.system === debt.system;
  if (!book.debts.some(isSame)) {
    return { ...book, debts: [...book.debts, { ...debt, interest: ZERO, hourlyRate }] };
  }
  const debts = book.debts.map((row) =>
    isSame(row) ? { ...row, amount: add(row.amount, debt.amount) } : row,
  );
  return { ...book, debts };
}

/**
 * A smaller debt, interest first, never below nothing; of a risk unit's the principal alone. The wallet stays as it is.
 */
export function settleDebt(
  book: Book,
  debt: { readonly system: System; readonly coin: string; readonly amount: Decimal },
): Book {
  const debts = book.debts.flatMap((row) => {
    if (row.coin !== debt.coin || row.system !== debt.system) return [row];
    if (row.system === 'institutional') return withLessPrincipal(row, debt.amount);
    if (lte(row.amount, debt.amount)) return [];
    const interest = row.interest === undefined ? undefined : max(ZERO, sub(row.interest, debt.amount));
    return [{ ...row, amount: sub(row.amount, debt.amount), interest }];
  });
  return { ...book, debts };
}

/** Repayments of a risk unit are of principal (API.md §9): interest stays, and runs on the principal that is left. */
function withLessPrincipal(debt: Debt, paid: Decimal): Debt[] {
  const principal = repayableOf(debt);
  const left = max(ZERO, sub(principal, paid));
  const amount = sub(debt.amount, sub(principal, left));
  if (amount === ZERO) return [];
  const hourlyRate =
    debt.hourlyRate === undefined || principal === ZERO
      ? debt.hourlyRate
      : div(mul(debt.hourlyRate, debt.amount, left), mul(principal, amount));
  return [{ ...debt, amount, hourlyRate }];
}

/** What of a debt a repayment can take: all of it, but of a risk unit's only the principal. */
export function repayableOf({ system, amount, interest }: Debt): Decimal {
  return system === 'institutional' ? sub(amount, interest ?? ZERO) : amount;
}

/** What can be taken of a coin's pledge. */
export function pledgedAtMost(held: readonly CoinAmount[], coin: string, wanted: Decimal): Decimal {
  const amount = held.find((row) => row.coin === coin)?.amount ?? ZERO;
  return min(amount, wanted);
}
