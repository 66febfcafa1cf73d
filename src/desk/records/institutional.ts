import { gt, ZERO } from '../../bybit/decimal';
import type { Endpoint } from '../../bybit/endpoint';
import {
  getInsLoanOrders,
  getInsRepaymentOrders,
  InsBusinessType,
  InsOrderStatus,
  type InsRepayment,
  InsRepaymentStatus,
  type WindowRequest,
} from '../../bybit/institutional';
import { type Words, words } from '../../bybit/words';
import { formatCoin, formatPercent } from '../format';
import { isNoUnit } from '../parts/institutional';
import { optionsOf } from '../question';
import type { AccountRecord } from './record';
import { orEmpty, type RecordSource } from './source';

/** The most rows of one call. */
const LIMIT = 100;

/** Loans and repayments of the risk unit, two years back at the most. */
export const INSTITUTIONAL_SOURCES: readonly RecordSource[] = [
  windowSource(
    'insLoans',
    words('institutional loans'),
    getInsLoanOrders,
    (result) => result.loanInfo,
    (row, locale) => ({
      id: row.orderId,
      system: 'institutional',
      kind: 'borrow',
      time: row.loanTime,
      coin: row.loanCoin,
      amount: row.loanAmount,
      what: words('Institutional loan'),
      state: row.status === InsOrderStatus.paidOff ? 'done' : 'running',
      details: [
        words('{0} a day', formatPercent(row.interestRate, 4, locale)),
        words('{0} of the principal still owed', formatCoin(row.unpaidAmount, row.loanCoin, { locale })),
        words('interest {0} paid', formatCoin(row.repaidInterest, row.loanCoin, { locale })),
      ],
    }),
  ),
  windowSource(
    'insRepay',
    words('institutional repayments'),
    getInsRepaymentOrders,
    (result) => result.repayInfo,
    (row, locale) => ({
      id: row.repayOrderId,
      system: 'institutional',
      kind: 'repay',
      time: row.repaidTime,
      coin: row.token,
      state: row.status === InsRepaymentStatus.success ? 'done' : 'failed',
      ...repaid(row, locale),
    }),
  ),
];

/** What was repaid; where that was nothing but interest, the interest. */
function repaid(
  { quantity, interest, token, businessType }: InsRepayment,
  locale: string,
): Pick<AccountRecord, 'what' | 'amount' | 'details'> {
  const isLiquidation = businessType === InsBusinessType.liquidation;
  if (!gt(quantity, ZERO) && gt(interest, ZERO)) {
    const what = isLiquidation ? words('Interest paid by liquidation') : words('Interest paid');
    return { what, amount: interest, details: [] };
  }
  return {
    what: isLiquidation ? words('Repaid by liquidation') : words('Repaid by you'),
    amount: quantity,
    details: [words('with interest {0}', formatCoin(interest, token, { locale }))],
  };
}

/**
 * A history without a cursor, paged by shrinking `endTime` (API.md §5). The window's end is the oldest time seen, so that
 * rows of the same millisecond are not lost; they come twice, which readers of records expect.
 */
function windowSource<Result, Row>(
  id: string,
  name: Words,
  endpoint: Endpoint<WindowRequest, Result>,
  rowsOf: (result: Result) => readonly Row[],
  recordOf: (row: Row, locale: string) => AccountRecord,
): RecordSource {
  return {
    id,
    name,
    read: ({ exchange, locale, signal }, cursor) =>
      orEmpty(isNoUnit, async () => {
        const request = { limit: LIMIT, ...(cursor === undefined ? {} : { endTime: Number(cursor) }) };
        const { result } = await exchange.call(endpoint, request, optionsOf(signal));
        const records = rowsOf(result).map((row) => recordOf(row, locale));
        const oldest = Math.min(...records.map(({ time }) => time));
        const next = records.length === 0 || String(oldest) === cursor ? undefined : String(oldest);
        return { records, next };
      }),
  };
}
