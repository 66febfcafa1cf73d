import type { Decimal } from '../../bybit/decimal';

/** Operations on loans of the old system, by kind, with their parameters. Borrowing was withdrawn and is none. */
export interface LegacyKinds {
  readonly 'legacy.repay': { readonly orderId: string; readonly coin: string; readonly amount: Decimal };
  readonly 'legacy.adjustCollateral': {
    readonly orderId: string;
    /** The loan's collateral coin. */
    readonly coin: string;
    readonly amount: Decimal;
    readonly direction: 'add' | 'reduce';
  };
}
