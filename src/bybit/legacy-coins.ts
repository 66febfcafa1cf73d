import * as v from 'valibot';
import type { VipLevel } from './common';
import { endpoint } from './endpoint';
import { amount, amountOrNone, optionalAmount, whole } from './schema';

/** Rows of every tier, one list a tier: what the new system writes flat. */
function tiers<Coin>(coin: v.GenericSchema<unknown, Coin>) {
  return v.looseObject({
    vipCoinList: v.array(v.looseObject({ vipLevel: v.string(), list: v.array(coin) })),
  });
}

const collateralCoin = v.looseObject({
  /** Shown by the example, missing in the table (API.md §12). */
  currency: v.optional(v.string()),
  /** Decimals of a collateral amount. */
  collateralAccuracy: whole,
  /** Fractions: the highest LTV when borrowing, the margin call, the liquidation. */
  initialLTV: amount,
  marginCallLTV: amount,
  liquidationLTV: amount,
  /** In the coin. */
  maxLimit: amountOrNone,
});
export type LegacyCollateralCoin = v.InferOutput<typeof collateralCoin>;

/** LTV lines of legacy loans, by collateral coin and tier. docs/v5/crypto-loan/collateral-coin. */
export const getLegacyCollateralCoins = endpoint<{
  readonly vipLevel?: VipLevel;
  readonly currency?: string;
}>()({
  id: 'getLegacyCollateralCoins',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/collateral-data',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: tiers(collateralCoin),
});

const loanableCoin = v.looseObject({
  currency: v.string(),
  /** Decimals of a loan amount. */
  borrowingAccuracy: whole,
  /** Hourly fractions; none where not offered. */
  flexibleHourlyInterestRate: optionalAmount,
  hourlyInterestRate7D: optionalAmount,
  hourlyInterestRate14D: optionalAmount,
  hourlyInterestRate30D: optionalAmount,
  hourlyInterestRate90D: optionalAmount,
  hourlyInterestRate180D: optionalAmount,
  /** In the coin. */
  maxBorrowingAmount: amountOrNone,
  minBorrowingAmount: amountOrNone,
});
export type LegacyLoanableCoin = v.InferOutput<typeof loanableCoin>;

/** Loan coins of the legacy system with hourly rates. docs/v5/crypto-loan/loan-coin. */
export const getLegacyLoanableCoins = endpoint<{
  readonly vipLevel?: VipLevel;
  readonly currency?: string;
}>()({
  id: 'getLegacyLoanableCoins',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/loanable-data',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: tiers(loanableCoin),
});

/** The account's limits for a pair of coins, each in its coin. docs/v5/crypto-loan/acct-borrow-collateral. */
export const getLegacyAccountLimits = endpoint<{
  readonly loanCurrency: string;
  readonly collateralCurrency: string;
}>()({
  id: 'getLegacyAccountLimits',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/borrowable-collateralisable-number',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({
    loanCurrency: v.string(),
    collateralCurrency: v.string(),
    minLoanAmount: amount,
    maxLoanAmount: amount,
    minCollateralAmount: amount,
    maxCollateralAmount: amount,
  }),
});
