import { ZERO } from '../../bybit/decimal';
import { hourlyToAnnual } from '../interest';
import type { Loan, LoanSource } from './loan';

/** Flexible debts: one a coin, no due date, a rate that moves by the hour. */
export const flexibleLoans: LoanSource = ({ parts }) =>
  parts.flexibleLoans.value?.map(
    (row): Loan => ({
      system: 'flexible',
      id: row.loanCurrency,
      coin: row.loanCurrency,
      owed: row.totalDebt,
      principal: row.unpaidAmount,
      interest: row.unpaidInterest,
      penalty: ZERO,
      annualRate: hourlyToAnnual(row.hourlyInterestRate),
      isFloating: true,
      prepaid: undefined,
      start: undefined,
      due: undefined,
      term: undefined,
      status: 'running',
      atMaturity: undefined,
      collateral: undefined,
      ltv: undefined,
      can: ['flexible.repay', 'flexible.repayWithCollateral'],
    }),
  );
