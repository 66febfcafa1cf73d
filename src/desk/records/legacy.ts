import { type Decimal, gt, ZERO } from '../../bybit/decimal';
import { getLegacyCompletedLoans, getLegacyRepaymentHistory, LegacyEnd } from '../../bybit/legacy';
import { getLegacyCollateralAdjustmentHistory } from '../../bybit/legacy-collateral';
import { type Words, words } from '../../bybit/words';
import { formatCoin } from '../format';
import { ltvWords, movedWords } from './shared';
import { pagedSource, type RecordSource } from './source';
import { repaidWords, stateOf } from './states';

/** Legacy loans; what was repaid and moved is told for the last six months only (API.md §5). */
export const LEGACY_SOURCES: readonly RecordSource[] = [
  pagedSource('legacyBorrow', words('legacy loans'), getLegacyCompletedLoans, (row, locale) => ({
    id: row.orderId,
    system: 'legacy',
    kind: 'borrow',
    time: row.borrowTime,
    coin: row.loanCurrency,
    amount: row.initialLoanAmount,
    what:
      row.status === LegacyEnd.liquidation ? words('Legacy loan, liquidated') : words('Legacy loan, repaid'),
    state: 'done',
    details: [
      words('against {0}', formatCoin(row.initialCollateralAmount, row.collateralCurrency, { locale })),
      words('interest {0}', formatCoin(row.repaidInterest, row.loanCurrency, { locale })),
      ...penaltyWords(row.repaidPenaltyInterest, row.loanCurrency, locale),
    ],
  })),
  pagedSource('legacyRepay', words('legacy repayments'), getLegacyRepaymentHistory, (row, locale) => ({
    id: row.repayId,
    system: 'legacy',
    kind: 'repay',
    time: row.repayTime,
    coin: row.loanCurrency,
    amount: row.repayAmount,
    what: repaidWords(row.repayType),
    state: stateOf(row.repayStatus),
    details: [
      words('loan {0}', row.orderId),
      ...(gt(row.collateralReturn, ZERO)
        ? [words('{0} given back', formatCoin(row.collateralReturn, row.collateralCurrency, { locale }))]
        : []),
    ],
  })),
  pagedSource(
    'legacyCollateral',
    words('legacy collateral movements'),
    getLegacyCollateralAdjustmentHistory,
    (row, locale) => ({
      id: row.adjustId,
      system: 'legacy',
      kind: 'collateral',
      time: row.adjustTime,
      coin: row.collateralCurrency,
      amount: row.amount,
      what: movedWords(row.direction),
      state: 'done',
      details: [words('loan {0}', row.orderId), ...ltvWords(row.preLTV, row.afterLTV, locale)],
    }),
  ),
];

function penaltyWords(penalty: Decimal, coin: string, locale: string): readonly Words[] {
  return gt(penalty, ZERO) ? [words('penalty {0}', formatCoin(penalty, coin, { locale }))] : [];
}
