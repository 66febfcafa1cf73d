import { type BybitError, RefusalError } from '../../bybit/errors';
import {
  getInsLoanOrders,
  getInsLtv,
  getInsRepaymentOrders,
  type InsLoanOrder,
  type InsRepayment,
  type InsRiskUnit,
} from '../../bybit/institutional';
import { unifiedBalances } from '../balances';
import type { Wallet } from '../snapshot';
import { isNotOffered } from './absence';
import { MINUTE_MS, type Reader } from './reader';
import { freeOf } from './wallet';

/** Refusals that say: this UID is bound to no risk unit (API.md §11). */
const UNBOUND: ReadonlySet<number> = new Set([3777003, 3777042]);

/**
 * Refusals of the key or of the account's mode. The pages name no permission, only whose UID may call (API.md §2), so that a
 * key that never could is one without a unit.
 */
const NO_RIGHT: ReadonlySet<number> = new Set([10005, 10028, 100028]);

/** Whether an error says that the key belongs to no risk unit, or that the host has none. */
export function isNoUnit(error: BybitError): boolean {
  if (isNotOffered(error)) return true;
  return error instanceof RefusalError && (UNBOUND.has(error.retCode) || NO_RIGHT.has(error.retCode));
}

/** The same of a part: a unit that was read before is only gone where the exchange says that the UID is not bound. */
function hasNoUnit(error: BybitError, isKnown: boolean): boolean {
  if (!isKnown) return isNoUnit(error);
  return error instanceof RefusalError && UNBOUND.has(error.retCode);
}

/** The most rows of one call; there is no second page. */
const MOST_ROWS = 100;

/** LTV, debts and assets of the risk unit; most accounts have none. */
export const riskUnit: Reader<InsRiskUnit> = {
  isPublic: false,
  life: MINUTE_MS / 2,
  isAbsence: hasNoUnit,
  read: async ({ exchange }) => {
    const { ltvInfo, liqStatus } = (await exchange.call(getInsLtv, {})).result;
    const [unit] = ltvInfo;
    return unit === undefined ? undefined : { liqStatus, ...unit };
  },
};

/** Loans of the risk unit with the lines of their products. */
export const insOrders: Reader<readonly InsLoanOrder[]> = {
  isPublic: false,
  life: MINUTE_MS,
  after: 'riskUnit',
  isAbsence: hasNoUnit,
  read: async ({ exchange }) => (await exchange.call(getInsLoanOrders, { limit: MOST_ROWS })).result.loanInfo,
};

export const insRepayments: Reader<readonly InsRepayment[]> = {
  isPublic: false,
  life: MINUTE_MS,
  after: 'riskUnit',
  isAbsence: hasNoUnit,
  read: async ({ exchange }) =>
    (await exchange.call(getInsRepaymentOrders, { limit: MOST_ROWS })).result.repayInfo,
};

/**
 * Of the coins that the unit owes or holds: the Unified wallet is only told coin by coin. While something runs on the
 * unit it shows neither, so that what was asked before is asked again.
 */
export const unifiedWallet: Reader<Wallet> = {
  isPublic: false,
  life: MINUTE_MS,
  after: 'riskUnit',
  isOfValue: true,
  isAbsence: hasNoUnit,
  read: async ({ exchange, parts }) => {
    const unit = parts.riskUnit.value;
    const shown = [...(unit?.unpaidInfo ?? []), ...(unit?.balanceInfo ?? [])].map(({ token }) => token);
    const owed = (parts.insOrders.value ?? []).map(({ loanCoin }) => loanCoin);
    const before = parts.unifiedWallet.value?.keys() ?? [];
    return freeOf(await unifiedBalances(exchange, shown.length > 0 ? shown : [...owed, ...before]));
  },
};
