import {
  type FixedBorrowContract,
  type FixedBorrowOrder,
  type FixedRenewal,
  getFixedBorrowContracts,
  getFixedBorrowOrders,
  getFixedRenewOrders,
} from '../../bybit/fixed-borrow';
import { wasNeverOffered } from './absence';
import { allRows } from './history';
import { MINUTE_MS, type Reader } from './reader';

/** Orders are matched once a minute (API.md §9): twice as often is often enough. */
const MATCHING_MS = MINUTE_MS / 2;

/** Borrow orders that wait for lenders. */
export const fixedOrders: Reader<readonly FixedBorrowOrder[]> = {
  isPublic: false,
  life: MATCHING_MS,
  isAbsence: wasNeverOffered,
  read: ({ exchange }) => allRows(exchange, getFixedBorrowOrders, { state: '1' }),
};

/**
 * Fixed loans. The list has no filter for those that run and is not sorted by maturity, so all of it is read; what was
 * repaid is kept, since it can be renewed.
 */
export const fixedContracts: Reader<readonly FixedBorrowContract[]> = {
  isPublic: false,
  life: MATCHING_MS,
  isAbsence: wasNeverOffered,
  read: ({ exchange }) => allRows(exchange, getFixedBorrowContracts, {}),
};

export const fixedRenewals: Reader<readonly FixedRenewal[]> = {
  isPublic: false,
  life: 10 * MINUTE_MS,
  isAbsence: wasNeverOffered,
  read: ({ exchange }) => allRows(exchange, getFixedRenewOrders, {}),
};
