import * as v from 'valibot';
import { add, type Decimal, gt, places, sub, ZERO } from '../../../bybit/decimal';
import {
  getLegacyRepaymentHistory,
  type LegacyLoan,
  LegacyRepayType,
  repayLegacyLoan,
} from '../../../bybit/legacy';
import { words } from '../../../bybit/words';
import type { Book } from '../../book';
import { credit, release, settleDebt } from '../../change';
import { COLLATERAL_PLACES } from '../../limits';
import type { Finding, OperationParams } from '../../operation';
import { legacyPool } from '../../pools/legacy';
import type { Definition, Situation } from '../definition';
import { decimalText } from '../params';
import { error, exactText, fits, inWallet, positive, warning } from '../rules';
import { meantLoan } from './loan-rules';

type Params = OperationParams['legacy.repay'];

/** Repay a loan of the old system from the Funding wallet; its collateral comes back with the last repayment. */
export const repayLegacy: Definition<Params> = {
  schema: v.object({ orderId: v.string(), coin: v.string(), amount: decimalText }),
  title: ({ orderId, coin, amount }, locale) =>
    words('Repay {0} of legacy loan {1}', exactText(amount, coin, { locale }), orderId),
  check: (params, situation) => {
    const amounts = positive('amount', params.amount);
    const { loan, findings } = meantLoan(params.orderId, situation);
    if (findings.length > 0) return findings;
    if (loan === undefined || amounts.length > 0) return amounts;
    return [...owedFindings(params, loan, situation), ...inWallet('amount', params, '177011', situation)];
  },
  pool: ({ orderId }, snapshot) => legacyPool(snapshot, orderId),
  apply: (book, { coin, amount }) => {
    const paid = settleDebt(credit(book, coin, sub(ZERO, amount)), { system: 'legacy', coin, amount });
    return paid.debts.length === 0 ? withCollateralBack(paid) : paid;
  },
  send: async (exchange, { orderId, amount }, options) =>
    (await exchange.call(repayLegacyLoan, { orderId, amount }, options)).result.repayId,
  history: async (exchange, { orderId, amount }, cursor) => {
    const request = { orderId, limit: '50', ...(cursor !== undefined && { cursor }) };
    const { result, time } = await exchange.call(getLegacyRepaymentHistory, request);
    return {
      rows: result.list.map((row) => ({
        id: row.repayId,
        time: row.repayTime,
        status: row.repayStatus,
        matches:
          row.orderId === orderId && row.repayAmount === amount && row.repayType === LegacyRepayType.user,
      })),
      cursor: result.nextPageCursor,
      time,
    };
  },
  marks: ({ orderId, coin }) => [
    { what: 'legacyDebt', coin, id: orderId },
    { what: 'wallet', coin },
  ],
  // "Only successful repayments" (endpoints.json, getLegacyRepaymentHistory).
  failsSilently: true,
  touches: ['legacyLoans', 'wallet'],
};

function withCollateralBack(book: Book): Book {
  return book.collateral.reduce((now, { coin, amount }) => release(now, coin, amount), book);
}

function owed({ totalDebt, residualInterest, residualPenaltyInterest }: LegacyLoan): Decimal {
  return add(totalDebt, residualInterest, residualPenaltyInterest);
}

function owedFindings(params: Params, loan: LegacyLoan, situation: Situation): readonly Finding[] {
  const { coin, amount } = params;
  const debt = owed(loan);
  if (loan.loanCurrency !== coin) {
    return [error('coin', words('This loan is in {0} (177003).', loan.loanCurrency))];
  }
  if (gt(amount, debt)) {
    return [error('amount', words('The debt is {0} (177010).', exactText(debt, coin, situation)))];
  }
  if (amount !== debt) {
    return fits('amount', params, Math.max(COLLATERAL_PLACES, places(debt)), '177004', situation);
  }
  return [
    warning(
      'amount',
      words('Interest posted before the repayment arrives stays as a small rest; repay that again.'),
    ),
  ];
}
