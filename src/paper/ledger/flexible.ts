import { add, type Decimal, gt, min, mul, round, sub, ZERO } from '../../bybit/decimal';
import { Status } from '../../bybit/schema';
import { HOUR } from '../market/market';
import { PLACES } from './collateral';
import { nextId } from './ids';
import { withCoin } from './money';
import type { State } from './state';
import { coinOf, type Debt, type PayOff, tierOfAccount, type World } from './world';

export interface FlexibleDebt {
  readonly principal: Decimal;
  readonly interest: Decimal;
}

export interface BorrowRow {
  readonly id: number;
  readonly time: number;
  readonly coin: string;
  readonly amount: Decimal;
  readonly status: number;
}

export interface RepayRow extends BorrowRow {
  readonly type: number;
}

/** An operation that was accepted and has not taken effect yet; its money waits in transit. */
export type FlexiblePending = {
  readonly id: number;
  readonly due: number;
  readonly coin: string;
  readonly amount: Decimal;
} & (
  | { readonly kind: 'borrow'; readonly collateral: ReadonlyMap<string, Decimal> }
  | { readonly kind: 'repay' }
  | { readonly kind: 'convert'; readonly collateral: readonly string[] }
);

export interface FlexibleState {
  /** One debt a coin. */
  readonly debts: ReadonlyMap<string, FlexibleDebt>;
  /** Oldest first. */
  readonly borrows: readonly BorrowRow[];
  readonly repayments: readonly RepayRow[];
  readonly pending: readonly FlexiblePending[];
  /** All interest ever posted, by coin. */
  readonly posted: ReadonlyMap<string, Decimal>;
}

export const NO_FLEXIBLE: FlexibleState = {
  debts: new Map(),
  borrows: [],
  repayments: [],
  pending: [],
  posted: new Map(),
};

export function owed(debt: FlexibleDebt | undefined): Decimal {
  return debt === undefined ? ZERO : add(debt.principal, debt.interest);
}

export function flexibleDebts(state: State): readonly Debt[] {
  return [...state.flexible.debts].map(([coin, debt]) => ({ coin, kind: 'flexible', amount: owed(debt) }));
}

/** The state with more principal owed. */
export function withLoan(state: State, coin: string, amount: Decimal): State {
  const before = state.flexible.debts.get(coin);
  const debts = new Map(state.flexible.debts);
  debts.set(coin, {
    principal: add(before?.principal ?? ZERO, amount),
    interest: before?.interest ?? ZERO,
  });
  return { ...state, flexible: { ...state.flexible, debts } };
}

/** The state with less owed: interest first, then principal (API.md §13 point 9). `amount` is at most the debt. */
export function withPayment(state: State, coin: string, amount: Decimal): State {
  const debt = state.flexible.debts.get(coin);
  if (debt === undefined || gt(amount, owed(debt))) throw new RangeError('More is paid than is owed.');
  const interest = min(debt.interest, amount);
  const rest: FlexibleDebt = {
    principal: sub(debt.principal, sub(amount, interest)),
    interest: sub(debt.interest, interest),
  };
  const debts = new Map(state.flexible.debts);
  if (owed(rest) === ZERO) debts.delete(coin);
  else debts.set(coin, rest);
  return { ...state, flexible: { ...state.flexible, debts } };
}

export function withRepayRow(state: State, row: RepayRow): State {
  return { ...state, flexible: { ...state.flexible, repayments: [...state.flexible.repayments, row] } };
}

/** Pays off out of a liquidation: debt down, one row in the repayment history. */
export function payOffFlexible(_world: World, state: State, { coin, amount, type }: PayOff): State {
  const { id, state: counted } = nextId(state, 'flexible repay');
  return withRepayRow(withPayment(counted, coin, amount), {
    id,
    time: state.time,
    coin,
    amount,
    status: Status.success,
    type,
  });
}

/** When interest is posted next: at the next full hour while something is owed. */
export function nextPosting(state: State): number | undefined {
  return state.flexible.debts.size === 0 ? undefined : (Math.floor(state.time / HOUR) + 1) * HOUR;
}

/**
 * Posts the interest of the hour that ends now on principal plus interest, rounded up at 8 decimals: it compounds
 * (API.md §6, §13 point 9).
 */
export function postInterest(world: World, state: State): State {
  const debts = new Map(state.flexible.debts);
  let posted = state.flexible.posted;
  for (const [name, debt] of debts) {
    const rate = world.market.hourlyRate(coinOf(world, name), state.time - HOUR, tierOfAccount(state));
    const interest = round(mul(owed(debt), rate), PLACES, 'up');
    debts.set(name, { ...debt, interest: add(debt.interest, interest) });
    posted = withCoin(posted, name, add(posted.get(name) ?? ZERO, interest));
  }
  return { ...state, flexible: { ...state.flexible, debts, posted } };
}
