import type { LedgerPart } from '../world';
import { daily } from './accruing';
import { beginInstitutional } from './beginning';
import { repayment } from './repaying';
import { lookAtUnit, unitWatch } from './watching';

/** Institutional loans as a part of the ledger. Their margin is the Unified wallet, not the shared collateral. */
export const institutionalPart: LedgerPart = {
  debts: () => [],
  supplies: () => [],
  busy: () => false,
  payOff: (_world, state) => state,
  timed: [daily, repayment, unitWatch],
  begin: beginInstitutional,
  look: lookAtUnit,
};
