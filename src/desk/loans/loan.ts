import type { Decimal } from '../../bybit/decimal';
import type { CoinAmount } from '../book';
import type { OperationKind } from '../operation';
import type { Snapshot } from '../snapshot';

/** The systems in which an account can owe. */
export const LOAN_SYSTEMS = ['flexible', 'fixed', 'legacy', 'institutional'] as const;
export type LoanSystem = (typeof LOAN_SYSTEMS)[number];

/**
 * What happens to a loan at its due date: the exchange takes the money from the Funding wallet, turns the loan into a
 * flexible one, or does nothing, so that it becomes overdue unless it was repaid.
 */
export type AtMaturity = 'repay' | 'toFlexible' | 'nothing';

/** One running loan, whatever its system. Amounts are in the coin, times in epoch milliseconds (UTC). */
export interface Loan {
  readonly system: LoanSystem;
  /** Tells it from others of its system: the coin (flexible), the contract (fixed), the order (legacy, institutional). */
  readonly id: string;
  readonly coin: string;
  /** Everything unpaid: principal, interest and penalty. */
  readonly owed: Decimal;
  /** Undefined where the exchange does not tell principal and interest apart. */
  readonly principal: Decimal | undefined;
  /** Unpaid interest without penalty; 0 where it was paid in advance. */
  readonly interest: Decimal | undefined;
  /** Unpaid interest for being late. */
  readonly penalty: Decimal;
  /** Annual fraction, without compounding. */
  readonly annualRate: Decimal | undefined;
  /** Whether the rate moves with the market. */
  readonly isFloating: boolean;
  /** Interest of the whole term, paid at the start and not given back; fixed loans only. */
  readonly prepaid: Decimal | undefined;
  /** When it began; undefined where the exchange does not say. */
  readonly start: number | undefined;
  /** The exchange's own due date; undefined for loans without one. */
  readonly due: number | undefined;
  /** Days. */
  readonly term: number | undefined;
  readonly status: 'running' | 'overdue';
  readonly atMaturity: AtMaturity | undefined;
  /** Its own collateral, where it does not share the account's. */
  readonly collateral: CoinAmount | undefined;
  /** Its own LTV as the exchange shows it, a fraction; undefined where it shares one. */
  readonly ltv: Decimal | undefined;
  /** What can be done with it now. */
  readonly can: readonly OperationKind[];
}

/**
 * Running loans of one system in a snapshot; undefined while the parts it needs were not read. `now`, epoch
 * milliseconds, tells what is overdue where the exchange does not say.
 */
export type LoanSource = (snapshot: Snapshot, now: number) => readonly Loan[] | undefined;
