import type { Term } from '../../bybit/common';
import type { Decimal } from '../../bybit/decimal';
import type { CoinAmount } from '../book';

/** Operations on fixed terms, by kind, with their parameters. Amounts are in the coin, rates annual fractions. */
export interface FixedKinds {
  /** Place a borrow order: it is matched within a minute as far as there are offers, and waits with the rest. */
  readonly 'fixed.borrow': {
    readonly coin: string;
    readonly amount: Decimal;
    /** The highest that is accepted. */
    readonly annualRate: Decimal;
    readonly term: Term;
    readonly atMaturity: 'repay' | 'toFlexible';
    /** Fill it at once in full or not at all. */
    readonly allOrNothing: boolean;
    /** Pledged with the order, out of the Funding wallet. */
    readonly collateral: readonly CoinAmount[];
  };
  /** End the open rest of a borrow order. */
  readonly 'fixed.cancelBorrow': {
    readonly orderId: string;
    readonly coin: string;
    /** What was open when it was asked for. */
    readonly rest: Decimal;
  };
  /** Repay from the Funding wallet, always in full: one contract, or all of a coin. */
  readonly 'fixed.repay': {
    readonly coin: string;
    /** The contracts meant: the one, or all that were open in the coin when it was asked for. */
    readonly loanIds: readonly string[];
    /** All of the coin in one request; then `loanIds` are what the person saw. */
    readonly all: boolean;
    /** What was owed on them. */
    readonly amount: Decimal;
  };
  /** Repay by selling pledged coins, in part or in full. */
  readonly 'fixed.repayWithCollateral': {
    readonly coin: string;
    /** In the coin of the debt. */
    readonly amount: Decimal;
    readonly collateralCoins: readonly string[];
    /** The contract; without one the nearest maturity is paid first. */
    readonly loanId?: string | undefined;
  };
  /** Borrow again what was repaid on a contract. */
  readonly 'fixed.renew': {
    readonly loanId: string;
    readonly coin: string;
    /** What was repaid of it. */
    readonly amount: Decimal;
    readonly collateral: readonly CoinAmount[];
  };
  /** Place a supply order: its money leaves the source at once. */
  readonly 'fixed.supply': {
    readonly coin: string;
    readonly amount: Decimal;
    /** The lowest that is accepted. */
    readonly annualRate: Decimal;
    readonly term: Term;
    readonly source: 'funding' | 'earn' | 'both';
  };
  /** End the open rest of a supply order. */
  readonly 'fixed.cancelSupply': {
    readonly orderId: string;
    readonly coin: string;
    readonly rest: Decimal;
    /** Where money that came from Earn goes; the rest goes to the Funding wallet. */
    readonly refundTo: 'funding' | 'earn';
  };
}
