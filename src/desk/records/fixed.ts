import { add, type Decimal, decimal, gt, gte, ZERO } from '../../bybit/decimal';
import {
  type FixedBorrowContract,
  getFixedBorrowContracts,
  getFixedBorrowOrders,
  getFixedRenewOrders,
} from '../../bybit/fixed-borrow';
import { OrderState } from '../../bybit/fixed-orders';
import { getFixedRepaymentHistory } from '../../bybit/fixed-repay';
import { getFixedSupplyContracts, getFixedSupplyOrders, SupplyStatus } from '../../bybit/fixed-supply';
import { type Words, words } from '../../bybit/words';
import { termInterest } from '../fixed/interest';
import { formatCoin, formatPercent } from '../format';
import { principalOf } from '../loans/renewable';
import { utcMinute } from '../utc';
import type { AccountRecord } from './record';
import { pagedSource, type RecordSource } from './source';
import { orderState, repaidWords, stateOf } from './states';

interface OrderRow {
  readonly orderId: string;
  readonly orderTime: number;
  readonly orderCurrency: string;
  readonly orderQty: Decimal;
  readonly filledQty: Decimal;
  readonly annualRate: Decimal;
  readonly term: number;
  readonly state: number;
}

/** Both sides of the fixed market. */
export const FIXED_SOURCES: readonly RecordSource[] = [
  pagedSource('fixedOrders', words('fixed borrow orders'), getFixedBorrowOrders, (row, locale) =>
    orderRecord(row, words('Borrow order placed'), locale),
  ),
  pagedSource('fixedContracts', words('fixed borrowings'), getFixedBorrowContracts, (row, locale) => ({
    id: row.loanId,
    system: 'fixed',
    kind: 'borrow',
    time: row.borrowTime,
    coin: row.borrowCurrency,
    amount: firstPrincipal(row),
    what: words('Borrowed for {0} days', String(row.term)),
    state: 'done',
    details: [
      ...termsOf(row.annualRate, row.term, locale),
      words('interest {0} taken in advance', formatCoin(row.interestPaid, row.borrowCurrency, { locale })),
      words(
        '{0} of the principal still owed',
        formatCoin(row.residualPrincipal, row.borrowCurrency, { locale }),
      ),
      words('due {0}', utcMinute(row.repaymentTime)),
    ],
  })),
  pagedSource('fixedRepay', words('fixed repayments'), getFixedRepaymentHistory, (row, locale) => ({
    id: row.repayId,
    system: 'fixed',
    kind: 'repay',
    time: row.repayTime,
    coin: row.loanCurrency,
    amount: row.repayAmount,
    what: repaidWords(row.repayType),
    state: stateOf(row.repayStatus),
    details: row.details.map(({ loanId, repayAmount, loanCurrency }) =>
      words('contract {0}: {1}', loanId, formatCoin(repayAmount, loanCurrency, { locale })),
    ),
  })),
  pagedSource('fixedRenewals', words('renewals'), getFixedRenewOrders, (row) => ({
    id: row.orderId,
    system: 'fixed',
    kind: 'renew',
    time: row.time,
    coin: row.borrowCurrency,
    amount: row.amount,
    what: words('Renewed contract {0}', row.loanId),
    state: 'done',
    details: [words('new contract {0}', row.renewLoanNo), words('due {0}', utcMinute(row.dueTime))],
  })),
  pagedSource('supplyOrders', words('supply orders'), getFixedSupplyOrders, (row, locale) =>
    orderRecord(row, words('Supply order placed'), locale),
  ),
  pagedSource('supplyContracts', words('supply'), getFixedSupplyContracts, (row, locale) => ({
    id: row.supplyId,
    system: 'fixed',
    kind: 'supply',
    time: row.supplyTime,
    coin: row.supplyCurrency,
    amount: row.supplyAmount,
    what: words('Lent for {0} days', String(row.term)),
    state: row.status === SupplyStatus.redeemed ? 'done' : 'running',
    details: [
      ...termsOf(row.annualRate, row.term, locale),
      words(
        'interest {0}',
        formatCoin(add(row.interest, row.penaltyInterest), row.supplyCurrency, { locale }),
      ),
      row.status === SupplyStatus.redeemed
        ? words('came back {0}', utcMinute(row.actualRedemptionTime))
        : words('comes back {0}', utcMinute(row.redemptionTime)),
    ],
  })),
];

/**
 * What a contract began with. The exchange tells only what is left of it, so it is reckoned from the interest, and believed
 * where that interest follows from it to the last digit.
 */
function firstPrincipal(row: FixedBorrowContract): Decimal | undefined {
  const { annualRate, term, interestPaid, residualPrincipal } = row;
  const amount = principalOf(row);
  const follows = termInterest({ amount, annualRate, days: decimal(term) }) === interestPaid;
  return gt(interestPaid, ZERO) && follows && gte(amount, residualPrincipal) ? amount : undefined;
}

function orderRecord(row: OrderRow, what: Words, locale: string): AccountRecord {
  return {
    id: row.orderId,
    system: 'fixed',
    kind: 'order',
    time: row.orderTime,
    coin: row.orderCurrency,
    amount: row.orderQty,
    what,
    state: orderState(row.state),
    details: [
      ...termsOf(row.annualRate, row.term, locale),
      words('filled {0}', formatCoin(row.filledQty, row.orderCurrency, { locale })),
      ...endWords(row.state),
    ],
  };
}

function termsOf(annualRate: Decimal, days: number, locale: string): readonly Words[] {
  return [words('{0} a year', formatPercent(annualRate, 2, locale)), words('{0} days', String(days))];
}

function endWords(state: number): readonly Words[] {
  switch (state) {
    case OrderState.matching:
      return [words('waits to be matched')];
    case OrderState.partlyFilled:
      return [words('filled in part, the rest cancelled')];
    case OrderState.cancelled:
      return [words('cancelled')];
    case OrderState.failed:
      return [words('failed')];
    default:
      return [];
  }
}
