import { add, ZERO } from '../../../bybit/decimal';
import type { Exchange } from '../../../bybit/exchange';
import { getLegacyUnpaidLoans, type LegacyLoan } from '../../../bybit/legacy';
import type { Mark } from '../../operations/definition';
import type { Gauge } from './gauge';

/** The loans of the marks, one call each; a loan that is repaid is not in the list any more. */
async function loansOf(
  exchange: Exchange,
  marks: readonly Mark[],
): Promise<readonly (LegacyLoan | undefined)[]> {
  const loans: (LegacyLoan | undefined)[] = [];
  for (const { id = '' } of marks) {
    const { list } = (await exchange.call(getLegacyUnpaidLoans, { orderId: id })).result;
    loans.push(list.find(({ orderId }) => orderId === id));
  }
  return loans;
}

/** What is owed on single legacy loans. Only repaying lowers it; interest and penalty raise it. */
export const legacyDebts: Gauge = {
  read: async (exchange, marks) =>
    (await loansOf(exchange, marks)).map((loan) => {
      const amount =
        loan === undefined ? ZERO : add(loan.totalDebt, loan.residualInterest, loan.residualPenaltyInterest);
      return { amount, mayRise: amount };
    }),
};

/** What is pledged for single legacy loans. */
export const legacyCollateral: Gauge = {
  read: async (exchange, marks) =>
    (await loansOf(exchange, marks)).map((loan) => ({
      amount: loan?.collateralAmount ?? ZERO,
      mayRise: ZERO,
    })),
};
