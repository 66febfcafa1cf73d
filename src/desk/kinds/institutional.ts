import type { Decimal } from '../../bybit/decimal';

/** Operations on an institutional risk unit, by kind, with their parameters. */
export interface InstitutionalKinds {
  /** Repay principal out of the Unified wallet; done two to three minutes later. */
  readonly 'institutional.repay': { readonly coin: string; readonly amount: Decimal };
  readonly 'institutional.bind': { readonly uid: string };
  readonly 'institutional.unbind': { readonly uid: string };
}
