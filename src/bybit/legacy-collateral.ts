import * as v from 'valibot';
import type { Direction } from './common';
import { endpoint } from './endpoint';
import { amount, amountOrNone, id, milliseconds, type PageRequest, page, whole } from './schema';

/** Largest collateral withdrawal of one loan now, in its coin. docs/v5/crypto-loan/reduce-max-collateral-amt. */
export const getLegacyMaxCollateralReduction = endpoint<{ readonly orderId: string }>()({
  id: 'getLegacyMaxCollateralReduction',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/max-collateral-amount',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({ maxCollateralAmount: amount }),
});

/** Moves collateral of one loan: a POST that names the order (API.md §12: one library GETs it and names a coin). */
export const adjustLegacyCollateral = endpoint<{
  readonly orderId: string;
  readonly amount: string;
  readonly direction: (typeof Direction)[keyof typeof Direction];
}>()({
  id: 'adjustLegacyCollateral',
  system: 'legacy',
  method: 'POST',
  path: '/v5/crypto-loan/adjust-ltv',
  auth: true,
  mutates: true,
  perSecond: null,
  schema: v.looseObject({ adjustId: id }),
});

const adjustment = v.looseObject({
  adjustId: id,
  adjustTime: milliseconds,
  orderId: id,
  collateralCurrency: v.string(),
  /** Shown by the example, missing in the table (API.md §12). */
  amount: v.optional(amount),
  /** 0 added, 1 taken out. */
  direction: whole,
  /** Fractions with four decimals. */
  preLTV: amountOrNone,
  afterLTV: amountOrNone,
});
export type LegacyAdjustment = v.InferOutput<typeof adjustment>;

/** The user's own collateral movements of the last six months; there is no status. */
export const getLegacyCollateralAdjustmentHistory = endpoint<
  PageRequest & {
    readonly orderId?: string;
    readonly adjustId?: string;
    readonly collateralCurrency?: string;
  }
>()({
  id: 'getLegacyCollateralAdjustmentHistory',
  system: 'legacy',
  method: 'GET',
  path: '/v5/crypto-loan/adjustment-history',
  auth: true,
  mutates: false,
  perSecond: null,
  schema: page(adjustment),
});
