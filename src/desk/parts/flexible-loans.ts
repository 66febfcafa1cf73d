import { type FlexibleLoan, getFlexibleLoans } from '../../bybit/flexible';
import type { Reader } from './reader';

/** Running flexible debts, principal and interest apart. */
export const flexibleLoans: Reader<readonly FlexibleLoan[]> = {
  isPublic: false,
  life: 0,
  read: async ({ exchange }) => (await exchange.call(getFlexibleLoans, {})).result.list,
};
