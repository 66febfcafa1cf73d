import * as v from 'valibot';
import { endpoint } from './endpoint';
import {
  amount,
  amountOrNone,
  id,
  milliseconds,
  optionalAmount,
  type PageRequest,
  page,
  whole,
} from './schema';

/** Tiers of the loan endpoints; `getApiKeyInfo` spells them differently (API.md §8). */
export const VIP_LEVELS = [
  'VIP0',
  'VIP1',
  'VIP2',
  'VIP3',
  'VIP4',
  'VIP5',
  'VIP99',
  'PRO1',
  'PRO2',
  'PRO3',
  'PRO4',
  'PRO5',
  'PRO6',
] as const;
export type VipLevel = (typeof VIP_LEVELS)[number];

export { TERMS, type Term } from './terms';

const loanableCoin = v.looseObject({
  currency: v.string(),
  vipLevel: v.string(),
  fixedBorrowable: v.boolean(),
  flexibleBorrowable: v.boolean(),
  fixedBorrowingAccuracy: whole,
  flexibleBorrowingAccuracy: whole,
  /** In the coin. */
  maxBorrowingAmount: amountOrNone,
  minFixedBorrowingAmount: amountOrNone,
  minFlexibleBorrowingAmount: amountOrNone,
  /** Annual fraction. */
  flexibleAnnualizedInterestRate: optionalAmount,
  annualizedInterestRate7D: optionalAmount,
  annualizedInterestRate14D: optionalAmount,
  annualizedInterestRate30D: optionalAmount,
  annualizedInterestRate60D: optionalAmount,
  annualizedInterestRate90D: optionalAmount,
  annualizedInterestRate180D: optionalAmount,
});
export type LoanableCoin = v.InferOutput<typeof loanableCoin>;

/** Borrowable coins with limits and current rates; docs/v5/new-crypto-loan/loan-coin. */
export const getLoanableCoins = endpoint<{ readonly vipLevel?: VipLevel; readonly currency?: string }>()({
  id: 'getLoanableCoins',
  system: 'common',
  method: 'GET',
  path: '/v5/crypto-loan-common/loanable-data',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({ list: v.array(loanableCoin) }),
});

const collateralCoins = v.looseObject({
  collateralRatioConfigList: v.array(
    v.looseObject({
      /** Comma-joined coins that share the ladder. */
      currencies: v.string(),
      /** Bands by USD value, marginal (API.md §6). */
      collateralRatioList: v.array(
        v.looseObject({ collateralRatio: amount, minValue: amount, maxValue: amountOrNone }),
      ),
    }),
  ),
  currencyLiquidationList: v.array(v.looseObject({ currency: v.string(), liquidationOrder: whole })),
});
export type CollateralCoins = v.InferOutput<typeof collateralCoins>;

/** Collateral coins, tiered ratios, liquidation order; docs/v5/new-crypto-loan/collateral-coin. */
export const getCollateralCoins = endpoint<{ readonly currency?: string }>()({
  id: 'getCollateralCoins',
  system: 'common',
  method: 'GET',
  path: '/v5/crypto-loan-common/collateral-data',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: collateralCoins,
});

/** Largest collateral withdrawal now, in the coin; docs/v5/new-crypto-loan/reduce-max-collateral-amt. */
export const getMaxCollateralReduction = endpoint<{ readonly currency: string }>()({
  id: 'getMaxCollateralReduction',
  system: 'common',
  method: 'GET',
  path: '/v5/crypto-loan-common/max-collateral-amount',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: v.looseObject({ maxCollateralAmount: amount }),
});

/** Largest loan of a coin with what is pledged and `collateralList` on top. A POST that changes nothing. */
export const calculateMaxLoan = endpoint<{
  readonly currency: string;
  readonly collateralList?: readonly { readonly ccy: string; readonly amount: string }[];
}>()({
  id: 'calculateMaxLoan',
  system: 'common',
  method: 'POST',
  path: '/v5/crypto-loan-common/max-loan',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: v.looseObject({
    currency: v.string(),
    maxLoan: amount,
    notionalUsd: amountOrNone,
    remainingQuota: amountOrNone,
  }),
});

/** "0" adds from the Funding wallet, "1" takes back to it; text in the request, a number in the history. */
export const Direction = { add: '0', reduce: '1' } as const;

/** Moves collateral in or out of the account's pool; docs/v5/new-crypto-loan/adjust-collateral. */
export const adjustCollateral = endpoint<{
  readonly currency: string;
  readonly amount: string;
  readonly direction: (typeof Direction)[keyof typeof Direction];
}>()({
  id: 'adjustCollateral',
  system: 'common',
  method: 'POST',
  path: '/v5/crypto-loan-common/adjust-ltv',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ adjustId: id }),
});

const adjustment = v.looseObject({
  adjustId: id,
  adjustTime: milliseconds,
  collateralCurrency: v.string(),
  amount,
  direction: whole,
  preLTV: amountOrNone,
  afterLTV: amountOrNone,
  status: whole,
});
export type Adjustment = v.InferOutput<typeof adjustment>;

/** Collateral movements, newest first; docs/v5/new-crypto-loan/ltv-adjust-history. */
export const getCollateralAdjustmentHistory = endpoint<
  PageRequest & { readonly adjustId?: string; readonly collateralCurrency?: string }
>()({
  id: 'getCollateralAdjustmentHistory',
  system: 'common',
  method: 'GET',
  path: '/v5/crypto-loan-common/adjustment-history',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: page(adjustment),
});

const loanPosition = v.looseObject({
  borrowList: v.array(
    v.looseObject({
      loanCurrency: v.string(),
      fixedTotalDebt: amountOrNone,
      fixedTotalDebtUSD: amountOrNone,
      /** Hourly fraction. */
      flexibleHourlyInterestRate: amountOrNone,
      flexibleTotalDebt: amountOrNone,
      flexibleTotalDebtUSD: amountOrNone,
    }),
  ),
  collateralList: v.array(
    /** `amountUSD` is the value after the tiered ratios. */
    v.looseObject({ currency: v.string(), amount, amountUSD: amountOrNone }),
  ),
  supplyList: v.array(v.looseObject({ currency: v.string(), amount, amountUSD: amountOrNone })),
  /** Fraction; none without a loan. */
  ltv: amountOrNone,
  totalCollateral: amountOrNone,
  totalDebt: amountOrNone,
  totalSupply: amountOrNone,
  /** "-1" unknown, "0" free, "1" near the platform limit, "2" adding collateral refused; absent in older answers. */
  colRes: v.optional(v.string()),
});
export type LoanPosition = v.InferOutput<typeof loanPosition>;

/** Debts, collateral, supply and LTV of the account; docs/v5/new-crypto-loan/crypto-loan-position. */
export const getLoanPosition = endpoint<Record<never, never>>()({
  id: 'getLoanPosition',
  system: 'common',
  method: 'GET',
  path: '/v5/crypto-loan-common/position',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: loanPosition,
});
