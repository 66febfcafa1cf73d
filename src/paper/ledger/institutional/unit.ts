import { add, type Decimal, decimal, div, gt, lt, max, min, mul, sub, ZERO } from '../../../bybit/decimal';
import type { Coin } from '../../market/coin';
import { marginCoins, privateProduct } from '../../market/institutional';
import { afterLadder } from '../../market/ladders';
import { held } from '../money';
import type { State } from '../state';
import { coinOf, priceOf, type World } from '../world';
import type { InsOrder, InstitutionalState } from './state';

/** Decimals of amounts. */
export const INS_PLACES = 8;

export function withUnit(state: State, change: Partial<InstitutionalState>): State {
  return { ...state, institutional: { ...state.institutional, ...change } };
}

export function owedOnOrder(order: InsOrder): Decimal {
  return add(order.unpaid, order.interest);
}

export function openOrders(state: State): readonly InsOrder[] {
  return state.institutional.orders.filter((order) => owedOnOrder(order) !== ZERO);
}

/** The state with one order replaced. */
export function withOrder(state: State, order: InsOrder): State {
  const orders = state.institutional.orders.map((one) => (one.id === order.id ? order : one));
  return withUnit(state, { orders });
}

/** What is owed in one coin over all orders. */
export interface InsDebt {
  readonly coin: string;
  readonly principal: Decimal;
  readonly interest: Decimal;
}

export function debtsOfUnit(state: State): readonly InsDebt[] {
  const debts = new Map<string, InsDebt>();
  for (const { coin, unpaid, interest } of openOrders(state)) {
    const before = debts.get(coin);
    debts.set(coin, {
      coin,
      principal: add(before?.principal ?? ZERO, unpaid),
      interest: add(before?.interest ?? ZERO, interest),
    });
  }
  return [...debts.values()];
}

/** One coin of the Unified wallet as margin. */
export interface InsAsset {
  readonly coin: Coin;
  readonly price: Decimal;
  readonly quantity: Decimal;
  /** USD after the ladder. */
  readonly converted: Decimal;
}

/** What the Unified wallet holds of a coin, with what a repayment under way has taken and not yet paid. */
function ownedBy(state: State, coin: string): Decimal {
  const waiting = state.institutional.pending.filter((one) => one.coin === coin);
  return add(held(state.money, 'unified', coin), ...waiting.map((one) => one.quantity));
}

/** The margin of the unit, in the order of liquidation. */
export function assetsOf(world: World, state: State): readonly InsAsset[] {
  return marginCoins(world.market).flatMap((coin) => {
    const quantity = ownedBy(state, coin.name);
    if (quantity === ZERO) return [];
    const price = priceOf(world, state, coin);
    return [{ coin, price, quantity, converted: afterLadder(coin.ladder, mul(quantity, price)) }];
  });
}

/** Debt and margin of the unit in USD, exact (formulae.md). */
export interface InsStanding {
  readonly debt: Decimal;
  readonly balance: Decimal;
}

export function standingOfUnit(world: World, state: State): InsStanding {
  const debts = debtsOfUnit(state).map(({ coin, principal, interest }) =>
    mul(add(principal, interest), priceOf(world, state, coinOf(world, coin))),
  );
  return {
    debt: add(ZERO, ...debts),
    balance: add(ZERO, ...assetsOf(world, state).map((asset) => asset.converted)),
  };
}

const WORST = decimal('9999');

/** The LTV as the exchange shows it: 4 decimals; 0 without a debt. */
export function ltvOfUnit({ debt, balance }: InsStanding): Decimal {
  if (debt === ZERO) return ZERO;
  return gt(balance, ZERO) ? min(WORST, div(debt, balance, 4, 'half')) : WORST;
}

export interface InsLines {
  readonly liquidation: Decimal;
  readonly stop: Decimal;
  readonly deferred?: { readonly line: Decimal; readonly ms: number };
}

/** The strictest lines of the products of all open orders; undefined when nothing is owed. */
export function linesOfUnit(state: State): InsLines | undefined {
  const products = openOrders(state).flatMap((order) => privateProduct(order.product) ?? []);
  const [first, ...rest] = products;
  if (first === undefined) return undefined;
  const [soonest, ...others] = products.flatMap((product) => product.deferred ?? []);
  const deferred = others.reduce((least, one) => (lt(one.line, (least ?? one).line) ? one : least), soonest);
  return {
    liquidation: min(first.liquidationLine, ...rest.map((product) => product.liquidationLine)),
    stop: min(first.stopLine, ...rest.map((product) => product.stopLine)),
    ...(deferred === undefined ? {} : { deferred }),
  };
}

/** Net holding of a coin: what the Unified wallet has less what is owed. */
export function netOf(state: State, coin: string): Decimal {
  const debt = debtsOfUnit(state).find((one) => one.coin === coin);
  return sub(ownedBy(state, coin), add(debt?.principal ?? ZERO, debt?.interest ?? ZERO));
}

/** Part of a limit that is left, never below zero. */
export function leftOf(limit: Decimal, used: Decimal): Decimal {
  return max(ZERO, sub(limit, used));
}
