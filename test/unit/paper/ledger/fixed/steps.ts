import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  add,
  type Decimal,
  decimal,
  gte,
  lte,
  max,
  mul,
  negate,
  round,
  sub,
  ZERO,
} from '../../../../../src/bybit/decimal';
import { OrderState } from '../../../../../src/bybit/fixed-orders';
import { SupplyStatus } from '../../../../../src/bybit/fixed-supply';
import { Status } from '../../../../../src/bybit/schema';
import { cancelBorrowOrder, createBorrowOrder } from '../../../../../src/paper/ledger/fixed/borrowing';
import { inOrder, owedOn, totalOf } from '../../../../../src/paper/ledger/fixed/contracts';
import { hourlyPenalty, lenderInterest, redemptionOf } from '../../../../../src/paper/ledger/fixed/interest';
import { redemptionTime } from '../../../../../src/paper/ledger/fixed/redeeming';
import { renewFixed } from '../../../../../src/paper/ledger/fixed/renewing';
import { repayFixed, repayFixedByCollateral } from '../../../../../src/paper/ledger/fixed/repaying';
import type { Order } from '../../../../../src/paper/ledger/fixed/state';
import { cancelSupplyOrder, createSupplyOrder } from '../../../../../src/paper/ledger/fixed/supplying';
import { restOf } from '../../../../../src/paper/ledger/fixed/waiting';
import { held, purse } from '../../../../../src/paper/ledger/money';
import type { State } from '../../../../../src/paper/ledger/state';
import { advance } from '../../../../../src/paper/ledger/timeline';
import { coinOf, type World } from '../../../../../src/paper/ledger/world';
import { RATE_PLACES } from '../../../../../src/paper/market/book';

type Step = (state: State) => State;

function part(of: Decimal, percent: number, places = 8): Decimal {
  return round(mul(of, decimal(percent), decimal('0.01')), places, 'down');
}
function pick<Row>(rows: readonly Row[], n: number): Row | undefined {
  return rows[n % Math.max(1, rows.length)];
}

/** The open orders that are filled in part, if any; else the open ones; else all. */
function openFirst<Row extends Order>(orders: readonly Row[]): readonly Row[] {
  const open = orders.filter((order) => order.state === OrderState.matching);
  const partly = open.filter((order) => order.filled !== ZERO);
  return [partly, open, orders].find((rows) => rows.length > 0) ?? [];
}

/** Everything that can be done with fixed loans and supply, as steps of a random sequence. */
export function fixedSteps(world: World, coins: readonly string[]): fc.Arbitrary<Step> {
  const coin = fc.constantFrom(...coins);
  const percent = fc.integer({ min: 1, max: 120 });
  const any = fc.nat(1000);
  const order = fc
    .record({
      coin,
      // Mostly what is ordered most, so that money comes back within the sequence.
      term: fc.constantFrom('7', '7', '7', '14', '30', '90'),
      level: fc.oneof(fc.integer({ min: 80, max: 115 }), fc.integer({ min: 60, max: 220 })),
      lots: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 100, max: 800 }) },
        { weight: 2, arbitrary: fc.integer({ min: 800, max: 6000 }) },
      ),
    })
    .map(({ coin: name, term, level, lots }) => {
      const { baseRate, fixedMinimum, fixedPlaces } = coinOf(world, name);
      const rate = max(decimal('0.0001'), part(baseRate, level, RATE_PLACES));
      return { coin: name, term, rate, amount: part(fixedMinimum, lots, fixedPlaces) };
    });

  const borrowing = fc
    .record({
      order,
      pledges: fc.uniqueArray(fc.record({ coin, percent: fc.integer({ min: 10, max: 105 }) }), {
        minLength: 1,
        maxLength: 3,
        selector: (one) => one.coin,
      }),
      repayType: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
      strategy: fc.constantFrom<'PARTIAL' | 'FULL'>('PARTIAL', 'PARTIAL', 'FULL'),
    })
    .map(({ order: wanted, pledges, repayType, strategy }): Step => {
      return (state) => {
        const collateral = pledges.map((one) => ({
          coin: one.coin,
          amount: part(held(state.money, 'wallet', one.coin), one.percent),
        }));
        return createBorrowOrder(world, state, { ...wanted, repayType, strategy, collateral }).state;
      };
    });
  const supplying = fc
    .record({ order, funding: fc.boolean(), both: fc.boolean() })
    .map(({ order: offered, funding, both }): Step => {
      const sources = { funding: funding || both, earn: !funding || both };
      return (state) => createSupplyOrder(world, state, { ...offered, sources }).state;
    });
  const cancelling = fc.record({ any, supply: fc.boolean(), toEarn: fc.boolean() }).map(
    ({ any: n, supply, toEarn }): Step =>
      (state) =>
        supply
          ? cancelSupplyOrder(state, String(pick(openFirst(state.fixed.supplyOrders), n)?.id), toEarn)
          : cancelBorrowOrder(state, String(pick(openFirst(state.fixed.borrowOrders), n)?.id)),
  );
  const repaying = fc.record({ any, whole: fc.boolean() }).map(({ any: n, whole }): Step => {
    return (state) => {
      const contract = pick(state.fixed.contracts, n);
      const target = whole ? { coin: contract?.coin ?? 'BTC' } : { loan: String(contract?.id) };
      return repayFixed(world, state, target).state;
    };
  });
  const converting = fc
    .record({ any, percent, named: fc.boolean() })
    .map(({ any: n, percent: share, named }): Step => {
      return (state) => {
        const contract = pick(state.fixed.contracts, n);
        const name = contract?.coin ?? 'BTC';
        const owed = named && contract !== undefined ? owedOn(contract) : totalOwed(state, name);
        return repayFixedByCollateral(world, state, {
          coin: name,
          amount: part(owed, share),
          loan: named ? String(contract?.id) : undefined,
          collateral: [...purse(state.money, 'pledged').keys()].slice(n % 2),
        });
      };
    });
  const renewing = fc.record({ any, coin, percent }).map(({ any: n, coin: name, percent: share }): Step => {
    return (state) => {
      const collateral = [{ coin: name, amount: part(held(state.money, 'wallet', name), share) }];
      return renewFixed(world, state, { loan: String(pick(state.fixed.contracts, n)?.id), collateral }).state;
    };
  });
  // Either the next matchings, or to where contracts end.
  const waiting = fc
    .oneof(
      { weight: 2, arbitrary: fc.integer({ min: 60_000, max: 8_000_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 600_000_000, max: 710_000_000 }) },
    )
    .map(
      (ms): Step =>
        (state) =>
          advance(world, state, state.time + ms),
    );
  return fc.oneof(
    { weight: 5, arbitrary: borrowing },
    { weight: 4, arbitrary: supplying },
    { weight: 4, arbitrary: cancelling },
    { weight: 2, arbitrary: repaying },
    { weight: 2, arbitrary: converting },
    { weight: 2, arbitrary: renewing },
    { weight: 5, arbitrary: waiting },
  );
}

function totalOwed(state: State, coin: string): Decimal {
  return add(ZERO, ...inOrder(state, coin).map(owedOn));
}

function sumOf<Row>(rows: readonly Row[], amount: (row: Row) => Decimal): Decimal {
  return add(ZERO, ...rows.map(amount));
}

/** What orders, contracts and histories tell agrees with where the money is. */
export function checkFixedClaims(state: State): void {
  const names = new Set([...purse(state.money, 'reserved').keys(), ...purse(state.money, 'lenders').keys()]);
  for (const coin of names) {
    checkReserved(state, coin);
    checkLenders(state, coin);
  }
  checkContracts(state);
}

/** What is reserved is what open orders will need. */
function checkReserved(state: State, coin: string): void {
  const { borrowOrders, supplyOrders } = state.fixed;
  const open = (order: Order): boolean => order.state === OrderState.matching;
  const supplies = supplyOrders.filter((order) => open(order) && order.coin === coin);
  const pledges = sumOf(borrowOrders, (order) => order.collateral.get(coin) ?? ZERO);
  assert.equal(held(state.money, 'reserved', coin), add(pledges, sumOf(supplies, restOf)), coin);
  for (const order of supplies) assert.ok(lte(order.earn, restOf(order)));
  for (const order of borrowOrders) assert.ok(open(order) || order.collateral.size === 0);
}

/** Lenders have paid out loans less interest and the platform's share; they got repayments, and what the account lends. */
function checkLenders(state: State, coin: string): void {
  const { contracts, supplies, repayments } = state.fixed;
  const lent = sumOf(
    contracts.filter((one) => one.coin === coin),
    (one) => sub(one.amount, lenderInterest(one)),
  );
  const repaid = sumOf(
    repayments.filter((row) => row.coin === coin && row.status === Status.success),
    (row) => totalOf(row.details),
  );
  const own = supplies.filter((one) => one.coin === coin);
  const redeemed = own.filter((one) => one.status === SupplyStatus.redeemed);
  const taken = sumOf(own, (one) => one.amount);
  const returned = sumOf(redeemed, (one) => redemptionOf(one, redemptionTime(one)));
  const expected = add(negate(lent), repaid, taken, negate(returned));
  assert.equal(held(state.money, 'lenders', coin), expected, `lenders of ${coin}`);
}

/** Every contract owes what was lent and charged less what was repaid; every fill has its contract. */
function checkContracts(state: State): void {
  const { borrowOrders, supplyOrders, contracts, supplies, renewals, repayments } = state.fixed;
  const details = repayments.filter((row) => row.status === Status.success).flatMap((row) => row.details);
  for (const one of contracts) {
    const paid = totalOf(details.filter((detail) => detail.loan === one.id));
    const charged = sub(add(owedOn(one), paid), one.amount);
    const most = mul(hourlyPenalty(one.amount, one.rate), decimal(one.hoursLate));
    assert.ok(gte(charged, ZERO) && lte(charged, most), `penalty of ${one.id}: ${charged}`);
    assert.ok(lte(one.renewed, sub(one.amount, one.principal)));
  }
  const filled = (orders: readonly Order[]): Decimal => sumOf(orders, (order) => order.filled);
  const renewed = sumOf(renewals, (row) => row.amount);
  assert.equal(
    sumOf(contracts, (one) => one.amount),
    add(filled(borrowOrders), renewed),
  );
  assert.equal(
    sumOf(supplies, (one) => one.amount),
    filled(supplyOrders),
  );
}
