import * as v from 'valibot';
import { Direction } from '../../../bybit/common';
import { add, type Decimal, div, gt, max, mul, round, sub, ZERO } from '../../../bybit/decimal';
import type { LegacyLoan } from '../../../bybit/legacy';
import {
  adjustLegacyCollateral,
  getLegacyCollateralAdjustmentHistory,
} from '../../../bybit/legacy-collateral';
import { Status } from '../../../bybit/schema';
import { words } from '../../../bybit/words';
import { pledge, release } from '../../change';
import { formatPercent } from '../../format';
import { COLLATERAL_PLACES } from '../../limits';
import type { Finding, OperationParams } from '../../operation';
import { legacyLines, legacyPool } from '../../pools/legacy';
import type { Pool } from '../../pools/pool';
import { totals } from '../../risk';
import type { Snapshot } from '../../snapshot';
import type { Definition, Situation } from '../definition';
import { decimalText } from '../params';
import { coinText, error, exactText, fits, inWallet, positive, warning } from '../rules';
import { meantLoan } from './loan-rules';

type Params = OperationParams['legacy.adjustCollateral'];

/** Move collateral of one legacy loan out of or into the Funding wallet. */
export const adjustLegacyPledge: Definition<Params> = {
  schema: v.object({
    orderId: v.string(),
    coin: v.string(),
    amount: decimalText,
    direction: v.picklist(['add', 'reduce']),
  }),
  title: ({ orderId, coin, amount, direction }, locale) => {
    const text = exactText(amount, coin, { locale });
    return direction === 'add'
      ? words('Add {0} to the collateral of legacy loan {1}', text, orderId)
      : words('Take {0} out of the collateral of legacy loan {1}', text, orderId);
  },
  check: (params, situation) => {
    const amounts = positive('amount', params.amount);
    const { loan, findings } = meantLoan(params.orderId, situation);
    if (findings.length > 0) return findings;
    if (loan === undefined || amounts.length > 0) return amounts;
    if (loan.collateralCurrency !== params.coin) {
      return [error('coin', words('This loan is secured by {0} (177017).', loan.collateralCurrency))];
    }
    return [
      ...fits('amount', params, legacyPlaces(situation.snapshot, loan), '177004', situation),
      ...(params.direction === 'add' ? additionFindings : reductionFindings)(params, loan, situation),
    ];
  },
  pool: ({ orderId }, snapshot) => legacyPool(snapshot, orderId),
  apply: (book, { coin, amount, direction }) =>
    direction === 'add' ? pledge(book, [{ coin, amount }]) : release(book, coin, amount),
  send: async (exchange, { orderId, amount, direction }, options) => {
    const body = { orderId, amount, direction: Direction[direction] };
    return (await exchange.call(adjustLegacyCollateral, body, options)).result.adjustId;
  },
  history: async (exchange, { orderId, amount, direction }, cursor) => {
    const request = { orderId, limit: '50', ...(cursor !== undefined && { cursor }) };
    const { result, time } = await exchange.call(getLegacyCollateralAdjustmentHistory, request);
    const code = Number(Direction[direction]);
    return {
      rows: result.list.map((row) => ({
        id: row.adjustId,
        time: row.adjustTime,
        // There is no status: what is listed has happened.
        status: Status.success,
        final: true,
        matches:
          row.orderId === orderId &&
          row.direction === code &&
          (row.amount === undefined || row.amount === amount),
      })),
      cursor: result.nextPageCursor,
      time,
    };
  },
  marks: ({ orderId, coin }) => [
    { what: 'legacyCollateral', coin, id: orderId },
    { what: 'wallet', coin },
  ],
  failsSilently: true,
  touches: ['legacyLoans', 'wallet'],
};

function additionFindings(params: Params, loan: LegacyLoan, situation: Situation): readonly Finding[] {
  const most = legacyLines(situation.snapshot, loan)?.maxLimit;
  if (most !== undefined && gt(params.amount, most)) {
    return [error('amount', words('At most {0} (177015).', coinText(most, params.coin, situation)))];
  }
  return [
    ...(most === undefined ? [] : limitFindings(params, most, situation)),
    ...inWallet('amount', params, '177011', situation),
  ];
}

/** That the limit counts all loans of the account is likely and not documented: told, not refused. */
function limitFindings({ coin, amount }: Params, most: Decimal, situation: Situation): readonly Finding[] {
  const loans = situation.snapshot.parts.legacyLoans.value ?? [];
  const pledged = add(
    ...loans.flatMap((one) => (one.collateralCurrency === coin ? [one.collateralAmount] : [])),
  );
  if (!gt(add(pledged, amount), most)) return [];
  const rest = coinText(max(ZERO, sub(most, pledged)), coin, situation);
  return [
    warning(
      'amount',
      words('With what is pledged already this passes the limit of the coin; {0} would not (177015).', rest),
    ),
  ];
}

function reductionFindings(params: Params, loan: LegacyLoan, situation: Situation): readonly Finding[] {
  const { orderId, coin, amount } = params;
  if (gt(amount, loan.collateralAmount)) {
    const pledged = coinText(loan.collateralAmount, coin, situation);
    return [error('amount', words('{0} is pledged (177013).', pledged))];
  }
  const pool = legacyPool(situation.snapshot, orderId);
  const most =
    pool === undefined ? undefined : largestLegacyRelease(pool, loan, legacyPlaces(situation.snapshot, loan));
  if (pool === undefined || most === undefined || !gt(amount, most)) return [];
  const line = formatPercent(pool.thresholds.initial, 2, situation.locale);
  const passing = coinText(most, coin, situation);
  return [error('amount', words('The LTV would pass {0}: at most {1} (177013).', line, passing))];
}

/** Decimals that may be sent of a loan's collateral. */
export function legacyPlaces(snapshot: Snapshot, loan: LegacyLoan): number {
  return legacyLines(snapshot, loan)?.collateralAccuracy ?? COLLATERAL_PLACES;
}

/**
 * How much collateral may leave a legacy loan with its LTV at or under the initial line, in its coin, rounded down at
 * `places` (the documented examples of one order fit that line: 0.00210611 BTC at an LTV of 0.6546). Undefined without a
 * price.
 */
export function largestLegacyRelease(
  { book, thresholds }: Pool,
  loan: LegacyLoan,
  places: number,
): Decimal | undefined {
  const price = book.prices.get(loan.collateralCurrency);
  const lent = price === undefined ? ZERO : mul(price, thresholds.initial);
  if (lent === ZERO || !book.prices.has(loan.loanCurrency)) return undefined;
  const staying = div(totals(book).debt, lent, 40, 'up');
  return round(max(ZERO, sub(loan.collateralAmount, staying)), places, 'down');
}
