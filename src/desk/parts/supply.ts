import {
  type FixedSupplyContract,
  type FixedSupplyOrder,
  getFixedSupplyContracts,
  getFixedSupplyOrders,
} from '../../bybit/fixed-supply';
import { wasNeverOffered } from './absence';
import { allRows } from './history';
import { MINUTE_MS, type Reader } from './reader';

/** Supply orders that wait for borrowers. */
export const supplyOrders: Reader<readonly FixedSupplyOrder[]> = {
  isPublic: false,
  life: MINUTE_MS / 2,
  isAbsence: wasNeverOffered,
  read: ({ exchange }) => allRows(exchange, getFixedSupplyOrders, { state: '1' }),
};

/** Money lent, running and redeemed. */
export const supplyContracts: Reader<readonly FixedSupplyContract[]> = {
  isPublic: false,
  life: MINUTE_MS / 2,
  isAbsence: wasNeverOffered,
  read: ({ exchange }) => allRows(exchange, getFixedSupplyContracts, {}),
};
