import { BybitError } from '../../bybit/errors';
import type { Exchange } from '../../bybit/exchange';
import { FixedRepayType, getFixedRepaymentHistory } from '../../bybit/fixed-repay';
import { getFlexibleRepaymentHistory } from '../../bybit/flexible';
import type { ForcedRepayment } from '../snapshot';
import { isNotOffered } from './absence';
import { MINUTE_MS, type Reader } from './reader';

/** The codes are alike in both systems (API.md §10). */
const WHY = new Map<number, ForcedRepayment['why']>([
  [FixedRepayType.liquidation, 'liquidation'],
  [FixedRepayType.overdue, 'overdue'],
  [FixedRepayType.delisting, 'delisting'],
  [FixedRepayType.delayedLiquidation, 'delayedLiquidation'],
]);
const ROWS = { limit: '50' };

/** The last page of each history: enough to learn of a liquidation within a minute. */
export const forcedRepayments: Reader<readonly ForcedRepayment[]> = {
  isPublic: false,
  life: MINUTE_MS,
  read: async ({ exchange }) => {
    const flexible = (await exchange.call(getFlexibleRepaymentHistory, ROWS)).result.list;
    const rows = [
      ...flexible.map((row) => forced('flexible', row)),
      ...(await fixedRows(exchange)).map((row) => forced('fixed', row)),
    ];
    return rows.filter((row) => row !== undefined).sort((a, b) => b.time - a.time);
  },
};

async function fixedRows(exchange: Exchange) {
  try {
    return (await exchange.call(getFixedRepaymentHistory, ROWS)).result.list;
  } catch (error) {
    if (error instanceof BybitError && isNotOffered(error)) return [];
    throw error;
  }
}

interface Row {
  readonly repayId: string;
  readonly repayTime: number;
  readonly loanCurrency: string;
  readonly repayAmount: ForcedRepayment['amount'];
  readonly repayType: number;
}

function forced(system: ForcedRepayment['system'], row: Row): ForcedRepayment | undefined {
  const why = WHY.get(row.repayType);
  if (why === undefined) return undefined;
  const { repayId, repayTime, loanCurrency, repayAmount } = row;
  return { system, id: repayId, coin: loanCurrency, amount: repayAmount, time: repayTime, why };
}
