import { add, type Decimal, decimal, div, gt, lt, min, mul, round, sub, ZERO } from '../../bybit/decimal';
import type { CoinAmount } from '../book';
import { COLLATERAL_PLACES } from '../limits';
import { termInterest } from './interest';
import { fillAtOnce, type OrderBook } from './order-book';

/** One order of a sweep. */
export interface SweepOrder {
  /** Annual fraction. */
  readonly annualRate: Decimal;
  /** In the coin. */
  readonly amount: Decimal;
}

/** A borrow order cut into one order a price level, against one order at the rate that fills it all. In the coin. */
export interface SweepPlan {
  /** To be sent in this order, the lowest rate first. */
  readonly orders: readonly SweepOrder[];
  readonly amount: Decimal;
  /** What the offers cannot fill; it is in no order. */
  readonly unfilled: Decimal;
  /** Prepaid interest of all orders together. */
  readonly interest: Decimal;
  /** Prepaid interest of one order for the same amount at the clearing rate, the rate of the last order. */
  readonly oneOrderInterest: Decimal;
  readonly saved: Decimal;
}

/** What one order must keep to: the coin's smallest fixed order and its decimals. */
export interface OrderRules {
  readonly least: Decimal;
  readonly places: number;
}

/**
 * Cuts a borrow order along the offers. A borrower pays his own rate even where cheaper offers fill the order (help
 * centre, not proven today; formulae.md), so that each level taken at its own rate is money saved. What is too small
 * for an order of its own goes to the next level, and decimals that cannot be sent too. Undefined when nothing can be
 * ordered.
 */
export function planSweep(offers: OrderBook, amount: Decimal, rules: OrderRules): SweepPlan | undefined {
  const orders = ordersAlong(fillAtOnce(offers, amount).levels, rules);
  const clearing = orders.at(-1);
  if (clearing === undefined) return undefined;
  const days = decimal(offers.term);
  const ordered = add(...orders.map((order) => order.amount));
  const interest = add(...orders.map((order) => termInterest({ ...order, days })));
  const oneOrderInterest = termInterest({ amount: ordered, annualRate: clearing.annualRate, days });
  return {
    orders,
    amount: ordered,
    unfilled: sub(amount, ordered),
    interest,
    oneOrderInterest,
    saved: gt(oneOrderInterest, interest) ? sub(oneOrderInterest, interest) : ZERO,
  };
}

function ordersAlong(levels: readonly SweepOrder[], { least, places }: OrderRules): SweepOrder[] {
  const orders: SweepOrder[] = [];
  let carried = ZERO;
  for (const level of levels) {
    const wanted = add(carried, level.amount);
    const amount = round(wanted, places, 'down');
    if (lt(amount, least) || amount === ZERO) carried = wanted;
    else {
      orders.push({ annualRate: level.annualRate, amount });
      carried = sub(wanted, amount);
    }
  }
  return withLast(orders, levels, carried, { least, places });
}

/**
 * What is left behind the last order is too small for one, so it borrows from that order what it lacks to the minimum;
 * where that order cannot spare it, both become one at the worse rate.
 */
function withLast(
  orders: SweepOrder[],
  levels: readonly SweepOrder[],
  carried: Decimal,
  { least, places }: OrderRules,
): SweepOrder[] {
  const [last, level] = [orders.at(-1), levels.at(-1)];
  const small = round(carried, places, 'down');
  if (last === undefined || level === undefined || small === ZERO) return orders;
  const before = orders.slice(0, -1);
  const { annualRate } = level;
  const all = add(last.amount, small);
  const kept = sub(all, least);
  if (lt(kept, least)) return [...before, { annualRate, amount: all }];
  return [...before, { ...last, amount: kept }, { annualRate, amount: least }];
}

/**
 * What each order of a sweep pledges, so that every one stands by itself: its share of each coin by its amount, rounded
 * down at 8 decimals; the last takes what is left. An order's collateral waits with it and carries no other.
 */
export function sharesOfPledge(
  orders: readonly SweepOrder[],
  collateral: readonly CoinAmount[],
): readonly (readonly CoinAmount[])[] {
  const total = add(...orders.map(({ amount }) => amount), ZERO);
  const left = new Map(collateral.map(({ coin, amount }) => [coin, amount]));
  return orders.map((order, index) =>
    collateral.flatMap(({ coin, amount }) => {
      const rest = left.get(coin) ?? ZERO;
      const share =
        index === orders.length - 1
          ? rest
          : min(rest, div(mul(amount, order.amount), total, COLLATERAL_PLACES, 'down'));
      left.set(coin, sub(rest, share));
      return share === ZERO ? [] : [{ coin, amount: share }];
    }),
  );
}
