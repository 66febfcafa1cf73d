import { type Decimal, gt, max, min, sub, ZERO } from '../../bybit/decimal';
import type { Wallet } from '../snapshot';
import type { Loan } from './loan';

/** One due date of an account. */
export interface Rung {
  readonly loan: Loan;
  /** Epoch milliseconds of the exchange. */
  readonly due: number;
  /**
   * What the Funding wallet lacks to pay it once it has paid what is due before, in the coin; undefined where the wallet
   * suffices, was not read, or is not asked (a loan that becomes a flexible one by itself).
   */
  readonly short: Decimal | undefined;
}

/** Loans with a due date, overdue ones first of all, then the soonest, each against what the wallet will have left. */
export function dueLadder(loans: readonly Loan[], wallet: Wallet | undefined): readonly Rung[] {
  const left = new Map(wallet);
  return loans
    .flatMap((loan) => (loan.due === undefined ? [] : [{ loan, due: loan.due }]))
    .sort(
      (a, b) => Number(b.loan.status === 'overdue') - Number(a.loan.status === 'overdue') || a.due - b.due,
    )
    .map(({ loan, due }): Rung => {
      const isAsked = loan.status === 'overdue' || loan.atMaturity !== 'toFlexible';
      if (!isAsked || wallet === undefined) return { loan, due, short: undefined };
      const free = left.get(loan.coin) ?? ZERO;
      left.set(loan.coin, max(ZERO, sub(free, min(free, loan.owed))));
      const lack = sub(loan.owed, free);
      return { loan, due, short: gt(lack, ZERO) ? lack : undefined };
    });
}
