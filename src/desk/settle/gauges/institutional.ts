import { add } from '../../../bybit/decimal';
import { getInsLoanOrders } from '../../../bybit/institutional';
import type { Gauge } from './gauge';

/** The most rows of one call; there is no second page. */
const MOST_ROWS = 100;

/** Unpaid principal of the risk unit by coin, from the orders: the unit itself hides it while something runs. */
export const unitDebts: Gauge = {
  read: async (exchange, marks) => {
    const { loanInfo } = (await exchange.call(getInsLoanOrders, { limit: MOST_ROWS })).result;
    return marks.map(({ coin }) => {
      const amount = add(
        ...loanInfo.filter(({ loanCoin }) => loanCoin === coin).map(({ unpaidAmount }) => unpaidAmount),
      );
      return { amount, mayRise: amount };
    });
  },
};
