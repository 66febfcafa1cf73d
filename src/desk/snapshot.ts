import type { KeyInfo } from '../bybit/account';
import type { CollateralCoins, LoanableCoin, LoanPosition, VipLevel } from '../bybit/common';
import type { Decimal } from '../bybit/decimal';
import type { FixedBorrowContract, FixedBorrowOrder, FixedRenewal } from '../bybit/fixed-borrow';
import type { FixedSupplyContract, FixedSupplyOrder } from '../bybit/fixed-supply';
import type { FlexibleLoan } from '../bybit/flexible';
import type { InsLoanOrder, InsRepayment, InsRiskUnit } from '../bybit/institutional';
import type { LegacyLoan } from '../bybit/legacy';
import type { LegacyCollateralCoin } from '../bybit/legacy-coins';
import type { Words } from '../bybit/words';

/** Why a part could not be read, in words fit for a row of a tree. */
export interface Failure {
  readonly words: Words;
  readonly advice: Words | undefined;
  /** "10003", "HTTP 403", "ECONNREFUSED"; undefined when there is none. */
  readonly code: string | undefined;
  /** Local epoch milliseconds. */
  readonly at: number;
}

/**
 * One part of what is known of an account. A failed read keeps the last good `value` with its `readAt`. All states
 * (never read, loading, good, stale with error, absent) can be told from the fields; see {@link isStale}.
 */
export interface Part<T> {
  readonly value: T | undefined;
  /** When `value` was read, local epoch milliseconds. */
  readonly readAt: number | undefined;
  /** The last read's failure; undefined after a good read. */
  readonly failure: Failure | undefined;
  readonly loading: boolean;
  /** The exchange says that the account has nothing of the kind (an institutional risk unit); no value then. */
  readonly absent?: true;
}

/** USD price of a coin by name, from spot tickers' index price (API.md, getSpotTickers); USDT is 1. */
export type Prices = ReadonlyMap<string, Decimal>;

/** Free balance of a wallet by coin (`transferBalance`). */
export type Wallet = ReadonlyMap<string, Decimal>;

/** A repayment that the exchange made for the account out of its collateral. */
export interface ForcedRepayment {
  readonly system: 'flexible' | 'fixed';
  readonly id: string;
  readonly coin: string;
  readonly amount: Decimal;
  /** Server time, epoch milliseconds. */
  readonly time: number;
  readonly why: 'liquidation' | 'delayedLiquidation' | 'overdue' | 'delisting';
}

/** The parts of an account, by name. Public parts need no key. */
export interface Parts {
  /** Public. Borrowable coins at the tier of the account, VIP0 without one. */
  readonly coins: readonly LoanableCoin[];
  /** Public. */
  readonly collateralRules: CollateralCoins;
  /** Public. */
  readonly prices: Prices;
  readonly key: KeyInfo;
  readonly position: LoanPosition;
  readonly flexibleLoans: readonly FlexibleLoan[];
  /** The Funding wallet. */
  readonly wallet: Wallet;
  /** Repayments of the new systems that the exchange took by selling collateral, the last ones, newest first. */
  readonly forcedRepayments: readonly ForcedRepayment[];
  /** Borrow orders that still match. */
  readonly fixedOrders: readonly FixedBorrowOrder[];
  /** Fixed loans, running and repaid, newest first. */
  readonly fixedContracts: readonly FixedBorrowContract[];
  readonly fixedRenewals: readonly FixedRenewal[];
  /** Supply orders that still match. */
  readonly supplyOrders: readonly FixedSupplyOrder[];
  /** Money lent for a term, running and redeemed, newest first. */
  readonly supplyContracts: readonly FixedSupplyContract[];
  readonly legacyLoans: readonly LegacyLoan[];
  /** Public. LTV lines of legacy loans by collateral coin, at the tier of the account. */
  readonly legacyRules: readonly LegacyCollateralCoin[];
  /** The institutional risk unit that the account belongs to. */
  readonly riskUnit: InsRiskUnit;
  readonly insOrders: readonly InsLoanOrder[];
  /** The last hundred. */
  readonly insRepayments: readonly InsRepayment[];
  /** The Unified wallet, out of which institutional loans are repaid. */
  readonly unifiedWallet: Wallet;
}

export type PartName = keyof Parts;

/** Everything known of one account at one moment; replaced as a whole, never changed in place. */
export interface Snapshot {
  readonly parts: { readonly [Name in PartName]: Part<Parts[Name]> };
  /** Tier used for `coins`. */
  readonly vipLevel: VipLevel;
}

/** Whether the last read failed, so that what is shown is the last good value (or nothing). */
export function isStale(part: Part<unknown>): boolean {
  return part.failure !== undefined;
}
