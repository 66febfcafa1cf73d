import * as v from 'valibot';
import type { Decimal } from '../../bybit/decimal';
import { borrowFlexible, getFlexibleBorrowHistory } from '../../bybit/flexible';
import { type Words, words } from '../../bybit/words';
import { credit, owe, pledge } from '../change';
import { annualToHourly } from '../interest';
import { flexibleBounds } from '../limits';
import type { Finding, OperationParams } from '../operation';
import type { Snapshot } from '../snapshot';
import type { Definition, Situation } from './definition';
import { ltvFindings, sizeFindings } from './new-debt';
import { coinAmount, decimalText } from './params';
import { collateralList, pledgeFindings, pledgeText } from './pledging';
import { coinNamed, coinRow, error, exactText, positive } from './rules';

type Params = OperationParams['flexible.borrow'];

/** Borrow a coin without a due date, pledging coins in the same step. */
export const borrowFlexibly: Definition<Params> = {
  schema: v.object({ coin: v.string(), amount: decimalText, collateral: v.array(coinAmount) }),
  title,
  check: (params, situation) => [
    ...loanFindings(params, situation),
    ...pledgeFindings(params.collateral, situation),
    ...lineFindings(params, situation),
  ],
  apply: (book, params, snapshot) => {
    const pledged = pledge(book, params.collateral);
    const lent = credit(pledged, params.coin, params.amount);
    return owe(lent, { system: 'flexible', ...params }, hourlyRate(snapshot, params.coin));
  },
  send: async (exchange, { coin, amount, collateral }, options) => {
    const body = {
      loanCurrency: coin,
      loanAmount: amount,
      ...collateralList(collateral),
    };
    return (await exchange.call(borrowFlexible, body, options)).result.orderId;
  },
  history: async (exchange, { coin, amount }, cursor) => {
    const request = { loanCurrency: coin, limit: '50', ...(cursor !== undefined && { cursor }) };
    const { result, time } = await exchange.call(getFlexibleBorrowHistory, request);
    return {
      rows: result.list.map((row) => ({
        id: row.orderId,
        time: row.borrowTime,
        status: row.status,
        matches: row.loanCurrency === coin && row.initialLoanAmount === amount,
      })),
      cursor: result.nextPageCursor,
      time,
    };
  },
  marks: ({ coin, collateral }) => [
    { what: 'debt', coin },
    { what: 'wallet', coin },
    ...collateral.map((held) => ({ what: 'collateral' as const, coin: held.coin })),
  ],
  touches: ['position', 'flexibleLoans', 'wallet'],
};

function title({ coin, amount, collateral }: Params, locale: string): Words {
  const loan = exactText(amount, coin, { locale });
  if (collateral.length === 0) return words('Borrow {0} against what is pledged', loan);
  return words('Borrow {0} against {1}', loan, pledgeText(collateral, locale));
}

/** The debt's own row knows the rate best; a new coin starts with the rate on offer. */
function hourlyRate(snapshot: Snapshot, coin: string): Decimal | undefined {
  const running = snapshot.parts.flexibleLoans.value?.find((loan) => loan.loanCurrency === coin);
  if (running !== undefined) return running.hourlyInterestRate;
  const annual = snapshot.parts.coins.value?.find(
    (row) => row.currency === coin,
  )?.flexibleAnnualizedInterestRate;
  return annual === undefined ? undefined : annualToHourly(annual);
}

function loanFindings(params: Params, situation: Situation): readonly Finding[] {
  const { coin, amount } = params;
  const named = coinNamed('coin', coin);
  if (named.length > 0) return named;
  const amounts = positive('amount', amount);
  if (situation.snapshot.parts.coins.value === undefined) return amounts;
  const row = coinRow(coin, situation);
  if (row === undefined) return [error('coin', words('{0} cannot be borrowed here (148014).', coin))];
  if (!row.flexibleBorrowable) {
    return [error('coin', words('{0} has no flexible loan now (148001).', coin))];
  }
  return amounts.length > 0 ? amounts : sizeFindings(params, flexibleBounds(row), situation);
}

function lineFindings(params: Params, situation: Situation): readonly Finding[] {
  const row = coinRow(params.coin, situation);
  const bounds = row === undefined ? undefined : flexibleBounds(row);
  return ltvFindings({ system: 'flexible', ...params }, bounds, situation);
}
