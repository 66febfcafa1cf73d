import type { LoanPosition } from '../../bybit/common';
import { add, type Decimal, ZERO } from '../../bybit/decimal';
import type { Thresholds } from '../book';
import { keyEnd } from '../key-life';
import type { AtMaturity, Loan } from '../loans/loan';
import { allLoans } from '../loans/loans';
import { borrowOrders, supplyOrders, type WaitingOrder } from '../loans/orders';
import type { Figures } from '../operation';
import type { Part, PartName, Snapshot } from '../snapshot';
import type { DueDebt, Observation, WatchedOrder } from './observation';
import { poolSights } from './pools';

export interface Sight {
  readonly snapshot: Snapshot;
  readonly figures: Figures | undefined;
  readonly thresholds: Thresholds;
  /** Local epoch milliseconds. */
  readonly now: number;
  /** Server clock, epoch milliseconds. */
  readonly serverNow: number;
  /** Polls in a row after which no LTV of today was known. */
  readonly failedPolls: number;
  /** Polls in a row in which one of some parts could not be read. */
  readonly failedReads: (names: readonly PartName[]) => number;
}

/** The facts that the watch looks at, out of what is known of an account. */
export function observe(sight: Sight): Observation {
  const { snapshot, figures, thresholds, now, serverNow, failedPolls, failedReads } = sight;
  const { parts } = snapshot;
  return {
    now,
    serverNow,
    ltv: ltvNow(snapshot, figures),
    debtUsd: figures?.debtUsd,
    collateralUsd: figures?.collateralUsd,
    thresholds,
    dues: duesOf(snapshot, serverNow),
    areDuesWhole: areDuesKnown(snapshot),
    wallet: isOfOneMoment(parts) ? parts.wallet.value : undefined,
    orders: ordersOf(snapshot),
    pools: poolSights(snapshot, failedReads),
    collateralLimit: limitOf(parts.position.value?.colRes),
    liquidations: parts.forcedRepayments.value
      ?.filter(({ why }) => why !== 'delisting')
      .map(({ system, id, coin, amount }) => ({ id: `${system}:${id}`, coin, amount })),
    keyEndsAt: parts.key.value === undefined ? undefined : (keyEnd(parts.key.value) ?? 'never'),
    readAt: parts.position.readAt,
    failedPolls,
  };
}

/**
 * Whether the last reads allow an LTV of today. Blind means blind: an LTV out of an old position or of old prices would
 * look like one of today.
 */
export function seesLtv({ parts }: Snapshot): boolean {
  const { position } = parts;
  if (position.failure !== undefined) return false;
  return canReckon(parts) || ltvOfExchange(position.value) !== undefined;
}

/** Whether nothing keeps the desk from an LTV of its own: rules of an older read serve, prices do not. */
function canReckon({ prices, collateralRules }: Snapshot['parts']): boolean {
  const hasNoRules = collateralRules.value === undefined && collateralRules.failure !== undefined;
  return prices.failure === undefined && !hasNoRules;
}

/** The desk's own LTV; while prices or rules cannot be read the exchange's, which came with the position. */
function ltvNow(snapshot: Snapshot, figures: Figures | undefined): Observation['ltv'] {
  const { position, flexibleLoans } = snapshot.parts;
  if (!seesLtv(snapshot)) return undefined;
  // What is owed and what is pledged are read apart: of two moments they make an LTV that never was.
  if (position.loading || flexibleLoans.loading) return undefined;
  if (!canReckon(snapshot.parts)) return ltvOfExchange(position.value);
  if (figures === undefined) return undefined;
  return figures.ltv ?? (figures.uncovered ? undefined : 'none');
}

function ltvOfExchange(position: LoanPosition | undefined): Observation['ltv'] {
  const owes = position?.borrowList.some(
    ({ fixedTotalDebt, flexibleTotalDebt }) =>
      (fixedTotalDebt ?? ZERO) !== ZERO || (flexibleTotalDebt ?? ZERO) !== ZERO,
  );
  return owes === false ? 'none' : position?.ltv;
}

const AT_DUE: { readonly [At in AtMaturity]: DueDebt['atDue'] } = {
  repay: 'autoRepay',
  toFlexible: 'toFlexible',
  nothing: 'nothing',
};

/** Whether every list that due dates stand in was read. */
export function areDuesKnown({ parts: { fixedContracts, legacyLoans } }: Snapshot): boolean {
  return isRead(fixedContracts) && isRead(legacyLoans);
}

/** Whether the wallet was read no later than what is paid out of it. */
function isOfOneMoment({ wallet, fixedContracts }: Snapshot['parts']): boolean {
  return wallet.failure === undefined && fixedContracts.failure === undefined && !fixedContracts.loading;
}

function isRead({ value, absent }: Part<unknown>): boolean {
  return value !== undefined || absent === true;
}

/** Debts with a due date, of every system; undefined while none of the lists was read. */
export function duesOf(snapshot: Snapshot, serverNow: number): readonly DueDebt[] | undefined {
  const { fixedContracts, legacyLoans } = snapshot.parts;
  if (!isRead(fixedContracts) && !isRead(legacyLoans)) return undefined;
  return allLoans(snapshot, serverNow).flatMap((loan) => dueOf(loan) ?? []);
}

function dueOf({ id, system, coin, owed, start, due, status, atMaturity }: Loan): DueDebt | undefined {
  if (due === undefined) return undefined;
  return {
    loanId: id,
    system,
    coin,
    amount: owed,
    dueAt: due,
    takenAt: start,
    overdue: status === 'overdue',
    atDue: atMaturity === undefined ? 'nothing' : AT_DUE[atMaturity],
  };
}

/**
 * Waiting orders, and those that contracts came out of and that wait no more; undefined until all of their lists were read:
 * what was told of an order would be told again once its contract is known.
 */
function ordersOf(snapshot: Snapshot): readonly WatchedOrder[] | undefined {
  const { fixedContracts, supplyContracts } = snapshot.parts;
  const borrows = borrowOrders(snapshot);
  const supplies = supplyOrders(snapshot);
  if (borrows === undefined || supplies === undefined) return undefined;
  if (!isRead(fixedContracts) || !isRead(supplyContracts)) return undefined;
  const filled = [
    ...filledOf('borrow', borrows, fixedContracts.value ?? [], ({ borrowCurrency, residualPrincipal }) => ({
      coin: borrowCurrency,
      amount: residualPrincipal,
    })),
    ...filledOf('supply', supplies, supplyContracts.value ?? [], ({ supplyCurrency, supplyAmount }) => ({
      coin: supplyCurrency,
      amount: supplyAmount,
    })),
  ];
  const waiting = [...borrows, ...supplies].map(
    ({ side, id, coin, amount }): WatchedOrder => ({ orderId: id, side, coin, amount, state: 'matching' }),
  );
  return [...waiting, ...filled];
}

function filledOf<Contract extends { readonly orderId: string }>(
  side: WatchedOrder['side'],
  waiting: readonly WaitingOrder[],
  contracts: readonly Contract[],
  what: (contract: Contract) => { readonly coin: string; readonly amount: Decimal },
): readonly WatchedOrder[] {
  const open = new Set(waiting.map(({ id }) => id));
  const byOrder = new Map<string, WatchedOrder>();
  for (const contract of contracts) {
    const { orderId } = contract;
    if (open.has(orderId)) continue;
    const { coin, amount } = what(contract);
    const sum = add(byOrder.get(orderId)?.amount ?? ZERO, amount);
    byOrder.set(orderId, { orderId, side, coin, amount: sum, state: 'filled' });
  }
  return [...byOrder.values()];
}

function limitOf(colRes: string | undefined): Observation['collateralLimit'] {
  return colRes === '0' || colRes === '1' || colRes === '2' ? colRes : undefined;
}
