import { add, gt, ZERO } from '../../bybit/decimal';
import { hourlyToAnnual } from '../interest';
import type { Loan, LoanSource } from './loan';

/** Loans of the old system: each with one collateral coin and an LTV of its own. `totalDebt` is principal there. */
export const legacyLoans: LoanSource = ({ parts }, now) =>
  parts.legacyLoans.value?.map((row): Loan => {
    const due = row.expirationTime;
    const late = gt(row.residualPenaltyInterest, ZERO) || (due !== undefined && due < now);
    return {
      system: 'legacy',
      id: row.orderId,
      coin: row.loanCurrency,
      owed: add(row.totalDebt, row.residualInterest, row.residualPenaltyInterest),
      principal: row.totalDebt,
      interest: row.residualInterest,
      penalty: row.residualPenaltyInterest,
      annualRate: hourlyToAnnual(row.hourlyInterestRate),
      isFloating: row.loanTerm === undefined,
      prepaid: undefined,
      start: undefined,
      due,
      term: row.loanTerm,
      status: late ? 'overdue' : 'running',
      atMaturity: undefined,
      collateral: { coin: row.collateralCurrency, amount: row.collateralAmount },
      ltv: row.currentLTV,
      can: ['legacy.repay', 'legacy.adjustCollateral'],
    };
  });
