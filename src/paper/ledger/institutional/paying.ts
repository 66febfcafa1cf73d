import { add, type Decimal, gt, min, sub, ZERO } from '../../../bybit/decimal';
import { nextId } from '../ids';
import type { State } from '../state';
import type { InsOrder, InsRepayRow } from './state';
import { withOrder, withUnit } from './unit';

/** The order with less principal and interest owed. */
export function paidOrder(order: InsOrder, principal: Decimal, interest: Decimal): InsOrder {
  if (gt(principal, order.unpaid) || gt(interest, order.interest)) {
    throw new RangeError('More is paid than is owed.');
  }
  return {
    ...order,
    unpaid: sub(order.unpaid, principal),
    interest: sub(order.interest, interest),
    repaid: add(order.repaid, principal),
    repaidInterest: add(order.repaidInterest, interest),
  };
}

/** Pays principal of a coin, oldest order first. `amount` is at most what is unpaid. */
export function withPrincipalPaid(state: State, coin: string, amount: Decimal): State {
  let left = amount;
  let next = state;
  for (const order of state.institutional.orders) {
    if (order.coin !== coin || left === ZERO) continue;
    const part = min(left, order.unpaid);
    next = withOrder(next, paidOrder(order, part, ZERO));
    left = sub(left, part);
  }
  if (left !== ZERO) throw new RangeError('More is paid than is owed.');
  return next;
}

/** The state with one more repayment in the history, made now. */
export function withRow(state: State, row: Omit<InsRepayRow, 'id' | 'time'>): State {
  const { id, state: counted } = nextId(state, 'institutional repay');
  const repayments = [...counted.institutional.repayments, { ...row, id, time: state.time }];
  return withUnit(counted, { repayments });
}
