import * as v from 'valibot';
import { endpoint } from './endpoint';
import { productTerms } from './institutional-products';
import { amount, amountOrNone, id, milliseconds, optionalAmount, whole } from './schema';

/** A stretch of time in milliseconds, two years back at the most. There is no cursor: page by shrinking `endTime`. */
export interface WindowRequest {
  readonly startTime?: number;
  readonly endTime?: number;
  /** 1 to 100. */
  readonly limit?: number;
}

/** `status` of a loan order (API.md §10). */
export const InsOrderStatus = { open: 1, paidOff: 2 } as const;

const loanOrder = v.looseObject({
  orderId: id,
  orderProductId: id,
  /** The designated UID of the risk unit. */
  parentUid: v.string(),
  loanTime: milliseconds,
  loanCoin: v.string(),
  loanAmount: amount,
  /** Principal. */
  unpaidAmount: amount,
  unpaidInterest: amount,
  repaidAmount: amount,
  repaidInterest: amount,
  /** DAILY fraction. */
  interestRate: amount,
  status: whole,
  ...productTerms,
  reserveToken: v.optional(v.string()),
  reserveQuantity: optionalAmount,
});
export type InsLoanOrder = v.InferOutput<typeof loanOrder>;

/** Loan orders, newest first; 10 when no limit is given. docs/v5/otc/loan-info. */
export const getInsLoanOrders = endpoint<WindowRequest & { readonly orderId?: string }>()({
  id: 'getInsLoanOrders',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/loan-order',
  auth: true,
  mutates: false,
  perSecond: 20,
  schema: v.looseObject({ loanInfo: v.array(loanOrder) }),
});

/** `status` and `businessType` of a repayment (API.md §10). There is no "processing". */
export const InsRepaymentStatus = { success: 1, fail: 2 } as const;
export const InsBusinessType = { normal: 1, liquidation: 2 } as const;

const repayment = v.looseObject({
  repayOrderId: id,
  repaidTime: milliseconds,
  token: v.string(),
  /** Principal. */
  quantity: amount,
  interest: amount,
  businessType: whole,
  status: whole,
});
export type InsRepayment = v.InferOutput<typeof repayment>;

/** Repayments; 100 when no limit is given. One shows up two to three minutes after it was sent. docs/v5/otc/repay-info. */
export const getInsRepaymentOrders = endpoint<WindowRequest>()({
  id: 'getInsRepaymentOrders',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/repaid-history',
  auth: true,
  mutates: false,
  perSecond: 20,
  schema: v.looseObject({ repayInfo: v.array(repayment) }),
});

/** `liqStatus` of the risk unit (API.md §10). */
export const LiqStatus = { normal: 0, liquidation: 1, manualRepayment: 2, transfer: 3 } as const;

const riskUnit = v.looseObject({
  /** Fraction; none while `liqStatus` is not 0. */
  ltv: amountOrNone,
  /** Seconds left before liquidation, "" when not triggered; the documentation is of two minds (API.md §12). */
  rst: v.optional(v.string()),
  /** The designated UID; the only one that may repay. */
  parentUid: v.string(),
  subAccountUids: v.array(v.string()),
  /** USD. */
  unpaidAmount: amountOrNone,
  unpaidInfo: v.array(v.looseObject({ token: v.string(), unpaidQty: amount, unpaidInterest: amountOrNone })),
  /** Converted assets, USD. */
  balance: amountOrNone,
  balanceInfo: v.array(
    v.looseObject({ token: v.string(), price: amount, qty: amount, convertedAmount: amountOrNone }),
  ),
  /** Since 2025-12-25. */
  liqStatus: v.optional(whole),
});
export type InsRiskUnit = v.InferOutput<typeof riskUnit>;

/** LTV, debts and assets of the risk unit. docs/v5/otc/ltv-convert. */
export const getInsLtv = endpoint<Record<never, never>>()({
  id: 'getInsLtv',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/ltv-convert',
  auth: true,
  mutates: false,
  perSecond: 20,
  schema: v.looseObject({ ltvInfo: v.array(riskUnit), liqStatus: v.optional(whole) }),
});

/** Whether a UID joins or leaves the risk unit (API.md §10). */
export const Operate = { bind: '0', unbind: '1' } as const;

/** Binds a UID to the risk unit or lets it go; the designated UID never leaves. docs/v5/otc/bind-uid. */
export const bindInsUid = endpoint<{
  readonly uid: string;
  readonly operate: (typeof Operate)[keyof typeof Operate];
}>()({
  id: 'bindInsUid',
  system: 'institutional',
  method: 'POST',
  path: '/v5/ins-loan/association-uid',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ uid: id, operate: v.string() }),
});

/**
 * Repays principal from the Unified wallet; the answer is "P" and no id. Only the designated UID may call, and only one
 * repayment runs at a time (3777043). docs/v5/otc/repay.
 */
export const repayInsLoan = endpoint<{ readonly token: string; readonly quantity: string }>()({
  id: 'repayInsLoan',
  system: 'institutional',
  method: 'POST',
  path: '/v5/ins-loan/repay-loan',
  auth: true,
  mutates: true,
  perSecond: 1,
  schema: v.looseObject({ repayOrderStatus: v.string() }),
});

/** Delta limits of the risk unit, USD but for `coinDeltaSize`. docs/v5/otc/coin-delta-amount. */
export const getInsCoinDelta = endpoint<{ readonly coin?: string }>()({
  id: 'getInsCoinDelta',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/coin-delta-amount',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({
    riskUnitDeltaAmount: amountOrNone,
    riskUnitDeltaAvailableAmount: amountOrNone,
    /** Since 2026-07-30. */
    riskUnitDelta: optionalAmount,
    list: v.array(
      v.looseObject({
        coin: v.string(),
        /** In the coin. */
        coinDeltaSize: amountOrNone,
        coinDeltaAvailableAmount: amountOrNone,
        coinDeltaAmount: amountOrNone,
      }),
    ),
  }),
});

/** `liquidationStatus`; its numbers mean other things than those of {@link LiqStatus} (API.md §10). */
export const LiquidationStatus = { normal: 0, passive: 1, callback: 2, delayed: 3 } as const;

/** Whether the risk unit is in the grace time before a liquidation. */
export const getInsDelayLiquidationStatus = endpoint<Record<never, never>>()({
  id: 'getInsDelayLiquidationStatus',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/delay-liq-status',
  auth: true,
  mutates: false,
  perSecond: 2,
  schema: v.looseObject({
    ltv: amountOrNone,
    liquidationStatus: whole,
    /** 0 unless the status is 3. */
    delayLiqStartTime: milliseconds,
    /** Seconds; none unless the status is 3. */
    delayLiqRemainingSec: amountOrNone,
  }),
});

/** The abandoned form of {@link getInsLtv}, spot and contract assets apart. */
export const getInsLtvOld = endpoint<Record<never, never>>()({
  id: 'getInsLtvOld',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/ltv',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({
    ltvInfo: v.array(
      v.looseObject({
        ltv: amountOrNone,
        parentUid: v.string(),
        subAccountUids: v.array(v.string()),
        /** USDT. */
        unpaidAmount: amountOrNone,
        unpaidInfo: v.array(
          v.looseObject({ token: v.string(), unpaidQty: amount, unpaidInterest: amountOrNone }),
        ),
        balance: amountOrNone,
        spotBalanceInfo: v.array(v.looseObject({ token: v.string(), price: amount, qty: amount })),
        /** Outside the LTV. */
        contractInfo: v.array(v.looseObject({ token: v.string(), price: amount, qty: amount })),
      }),
    ),
  }),
});
