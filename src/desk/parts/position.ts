import { getLoanPosition, type LoanPosition } from '../../bybit/common';
import type { Reader } from './reader';

/** Debts, collateral, supply and LTV of the new systems. */
export const position: Reader<LoanPosition> = {
  isPublic: false,
  life: 0,
  read: async ({ exchange }) => (await exchange.call(getLoanPosition, {})).result,
};
