import {
  cancelFixedSupplyOrder,
  createFixedSupplyOrder,
  getFixedSupplyContracts,
  getFixedSupplyOrders,
  SupplySource,
} from '../../bybit/fixed-supply';
import type { Params } from '../exchange/params';
import type { Route } from '../exchange/route';
import { penaltyEarned } from '../ledger/fixed/interest';
import { isSupplying, redemptionTime } from '../ledger/fixed/redeeming';
import type { SupplyContract } from '../ledger/fixed/state';
import { cancelSupplyOrder, createSupplyOrder, type SupplyRequest } from '../ledger/fixed/supplying';
import { refuse } from '../ledger/refusal';
import { hasOrder, hasState, hasTerm, listReply, orderRow } from './fixed-lists';

function sourcesOf(params: Params): SupplyRequest['sources'] {
  switch (params.optional('availableSource') ?? SupplySource.funding) {
    case SupplySource.funding:
      return { funding: true, earn: false };
    case SupplySource.earn:
      return { funding: false, earn: true };
    case SupplySource.both:
      return { funding: true, earn: true };
    default:
      return refuse(10001, 'availableSource');
  }
}

function refundsToEarn(params: Params): boolean {
  const account = params.optional('refundedAccount') ?? SupplySource.funding;
  if (account !== SupplySource.funding && account !== SupplySource.earn) refuse(10001, 'refundedAccount');
  return account === SupplySource.earn;
}

function contractRow(contract: SupplyContract, time: number): Record<string, unknown> {
  return {
    actualRedemptionTime: String(isSupplying(contract) ? contract.due : redemptionTime(contract)),
    annualRate: contract.rate,
    interest: contract.interest,
    orderId: String(contract.orderId),
    penaltyInterest: penaltyEarned(contract, time),
    redemptionTime: String(contract.due),
    status: contract.status,
    supplyAmount: contract.amount,
    supplyCurrency: contract.coin,
    supplyId: String(contract.id),
    supplyTime: String(contract.time),
    term: contract.term,
  };
}

/** Fixed loans, the lender's side (API.md §9). */
export const fixedSupplyRoutes: readonly Route[] = [
  {
    endpoint: createFixedSupplyOrder,
    spotTrade: true,
    handle({ world, state, params }) {
      const accepted = createSupplyOrder(world, state, {
        coin: params.text('orderCurrency'),
        amount: params.amount('orderAmount'),
        rate: params.amount('annualRate'),
        term: params.text('term'),
        sources: sourcesOf(params),
      });
      return { state: accepted.state, result: { orderId: String(accepted.id) } };
    },
  },
  {
    endpoint: cancelFixedSupplyOrder,
    spotTrade: true,
    handle: ({ state, params }) => ({
      state: cancelSupplyOrder(state, params.text('orderId'), refundsToEarn(params)),
      result: {},
    }),
  },
  {
    endpoint: getFixedSupplyOrders,
    spotTrade: true,
    handle({ state, params }) {
      const [term, stands] = [hasTerm(params), hasState(params)];
      return listReply({
        state,
        params,
        rows: state.fixed.supplyOrders,
        idName: 'orderId',
        coinName: 'orderCurrency',
        wanted: (order) => term(order) && stands(order),
        show: orderRow,
      });
    },
  },
  {
    endpoint: getFixedSupplyContracts,
    spotTrade: true,
    handle({ state, params }) {
      const [term, order] = [hasTerm(params), hasOrder(params)];
      return listReply({
        state,
        params,
        rows: state.fixed.supplies,
        idName: 'supplyId',
        coinName: 'supplyCurrency',
        wanted: (contract) => term(contract) && order(contract),
        show: (contract) => contractRow(contract, state.time),
      });
    },
  },
];
