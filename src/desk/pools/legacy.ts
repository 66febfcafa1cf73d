import { add, ONE, ZERO } from '../../bybit/decimal';
import type { LegacyLoan } from '../../bybit/legacy';
import type { LegacyCollateralCoin } from '../../bybit/legacy-coins';
import type { Book } from '../book';
import type { Snapshot } from '../snapshot';
import type { Pool } from './pool';

/** Collateral counts in full, whatever its value: the lines of the coin take the place of tiers (formulae.md). */
const IN_FULL = [{ from: ZERO, to: undefined, ratio: ONE }];

/**
 * A legacy loan with its collateral as a pool, at the snapshot's prices; undefined while loans or prices were not read
 * or there is no such loan. The wallet is the Funding wallet.
 */
export function legacyBook(snapshot: Snapshot, orderId: string): Book | undefined {
  const { prices, wallet } = snapshot.parts;
  const loan = legacyLoan(snapshot, orderId);
  if (loan === undefined || prices.value === undefined) return undefined;
  const { loanCurrency, collateralCurrency, totalDebt, residualInterest, residualPenaltyInterest } = loan;
  const interest = add(residualInterest, residualPenaltyInterest);
  return {
    debts: [
      {
        coin: loanCurrency,
        system: 'legacy',
        amount: add(totalDebt, interest),
        interest,
        hourlyRate: loan.hourlyInterestRate,
      },
    ],
    collateral: [{ coin: collateralCurrency, amount: loan.collateralAmount }],
    wallet: wallet.value ?? new Map(),
    prices: prices.value,
    bands: new Map([[collateralCurrency, IN_FULL]]),
  };
}

/**
 * As {@link legacyBook}, with the lines of its collateral coin. Where the rules do not name the coin, or were not read, all
 * lines are 1: that the collateral is worth no more than the debt is bad by any rule.
 */
export function legacyPool(snapshot: Snapshot, orderId: string): Pool | undefined {
  const book = legacyBook(snapshot, orderId);
  const loan = legacyLoan(snapshot, orderId);
  if (book === undefined || loan === undefined) return undefined;
  const rules = legacyLines(snapshot, loan);
  const liquidation = rules?.liquidationLTV ?? ONE;
  return {
    name: 'legacy',
    book,
    grounds: ['legacyLoans', 'legacyRules', 'prices', 'wallet'],
    thresholds: {
      initial: rules?.initialLTV ?? ONE,
      marginCall: rules?.marginCallLTV ?? ONE,
      delayedLiquidation: liquidation,
      liquidation,
    },
  };
}

/** A running legacy loan by its order. */
export function legacyLoan({ parts }: Snapshot, orderId: string): LegacyLoan | undefined {
  return parts.legacyLoans.value?.find((row) => row.orderId === orderId);
}

/** The row of a loan's collateral coin; undefined while the rules were not read or do not name it. */
export function legacyLines({ parts }: Snapshot, loan: LegacyLoan): LegacyCollateralCoin | undefined {
  return parts.legacyRules.value?.find((row) => row.currency === loan.collateralCurrency);
}
