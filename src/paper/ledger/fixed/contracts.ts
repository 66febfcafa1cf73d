import { add, compare, type Decimal, gt, min, sub, ZERO } from '../../../bybit/decimal';
import { ContractStatus } from '../../../bybit/fixed-borrow';
import { move } from '../money';
import type { State } from '../state';
import type { Debt } from '../world';
import type { Contract, FixedRepayRow, FixedState, RepayDetail } from './state';

/** The state with a part of the fixed system replaced. */
export function withFixed(state: State, change: Partial<FixedState>): State {
  return { ...state, fixed: { ...state.fixed, ...change } };
}

/** The list with one row replaced. */
export function withRow<Row extends { readonly id: number }>(
  rows: readonly Row[],
  id: number,
  change: Partial<Row>,
): readonly Row[] {
  return rows.map((row) => (row.id === id ? { ...row, ...change } : row));
}

export function isOpen(contract: Contract): boolean {
  return contract.status !== ContractStatus.repaid;
}

/** Principal and penalty still owed on a contract. */
export function owedOn(contract: Contract): Decimal {
  return add(contract.principal, contract.penalty);
}

export function fixedDebts(state: State): readonly Debt[] {
  return state.fixed.contracts
    .filter(isOpen)
    .map((contract) => ({ coin: contract.coin, kind: 'fixed', amount: owedOn(contract) }));
}

/**
 * Open contracts of a coin in the order in which money without a contract's name pays them: nearest maturity first, then
 * the higher rate (endpoints.json, repayFixedWithCollateral); what is left to chance there goes by age here.
 */
export function inOrder(state: State, coin: string): readonly Contract[] {
  return state.fixed.contracts
    .filter((contract) => isOpen(contract) && contract.coin === coin)
    .sort((a, b) => a.due - b.due || compare(b.rate, a.rate) || a.id - b.id);
}

/** Spreads an amount over contracts, each in full before the next. */
export function spread(contracts: readonly Contract[], amount: Decimal): readonly RepayDetail[] {
  let left = amount;
  const details: RepayDetail[] = [];
  for (const contract of contracts) {
    const part = min(left, owedOn(contract));
    if (gt(part, ZERO)) details.push({ loan: contract.id, amount: part });
    left = sub(left, part);
  }
  return details;
}

export function totalOf(details: readonly RepayDetail[]): Decimal {
  return add(ZERO, ...details.map((detail) => detail.amount));
}

/** Pays on contracts out of the pool, whence the lenders get it: penalty first, then principal. */
export function withPayments(state: State, coin: string, details: readonly RepayDetail[]): State {
  const money = move(state.money, 'pool', 'lenders', coin, totalOf(details));
  const contracts = details.reduce(
    (rows, { loan, amount }) => rows.map((row) => (row.id === loan ? paid(row, amount) : row)),
    state.fixed.contracts,
  );
  return withFixed({ ...state, money }, { contracts });
}

function paid(contract: Contract, amount: Decimal): Contract {
  if (gt(amount, owedOn(contract))) throw new RangeError('More is paid than is owed.');
  const penalty = min(contract.penalty, amount);
  const rest = {
    ...contract,
    penalty: sub(contract.penalty, penalty),
    principal: sub(contract.principal, sub(amount, penalty)),
  };
  return owedOn(rest) === ZERO ? { ...rest, status: ContractStatus.repaid } : rest;
}

export function withRepayRow(state: State, row: FixedRepayRow): State {
  return withFixed(state, { repayments: [...state.fixed.repayments, row] });
}
