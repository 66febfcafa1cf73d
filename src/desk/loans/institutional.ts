import { add, decimal, gt, mul, ZERO } from '../../bybit/decimal';
import { InsOrderStatus } from '../../bybit/institutional';
import type { Loan, LoanSource } from './loan';
import { isIdle, mayRepay } from './risk-unit';

/** Rates of institutional loans are DAILY fractions (API.md §6). */
const DAYS_A_YEAR = decimal('365');

/** Open loans of the risk unit; none when there is no unit. They have no due date, and share the unit's LTV. */
export const institutionalLoans: LoanSource = (snapshot) => {
  const { insOrders } = snapshot.parts;
  if (insOrders.absent) return [];
  const repayable = isIdle(snapshot) && mayRepay(snapshot);
  return insOrders.value
    ?.filter(({ status }) => status === InsOrderStatus.open)
    .map(
      (row): Loan => ({
        system: 'institutional',
        id: row.orderId,
        coin: row.loanCoin,
        owed: add(row.unpaidAmount, row.unpaidInterest),
        principal: row.unpaidAmount,
        interest: row.unpaidInterest,
        penalty: ZERO,
        annualRate: mul(row.interestRate, DAYS_A_YEAR),
        isFloating: false,
        prepaid: undefined,
        start: row.loanTime,
        due: undefined,
        term: undefined,
        status: 'running',
        atMaturity: undefined,
        collateral: undefined,
        ltv: undefined,
        can: repayable && gt(row.unpaidAmount, ZERO) ? ['institutional.repay'] : [],
      }),
    );
};
