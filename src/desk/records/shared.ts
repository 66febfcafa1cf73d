import { getCollateralAdjustmentHistory } from '../../bybit/common';
import type { Decimal } from '../../bybit/decimal';
import { getFlexibleBorrowHistory, getFlexibleRepaymentHistory } from '../../bybit/flexible';
import { type Words, words } from '../../bybit/words';
import { formatPercent } from '../format';
import { pagedSource, type RecordSource } from './source';
import { repaidWords, stateOf } from './states';

/** Flexible loans, and the collateral that flexible and fixed loans share. */
export const SHARED_SOURCES: readonly RecordSource[] = [
  pagedSource('flexibleBorrow', words('flexible borrowings'), getFlexibleBorrowHistory, (row) => ({
    id: row.orderId,
    system: 'flexible',
    kind: 'borrow',
    time: row.borrowTime,
    coin: row.loanCurrency,
    amount: row.initialLoanAmount,
    what: words('Borrowed'),
    state: stateOf(row.status),
    details: [],
  })),
  pagedSource('flexibleRepay', words('flexible repayments'), getFlexibleRepaymentHistory, (row) => ({
    id: row.repayId,
    system: 'flexible',
    kind: 'repay',
    time: row.repayTime,
    coin: row.loanCurrency,
    amount: row.repayAmount,
    what: repaidWords(row.repayType),
    state: stateOf(row.repayStatus),
    details: [],
  })),
  pagedSource('collateral', words('collateral movements'), getCollateralAdjustmentHistory, (row, locale) => ({
    id: row.adjustId,
    system: 'common',
    kind: 'collateral',
    time: row.adjustTime,
    coin: row.collateralCurrency,
    amount: row.amount,
    what: movedWords(row.direction),
    state: stateOf(row.status),
    details: ltvWords(row.preLTV, row.afterLTV, locale),
  })),
];

/** 0 added, 1 taken back. */
export function movedWords(direction: number): Words {
  return direction === 0 ? words('Collateral added') : words('Collateral taken back');
}

/** The LTV around a movement, fractions; none where the history leaves one out. */
export function ltvWords(
  before: Decimal | undefined,
  after: Decimal | undefined,
  locale: string,
): readonly Words[] {
  if (before === undefined || after === undefined) return [];
  return [words('LTV {0} → {1}', formatPercent(before, 2, locale), formatPercent(after, 2, locale))];
}
