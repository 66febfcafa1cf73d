import { getLoanPosition } from '../../../bybit/common';
import { abs, add, type Decimal, decimal, mul, sub, ZERO } from '../../../bybit/decimal';
import { getFixedBorrowContracts, getFixedBorrowOrders } from '../../../bybit/fixed-borrow';
import { OrderState } from '../../../bybit/fixed-orders';
import { getFlexibleLoans } from '../../../bybit/flexible';
import { owedOn } from '../../loans/fixed';
import type { Gauge } from './gauge';

/** Hours of interest that may be posted at once: what is late, and what is due at either end. */
const AT_ONCE = 3;
/** The rate is that of now; it may have been so much higher on the way. */
const HIGHER = 2;
/** Each posting may be rounded up by one digit. */
const LAST_DIGIT = decimal('0.00000001');

/** Flexible debts by coin. They grow by the hour. */
export const flexibleDebts: Gauge = {
  read: async (exchange, marks, hours) => {
    const { list } = (await exchange.call(getFlexibleLoans, {})).result;
    const postings = decimal(String(AT_ONCE + HIGHER * hours));
    return marks.map(({ coin }) => {
      const row = list.find(({ loanCurrency }) => loanCurrency === coin);
      const amount = row?.totalDebt ?? ZERO;
      const interest = mul(amount, abs(row?.hourlyInterestRate ?? ZERO), postings);
      return { amount, mayRise: add(interest, mul(LAST_DIGIT, postings)) };
    });
  },
};

/** The pledge that flexible and fixed loans share, by coin. */
export const sharedCollateral: Gauge = {
  read: async (exchange, marks) => {
    const { collateralList } = (await exchange.call(getLoanPosition, {})).result;
    const amounts = new Map(collateralList.map((row) => [row.currency, row.amount]));
    return marks.map(({ coin }) => ({ amount: amounts.get(coin) ?? ZERO, mayRise: ZERO }));
  },
};

/**
 * What is owed and what is still asked for on the fixed market, by coin: an order raises it, and its matching only moves it from
 * one to the other. Orders of months are not looked through: those that wait are among the newest.
 */
export const fixedBorrowings: Gauge = {
  read: async (exchange, marks) => {
    const { borrowList } = (await exchange.call(getLoanPosition, {})).result;
    const amounts: Decimal[] = [];
    for (const { coin } of marks) {
      const { list } = (await exchange.call(getFixedBorrowOrders, { orderCurrency: coin, limit: '50' }))
        .result;
      const waiting = list.filter((row) => row.orderCurrency === coin && row.state === OrderState.matching);
      const owed = borrowList.find(({ loanCurrency }) => loanCurrency === coin)?.fixedTotalDebt ?? ZERO;
      amounts.push(add(owed, ...waiting.map(({ orderQty, filledQty }) => sub(orderQty, filledQty))));
    }
    return amounts.map((amount) => ({ amount, mayRise: ZERO }));
  },
};

/** What is owed on single fixed contracts. Only repaying lowers it; a penalty may raise it. */
export const contractDebts: Gauge = {
  read: async (exchange, marks) => {
    const amounts: Decimal[] = [];
    for (const { id = '' } of marks) {
      const { list } = (await exchange.call(getFixedBorrowContracts, { loanId: id })).result;
      amounts.push(add(...list.filter(({ loanId }) => loanId === id).map(owedOn)));
    }
    return amounts.map((amount) => ({ amount, mayRise: amount }));
  },
};
