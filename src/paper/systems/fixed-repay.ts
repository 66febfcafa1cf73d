import { getFixedRepaymentHistory, repayFixedLoan, repayFixedWithCollateral } from '../../bybit/fixed-repay';
import type { Params } from '../exchange/params';
import type { Route } from '../exchange/route';
import { totalOf } from '../ledger/fixed/contracts';
import { repayFixed, repayFixedByCollateral, type Target } from '../ledger/fixed/repaying';
import type { FixedRepayRow } from '../ledger/fixed/state';
import { refuse } from '../ledger/refusal';
import { listReply } from './fixed-lists';

/** Exactly one of the two has to be given (API.md §12). */
function targetOf(params: Params): Target {
  const loan = params.optional('loanId');
  const coin = params.optional('loanCurrency');
  if (loan !== undefined && coin === undefined) return { loan };
  if (coin !== undefined && loan === undefined) return { coin };
  return refuse(10001, 'either loanId or loanCurrency');
}

function repayRow(row: FixedRepayRow): Record<string, unknown> {
  return {
    details: row.details.map(({ loan, amount }) => ({
      loanCurrency: row.coin,
      loanId: String(loan),
      repayAmount: amount,
    })),
    loanCurrency: row.coin,
    repayAmount: totalOf(row.details),
    repayId: String(row.id),
    repayStatus: row.status,
    repayTime: row.time,
    repayType: row.type,
  };
}

/** Repayments of fixed loans (API.md §9). */
export const fixedRepayRoutes: readonly Route[] = [
  {
    endpoint: repayFixedLoan,
    spotTrade: true,
    handle({ world, state, params }) {
      const accepted = repayFixed(world, state, targetOf(params));
      return { state: accepted.state, result: { repayId: String(accepted.id) } };
    },
  },
  {
    endpoint: repayFixedWithCollateral,
    spotTrade: true,
    handle({ world, state, params }) {
      const request = {
        loan: params.optional('loanId'),
        coin: params.text('loanCurrency'),
        amount: params.amount('amount'),
        collateral: params
          .text('collateralCoin')
          .split(',')
          .map((name) => name.trim()),
      };
      return { state: repayFixedByCollateral(world, state, request), result: {} };
    },
  },
  {
    endpoint: getFixedRepaymentHistory,
    spotTrade: true,
    handle: ({ state, params }) =>
      listReply({
        state,
        params,
        rows: state.fixed.repayments,
        idName: 'repayId',
        coinName: 'loanCurrency',
        show: repayRow,
      }),
  },
];
