import {
  cancelFixedBorrowOrder,
  createFixedBorrowOrder,
  getFixedBorrowContracts,
  getFixedBorrowOrders,
  getFixedRenewOrders,
  RepayType,
  renewFixedLoan,
} from '../../bybit/fixed-borrow';
import type { Params } from '../exchange/params';
import type { Route } from '../exchange/route';
import { cancelBorrowOrder, createBorrowOrder } from '../ledger/fixed/borrowing';
import { renewFixed } from '../ledger/fixed/renewing';
import type { BorrowOrder, Contract, RenewRow, RepayTypeCode, Strategy } from '../ledger/fixed/state';
import type { CoinAmount } from '../ledger/guards';
import { refuse } from '../ledger/refusal';
import { hasOrder, hasState, hasTerm, listReply, orderRow } from './fixed-lists';

/** The deprecated `autoRepay` still says whether anything is done at maturity when `repayType` is left out. */
function repayTypeOf(params: Params): RepayTypeCode {
  switch (params.optional('repayType')) {
    case '1':
      return RepayType.autoRepay;
    case '2':
      return RepayType.toFlexible;
    case undefined:
      break;
    default:
      return refuse(10001, 'repayType');
  }
  switch (params.optional('autoRepay')) {
    case undefined:
    case 'true':
      return RepayType.autoRepay;
    case 'false':
      return RepayType.none;
    default:
      return refuse(10001, 'autoRepay');
  }
}

function strategyOf(params: Params): Strategy {
  const text = params.optional('strategyType') ?? 'PARTIAL';
  return text === 'PARTIAL' || text === 'FULL' ? text : refuse(10001, 'strategyType');
}

function collateralOf(params: Params): readonly CoinAmount[] {
  return params
    .list('collateralList')
    .map((item) => ({ coin: item.text('currency'), amount: item.amount('amount') }));
}

function borrowOrderRow(order: BorrowOrder): Record<string, unknown> {
  return {
    ...orderRow(order),
    repayType: String(order.repayType),
    // Younger than the documented example, which lacks it; PARTIAL is what its absence means (API.md §12).
    ...(order.strategy === 'FULL' ? { strategyType: order.strategy } : {}),
  };
}

function contractRow(contract: Contract): Record<string, unknown> {
  return {
    annualRate: contract.rate,
    autoRepay: String(contract.repayType === RepayType.autoRepay),
    borrowCurrency: contract.coin,
    borrowTime: String(contract.time),
    interestPaid: contract.interest,
    loanId: String(contract.id),
    orderId: String(contract.orderId),
    repayType: String(contract.repayType),
    repaymentTime: String(contract.due),
    residualPenaltyInterest: contract.penalty,
    residualPrincipal: contract.principal,
    status: contract.status,
    term: contract.term,
  };
}

function renewRow(row: RenewRow): Record<string, unknown> {
  return {
    amount: row.amount,
    autoRepay: row.repayType,
    borrowCurrency: row.coin,
    contractNo: row.number,
    dueTime: String(row.due),
    loanId: String(row.loan),
    orderId: row.id,
    renewLoanNo: row.renewedAs,
    time: String(row.time),
  };
}

/** Fixed loans, the borrower's side (API.md §9). */
export const fixedBorrowRoutes: readonly Route[] = [
  {
    endpoint: createFixedBorrowOrder,
    spotTrade: true,
    handle({ world, state, params }) {
      const accepted = createBorrowOrder(world, state, {
        coin: params.text('orderCurrency'),
        amount: params.amount('orderAmount'),
        rate: params.amount('annualRate'),
        term: params.text('term'),
        repayType: repayTypeOf(params),
        strategy: strategyOf(params),
        collateral: collateralOf(params),
      });
      return { state: accepted.state, result: { orderId: String(accepted.id) } };
    },
  },
  {
    endpoint: cancelFixedBorrowOrder,
    spotTrade: true,
    handle: ({ state, params }) => ({ state: cancelBorrowOrder(state, params.text('orderId')), result: {} }),
  },
  {
    endpoint: renewFixedLoan,
    spotTrade: true,
    handle({ world, state, params }) {
      const loan = params.text('loanId');
      const accepted = renewFixed(world, state, { loan, collateral: collateralOf(params) });
      return { state: accepted.state, result: { orderId: accepted.id } };
    },
  },
  {
    endpoint: getFixedBorrowOrders,
    spotTrade: true,
    handle({ state, params }) {
      const [term, stands] = [hasTerm(params), hasState(params)];
      return listReply({
        state,
        params,
        rows: state.fixed.borrowOrders,
        idName: 'orderId',
        coinName: 'orderCurrency',
        wanted: (order) => term(order) && stands(order),
        show: borrowOrderRow,
      });
    },
  },
  {
    endpoint: getFixedBorrowContracts,
    spotTrade: true,
    handle({ state, params }) {
      const [term, order] = [hasTerm(params), hasOrder(params)];
      return listReply({
        state,
        params,
        rows: state.fixed.contracts,
        idName: 'loanId',
        coinName: 'orderCurrency',
        wanted: (contract) => term(contract) && order(contract),
        show: contractRow,
      });
    },
  },
  {
    endpoint: getFixedRenewOrders,
    spotTrade: true,
    handle: ({ state, params }) =>
      listReply({
        state,
        params,
        rows: state.fixed.renewals,
        idName: 'orderId',
        coinName: 'orderCurrency',
        show: renewRow,
      }),
  },
];
