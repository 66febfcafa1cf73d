import type { LedgerPart } from '../world';
import { fixedDebts } from './contracts';
import { matchOrders, nextMatch } from './matching';
import { mature, nextMaturity } from './maturing';
import { fixedSupplies, nextRedemption, redeem } from './redeeming';
import { nextSettlement, payOffFixed, settleFixed } from './repaying';

/** Fixed loans and supply as a part of the ledger. */
export const fixedPart: LedgerPart = {
  debts: fixedDebts,
  supplies: fixedSupplies,
  busy: (state) => state.fixed.pending.length > 0,
  payOff: payOffFixed,
  timed: [
    { due: nextSettlement, run: settleFixed },
    { due: nextRedemption, run: redeem },
    { due: nextMaturity, run: mature },
    { due: nextMatch, run: matchOrders },
  ],
};
