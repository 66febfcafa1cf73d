import type { Decimal } from '../../../bybit/decimal';

/** A loan of the risk unit, arranged off the API. */
export interface InsOrder {
  /** 19 digits. */
  readonly id: string;
  readonly product: string;
  readonly time: number;
  readonly coin: string;
  readonly amount: Decimal;
  /** DAILY fraction. */
  readonly rate: Decimal;
  /** Principal. */
  readonly unpaid: Decimal;
  readonly interest: Decimal;
  readonly repaid: Decimal;
  readonly repaidInterest: Decimal;
}

export interface InsRepayRow {
  readonly id: number;
  readonly time: number;
  readonly coin: string;
  /** Principal. */
  readonly quantity: Decimal;
  readonly interest: Decimal;
  /** 1 normal, 2 liquidation. */
  readonly business: 1 | 2;
  /** 1 success, 2 fail; there is no "processing" (endpoints.json). */
  readonly status: 1 | 2;
}

/** A repayment that was accepted; its money waits in transit. */
export interface InsPending {
  readonly due: number;
  readonly coin: string;
  readonly quantity: Decimal;
}

export interface InsRisk {
  readonly stage: 'normal' | 'delayed' | 'liquidating';
  /** Since when the stage lasts, server time. */
  readonly since: number;
  /** Why a liquidation runs: its line was reached, or a grace time is over. */
  readonly cause: 'passive' | 'callback';
}

/** The risk unit. Lists oldest first. */
export interface InstitutionalState {
  /** UIDs bound to it beside the designated one. */
  readonly bound: readonly string[];
  readonly orders: readonly InsOrder[];
  readonly repayments: readonly InsRepayRow[];
  /** At most one. */
  readonly pending: readonly InsPending[];
  readonly risk: InsRisk;
  /** When the LTV is looked at next; 0 for at once. Only counts while something is owed. */
  readonly next: number;
}

export const NO_INSTITUTIONAL: InstitutionalState = {
  bound: [],
  orders: [],
  repayments: [],
  pending: [],
  risk: { stage: 'normal', since: 0, cause: 'passive' },
  next: 0,
};
