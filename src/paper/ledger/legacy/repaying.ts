import { type Decimal, gt, lte, min, places, sub, ZERO } from '../../../bybit/decimal';
import { Status } from '../../../bybit/schema';
import { nextLongId } from '../long-id';
import { held, move } from '../money';
import { require_ } from '../refusal';
import type { State } from '../state';
import type { World } from '../world';
import { endLoan, repayRow } from './ending';
import { loanOf, owedOn, placesOf, withLegacy, withLoan, withPayment } from './loan';
import type { LegacyPending, LegacyRepayRow } from './state';

/** Refuses while another operation of the loan is under way (177002: try again later). */
export function guardLoanIdle(state: State, order: string): void {
  require_(!state.legacy.pending.some((one) => one.order === order), 177002);
}

/** Accepts a repayment of a loan out of the Funding wallet. */
export function repayLegacy(
  world: World,
  state: State,
  { order, amount }: { readonly order: string; readonly amount: Decimal },
): { readonly state: State; readonly id: string } {
  const loan = loanOf(state, order);
  require_(gt(amount, ZERO), 177019, 'amount');
  require_(places(amount) <= placesOf(world, loan), 177004);
  guardLoanIdle(state, order);
  require_(lte(amount, owedOn(loan)), 177010);
  require_(lte(amount, held(state.money, 'wallet', loan.coin)), 177011);
  const { id, state: counted } = nextLongId(state, 'legacy repay');
  const { time } = state;
  const pending: LegacyPending = {
    id,
    kind: 'repay',
    accepted: time,
    due: time + state.habits.settleMs,
    order,
    coin: loan.coin,
    amount,
  };
  const money = move(counted.money, 'wallet', 'transit', loan.coin, amount);
  return {
    id,
    state: withLegacy(
      { ...counted, money },
      {
        repayments: [...counted.legacy.repayments, repayRow(loan, { id, time, amount, cause: 1 })],
        pending: [...counted.legacy.pending, pending],
      },
    ),
  };
}

/**
 * Ends an accepted repayment: applied, or undone. The history tells of successful ones only (endpoints.json), so the
 * row of one that failed goes.
 */
export function settleRepayment(
  world: World,
  state: State,
  { id, order, coin, amount }: LegacyPending,
  succeeds: boolean,
): State {
  const loan = state.legacy.loans.find((one) => one.id === order);
  const applied = succeeds && loan !== undefined ? min(amount, owedOn(loan)) : ZERO;
  let money = move(state.money, 'transit', 'legacyPool', coin, applied);
  money = move(money, 'transit', 'wallet', coin, sub(amount, applied));
  const rows = state.legacy.repayments;
  if (loan === undefined || applied === ZERO) {
    return withLegacy({ ...state, money }, { repayments: rows.filter((row) => row.id !== id) });
  }
  const { loan: paid, done } = withPayment(loan, applied);
  const change: Partial<LegacyRepayRow> = {
    amount: applied,
    status: Status.success,
    ...(done ? { returned: paid.pledged } : {}),
  };
  const repayments = rows.map((row) => (row.id === id ? { ...row, ...change } : row));
  const next = withLoan(withLegacy({ ...state, money }, { repayments }), paid);
  return done ? endLoan(world, next, paid, 1) : next;
}
