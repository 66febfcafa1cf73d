import * as v from 'valibot';
import { adjustCollateral, Direction, getCollateralAdjustmentHistory } from '../../bybit/common';
import { type Decimal, gt, mul, ZERO } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import type { Book } from '../book';
import { pledge, release } from '../change';
import { formatPercent } from '../format';
import { COLLATERAL_PLACES, largestRelease } from '../limits';
import type { Finding, OperationParams } from '../operation';
import { ltvOf, pledgedOf, totals } from '../risk';
import type { Definition, Situation } from './definition';
import { decimalText } from './params';
import {
  acceptedAsCollateral,
  coinNamed,
  coinText,
  collateralOpen,
  error,
  exactText,
  fits,
  inWallet,
  positive,
  warning,
} from './rules';

type Params = OperationParams['common.adjustCollateral'];

/** Pledge more of a coin out of the Funding wallet, or take pledged coins back into it. */
export const adjustPledge: Definition<Params> = {
  schema: v.object({
    coin: v.string(),
    amount: decimalText,
    direction: v.picklist(['add', 'reduce']),
  }),
  title: ({ coin, amount, direction }, locale) => {
    const text = exactText(amount, coin, { locale });
    return direction === 'add'
      ? words('Add {0} to the collateral', text)
      : words('Take {0} out of the collateral', text);
  },
  check: (params, situation) => {
    const named = [...coinNamed('coin', params.coin), ...positive('amount', params.amount)];
    if (named.length > 0) return named;
    return [
      ...poolFindings(situation),
      ...fits('amount', params, COLLATERAL_PLACES, '148005', situation),
      ...(params.direction === 'add' ? additionFindings : reductionFindings)(params, situation),
    ];
  },
  apply: moved,
  send: async (exchange, { coin, amount, direction }, options) => {
    const body = { currency: coin, amount, direction: Direction[direction] };
    return (await exchange.call(adjustCollateral, body, options)).result.adjustId;
  },
  history: async (exchange, { coin, amount, direction }, cursor) => {
    const request = { collateralCurrency: coin, limit: '50', ...(cursor !== undefined && { cursor }) };
    const { result, time } = await exchange.call(getCollateralAdjustmentHistory, request);
    const code = Number(Direction[direction]);
    return {
      rows: result.list.map((row) => ({
        id: row.adjustId,
        time: row.adjustTime,
        status: row.status,
        matches: row.collateralCurrency === coin && row.amount === amount && row.direction === code,
      })),
      cursor: result.nextPageCursor,
      time,
    };
  },
  marks: ({ coin }) => [
    { what: 'collateral', coin },
    { what: 'wallet', coin },
  ],
  touches: ['position', 'flexibleLoans', 'wallet'],
};

function moved(book: Book, { coin, amount, direction }: Params): Book {
  return direction === 'add' ? pledge(book, [{ coin, amount }]) : release(book, coin, amount);
}

function poolFindings({ book }: Situation): readonly Finding[] {
  if (book === undefined || book.debts.length > 0 || book.collateral.length > 0) return [];
  return [error('coin', words('Without a loan there is no collateral to adjust (148013).'))];
}

function additionFindings(params: Params, situation: Situation): readonly Finding[] {
  return [
    ...acceptedAsCollateral('coin', params.coin, situation),
    ...collateralOpen('coin', situation),
    ...inWallet('amount', params, '148012', situation),
  ];
}

function reductionFindings(params: Params, situation: Situation): readonly Finding[] {
  const { coin, amount } = params;
  const { book, thresholds, locale } = situation;
  if (book === undefined) return [];
  const pledged = pledgedOf(book, coin);
  if (gt(amount, pledged)) {
    return [error('amount', words('{0} is pledged (148037).', coinText(pledged, coin, situation)))];
  }
  const after = moved(book, params);
  const sums = totals(after);
  const over = (line: Decimal) => sums.debt !== ZERO && gt(sums.debt, mul(line, sums.collateral));
  const ltv = ltvOf(after);
  if (over(thresholds.marginCall)) {
    const most = coinText(largestRelease(book, coin, thresholds), coin, situation);
    const line = formatPercent(thresholds.marginCall, 2, locale);
    return [error('amount', words('The LTV would pass {0}: at most {1} (148037).', line, most))];
  }
  if (ltv === undefined || !over(thresholds.initial)) return [];
  const line = formatPercent(thresholds.initial, 2, locale);
  return [
    warning(
      'amount',
      words(
        'The LTV would be {0}, above the initial line of {1} and close to a margin call.',
        formatPercent(ltv, 2, locale),
        line,
      ),
    ),
  ];
}
