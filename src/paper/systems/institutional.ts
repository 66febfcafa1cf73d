import { abs, add, mul, round, ZERO } from '../../bybit/decimal';
import {
  bindInsUid,
  getInsCoinDelta,
  getInsDelayLiquidationStatus,
  getInsLoanOrders,
  getInsLtv,
  getInsLtvOld,
  getInsRepaymentOrders,
  InsOrderStatus,
  LiqStatus,
  LiquidationStatus,
  Operate,
  repayInsLoan,
} from '../../bybit/institutional';
import type { Params } from '../exchange/params';
import type { Call, Route } from '../exchange/route';
import { changeBinding } from '../ledger/institutional/binding';
import { repayInstitutional } from '../ledger/institutional/repaying';
import type { InsOrder } from '../ledger/institutional/state';
import {
  assetsOf,
  debtsOfUnit,
  leftOf,
  linesOfUnit,
  ltvOfUnit,
  netOf,
  owedOnOrder,
  standingOfUnit,
} from '../ledger/institutional/unit';
import { refuse, require_ } from '../ledger/refusal';
import type { State } from '../ledger/state';
import { priceOf } from '../ledger/world';
import { DELTA_OF_UNIT, deltaLimit, marginCoins, privateProduct } from '../market/institutional';
import { DAY } from '../market/market';
import { flagsOf, termsOf } from './institutional-products';

/** How far the lists reach back: two years (API.md §5). */
const WINDOW = 2 * 365 * DAY;
const AMOUNT_PLACES = 8;

/** The UID that calls: the key's own, else the account's. */
function callerOf({ state, key }: Call): string {
  return String(key?.uid ?? state.uid);
}

/** Rows of the span asked for, newest first, at most `limit`; there is no cursor (API.md §5). */
function windowOf<Row extends { readonly time: number }>(
  state: State,
  params: Params,
  rows: readonly Row[],
  fallback: string,
): readonly Row[] {
  const from = Math.max(params.moment('startTime') ?? 0, state.time - WINDOW);
  const until = params.moment('endTime') ?? Number.POSITIVE_INFINITY;
  require_(from <= until, 10001, 'endTime');
  const limit = params.limit(fallback);
  const shown = state.time - state.habits.historyLagMs;
  return rows
    .filter((row) => row.time >= from && row.time <= until && row.time <= shown)
    .toSorted((a, b) => b.time - a.time)
    .slice(0, limit);
}

function orderRow(state: State, order: InsOrder): Record<string, unknown> {
  const product = privateProduct(order.product);
  const open = owedOnOrder(order) !== ZERO;
  return {
    orderId: order.id,
    orderProductId: order.product,
    parentUid: String(state.uid),
    loanTime: String(order.time),
    loanCoin: order.coin,
    loanAmount: order.amount,
    unpaidAmount: order.unpaid,
    unpaidInterest: order.interest,
    repaidAmount: order.repaid,
    repaidInterest: order.repaidInterest,
    interestRate: order.rate,
    status: String(open ? InsOrderStatus.open : InsOrderStatus.paidOff),
    ...(product === undefined
      ? {}
      : {
          leverage: product.leverage,
          ...flagsOf(product.allowed, (allowed) => (allowed ? '1' : '0')),
          ...termsOf(product),
        }),
    reserveToken: '',
    reserveQuantity: '',
  };
}

/** What runs in the unit now, as `getInsLtv` tells it. */
function liqStatusOf(state: State): number {
  const { risk, pending } = state.institutional;
  if (risk.stage === 'liquidating') return LiqStatus.liquidation;
  return pending.length > 0 ? LiqStatus.manualRepayment : LiqStatus.normal;
}

/** Whole seconds until a deferred liquidation begins; undefined when none is announced. */
function secondsLeft(state: State): number | undefined {
  const { risk } = state.institutional;
  const deferred = linesOfUnit(state)?.deferred;
  if (risk.stage !== 'delayed' || deferred === undefined) return undefined;
  return Math.max(0, Math.ceil((risk.since + deferred.ms - state.time) / 1000));
}

function unpaidInfo(state: State): readonly Record<string, string>[] {
  return debtsOfUnit(state).map(({ coin, principal, interest }) => ({
    token: coin,
    unpaidQty: principal,
    unpaidInterest: interest,
  }));
}

/** The risk unit as it is, or without figures while something runs in it. */
function unitRow({ world, state }: Call): Record<string, unknown> {
  const liqStatus = liqStatusOf(state);
  const busy = liqStatus !== LiqStatus.normal;
  const now = standingOfUnit(world, state);
  return {
    ltv: busy ? '' : ltvOfUnit(now),
    rst: busy ? '' : String(secondsLeft(state) ?? ''),
    parentUid: String(state.uid),
    subAccountUids: state.institutional.bound,
    unpaidAmount: busy ? '' : round(now.debt, AMOUNT_PLACES, 'half'),
    unpaidInfo: busy ? [] : unpaidInfo(state),
    balance: busy ? '' : round(now.balance, AMOUNT_PLACES, 'half'),
    balanceInfo: busy
      ? []
      : assetsOf(world, state).map(({ coin, price, quantity, converted }) => ({
          token: coin.name,
          price,
          qty: quantity,
          convertedAmount: round(converted, AMOUNT_PLACES, 'half'),
        })),
    liqStatus,
  };
}

function liquidationStatusOf({ institutional: { risk } }: State): number {
  if (risk.stage === 'delayed') return LiquidationStatus.delayed;
  if (risk.stage === 'normal') return LiquidationStatus.normal;
  return LiquidationStatus[risk.cause];
}

/** The risk unit: orders, LTV, repayments, UIDs (API.md §9). */
export const institutionalRoutes: readonly Route[] = [
  {
    endpoint: getInsLoanOrders,
    spotTrade: false,
    handle({ state, params }) {
      const only = params.optional('orderId');
      const orders = state.institutional.orders.filter((order) => only === undefined || order.id === only);
      const rows = windowOf(state, params, orders, '10');
      return { retMsg: '', result: { loanInfo: rows.map((order) => orderRow(state, order)) } };
    },
  },
  {
    endpoint: getInsRepaymentOrders,
    spotTrade: false,
    handle({ state, params }) {
      const rows = windowOf(state, params, state.institutional.repayments, '100');
      const repayInfo = rows.map((row) => ({
        repayOrderId: String(row.id),
        repaidTime: String(row.time),
        token: row.coin,
        quantity: row.quantity,
        interest: row.interest,
        businessType: String(row.business),
        status: String(row.status),
      }));
      return { retMsg: '', result: { repayInfo } };
    },
  },
  {
    endpoint: getInsLtv,
    spotTrade: false,
    handle: (call) => ({
      retMsg: '',
      result: { ltvInfo: [unitRow(call)], liqStatus: liqStatusOf(call.state) },
    }),
  },
  {
    endpoint: getInsLtvOld,
    documented: false,
    spotTrade: false,
    handle({ world, state }) {
      const now = standingOfUnit(world, state);
      const unit = {
        ltv: ltvOfUnit(now),
        parentUid: String(state.uid),
        subAccountUids: state.institutional.bound,
        unpaidAmount: round(now.debt, AMOUNT_PLACES, 'half'),
        unpaidInfo: unpaidInfo(state),
        balance: round(now.balance, AMOUNT_PLACES, 'half'),
        spotBalanceInfo: assetsOf(world, state).map(({ coin, price, quantity }) => ({
          token: coin.name,
          price,
          qty: quantity,
        })),
        contractInfo: [{ token: 'USDT', price: '1', qty: '0' }],
      };
      return { retMsg: '', result: { ltvInfo: [unit] } };
    },
  },
  {
    endpoint: bindInsUid,
    spotTrade: false,
    handle(call) {
      const { state, params } = call;
      const uid = params.text('uid');
      const operate = params.text('operate');
      if (operate !== Operate.bind && operate !== Operate.unbind) return refuse(10001, 'operate');
      const binds = operate === Operate.bind;
      const next = changeBinding(state, { caller: callerOf(call), uid, binds });
      return { state: next, retMsg: 'OK', result: { uid, operate } };
    },
  },
  {
    endpoint: repayInsLoan,
    spotTrade: false,
    handle(call) {
      const { state, params } = call;
      const coin = params.text('token');
      const quantity = params.amount('quantity');
      const next = repayInstitutional(state, { caller: callerOf(call), coin, quantity });
      return { state: next, retMsg: 'success', result: { repayOrderStatus: 'P' } };
    },
  },
  {
    endpoint: getInsCoinDelta,
    spotTrade: false,
    handle({ world, state, params }) {
      const only = params.optional('coin');
      const deltas = marginCoins(world.market)
        .filter((coin) => coin.class !== 'S' && netOf(state, coin.name) !== ZERO)
        .map((coin) => {
          const size = netOf(state, coin.name);
          return { coin, size, usd: abs(mul(size, priceOf(world, state, coin))) };
        });
      const used = round(add(ZERO, ...deltas.map(({ usd }) => usd)), 2, 'half');
      const list = deltas
        .filter(({ coin }) => only === undefined || coin.name === only)
        .map(({ coin, size, usd }) => ({
          coin: coin.name,
          coinDeltaSize: size,
          coinDeltaAvailableAmount: leftOf(deltaLimit(coin), round(usd, 2, 'half')),
          coinDeltaAmount: deltaLimit(coin),
        }));
      return {
        retMsg: 'OK',
        result: {
          riskUnitDeltaAmount: DELTA_OF_UNIT,
          riskUnitDeltaAvailableAmount: leftOf(DELTA_OF_UNIT, used),
          riskUnitDelta: used,
          list,
        },
      };
    },
  },
  {
    endpoint: getInsDelayLiquidationStatus,
    spotTrade: false,
    handle({ world, state }) {
      const left = secondsLeft(state);
      return {
        retMsg: '',
        result: {
          ltv: ltvOfUnit(standingOfUnit(world, state)),
          liquidationStatus: liquidationStatusOf(state),
          delayLiqStartTime: left === undefined ? '0' : String(state.institutional.risk.since),
          delayLiqRemainingSec: String(left ?? ''),
        },
      };
    },
  },
];
