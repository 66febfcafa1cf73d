import { add, ZERO } from '../../bybit/decimal';
import { ContractStatus, type FixedBorrowContract, RepayType } from '../../bybit/fixed-borrow';
import type { AtMaturity, Loan, LoanSource } from './loan';

/** Fixed loans that are not repaid. Their interest was paid at the start, so only principal and penalty are owed. */
export const fixedLoans: LoanSource = ({ parts }) =>
  parts.fixedContracts.value
    ?.filter(({ status }) => status !== ContractStatus.repaid)
    .map(
      (row): Loan => ({
        system: 'fixed',
        id: row.loanId,
        coin: row.borrowCurrency,
        owed: owedOn(row),
        principal: row.residualPrincipal,
        interest: ZERO,
        penalty: row.residualPenaltyInterest,
        annualRate: row.annualRate,
        isFloating: false,
        prepaid: row.interestPaid,
        start: row.borrowTime,
        due: row.repaymentTime,
        term: row.term,
        status: row.status === ContractStatus.overdue ? 'overdue' : 'running',
        atMaturity: atMaturity(row.repayType),
        collateral: undefined,
        ltv: undefined,
        can: ['fixed.repay', 'fixed.repayWithCollateral'],
      }),
    );

/** What is unpaid of a contract: principal and penalty, in its coin. */
export function owedOn({ residualPrincipal, residualPenaltyInterest }: FixedBorrowContract) {
  return add(residualPrincipal, residualPenaltyInterest);
}

/** The meaning of a `repayType` (API.md §10). */
export function atMaturity(repayType: number): AtMaturity {
  if (repayType === RepayType.autoRepay) return 'repay';
  return repayType === RepayType.toFlexible ? 'toFlexible' : 'nothing';
}
