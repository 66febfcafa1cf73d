import { add, type Decimal, decimal, div, gt, mul, sub, ZERO } from '../../bybit/decimal';
import type { FixedBorrowContract } from '../../bybit/fixed-borrow';
import type { OperationKind } from '../operation';
import type { Snapshot } from '../snapshot';

/** A fixed loan of which something was repaid, which a renewal borrows again (API.md §12). */
export interface Renewable {
  readonly loanId: string;
  readonly coin: string;
  /** What was repaid of the principal and not renewed since, in the coin. */
  readonly amount: Decimal;
  /** Annual fraction. */
  readonly annualRate: Decimal;
  /** Days. */
  readonly term: number;
  /** Maturity of the old contract, epoch milliseconds. */
  readonly due: number;
  readonly can: readonly OperationKind[];
}

const DAYS_A_YEAR = decimal('365');
/** More than any coin's amounts have (`fixedBorrowingAccuracy`), less than the interest's rounding disturbs. */
const PLACES = 8;

/**
 * The principal a contract began with. The exchange shows only what is left of it; the prepaid interest is principal x
 * rate x term / 365, rounded up at 18 decimals (API.md §6), so the principal follows from it.
 */
export function principalOf({
  interestPaid,
  annualRate,
  term,
  residualPrincipal,
}: FixedBorrowContract): Decimal {
  const perUnit = mul(annualRate, decimal(term));
  return gt(perUnit, ZERO) ? div(mul(interestPaid, DAYS_A_YEAR), perUnit, PLACES, 'half') : residualPrincipal;
}

/** Contracts that can be renewed, newest first; undefined while they were not read. */
export function renewables({ parts }: Snapshot): readonly Renewable[] | undefined {
  if (parts.fixedContracts.absent) return [];
  // What was renewed already would be offered again.
  const { value: renewals, failure, absent } = parts.fixedRenewals;
  if (failure !== undefined || (renewals === undefined && !absent)) return undefined;
  const renewed = new Map<string, Decimal>();
  for (const { loanId, amount } of renewals ?? []) {
    renewed.set(loanId, add(renewed.get(loanId) ?? ZERO, amount));
  }
  return parts.fixedContracts.value?.flatMap((row): readonly Renewable[] => {
    const repaid = sub(principalOf(row), row.residualPrincipal);
    const amount = sub(repaid, renewed.get(row.loanId) ?? ZERO);
    if (!gt(amount, ZERO)) return [];
    return [
      {
        loanId: row.loanId,
        coin: row.borrowCurrency,
        amount,
        annualRate: row.annualRate,
        term: row.term,
        due: row.repaymentTime,
        can: ['fixed.renew'],
      },
    ];
  });
}
