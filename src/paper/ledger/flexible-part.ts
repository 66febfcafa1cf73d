import { flexibleDebts, nextPosting, payOffFlexible, postInterest } from './flexible';
import { nextSettlement, settleFlexible } from './settling';
import type { LedgerPart } from './world';

/** Flexible loans as a part of the ledger. */
export const flexiblePart: LedgerPart = {
  debts: flexibleDebts,
  supplies: () => [],
  busy: (state) => state.flexible.pending.length > 0,
  payOff: payOffFlexible,
  timed: [
    { due: nextPosting, run: postInterest },
    { due: nextSettlement, run: settleFlexible },
  ],
};
