import { type Decimal, ZERO } from '../../../bybit/decimal';
import { Status } from '../../../bybit/schema';
import { nextLongId } from '../long-id';
import { move } from '../money';
import type { State } from '../state';
import type { World } from '../world';
import { rateOf, withLegacy } from './loan';
import type { LegacyCause, LegacyLoan, LegacyRepayRow } from './state';

/** A repayment of a loan as a row of the history, not yet done. */
export function repayRow(
  loan: LegacyLoan,
  row: Pick<LegacyRepayRow, 'id' | 'time' | 'amount' | 'cause'>,
): LegacyRepayRow {
  return {
    ...row,
    order: loan.id,
    coin: loan.coin,
    collateral: loan.collateral,
    ...(loan.fixed === undefined ? {} : { term: loan.fixed.term }),
    returned: ZERO,
    status: Status.processing,
  };
}

/** A row for a repayment the exchange makes by itself. */
export function withOwnRepayment(state: State, loan: LegacyLoan, amount: Decimal, returned: Decimal): State {
  const { id, state: counted } = nextLongId(state, 'legacy repay');
  const row = repayRow(loan, { id, time: state.time, amount, cause: 2 });
  const repayments = [...counted.legacy.repayments, { ...row, returned, status: Status.success }];
  return withLegacy(counted, { repayments });
}

/** Ends a loan on which nothing is owed any more: what is still pledged goes back to the Funding wallet. */
export function endLoan(world: World, state: State, loan: LegacyLoan, cause: LegacyCause): State {
  const money = move(state.money, 'legacyPledged', 'wallet', loan.collateral, loan.pledged);
  const rate = rateOf(world, state, loan);
  const ended = { id: loan.id, time: state.time, loan: { ...loan, pledged: ZERO }, rate, cause };
  return withLegacy(
    { ...state, money },
    {
      loans: state.legacy.loans.filter((one) => one.id !== loan.id),
      ended: [...state.legacy.ended, ended],
    },
  );
}
