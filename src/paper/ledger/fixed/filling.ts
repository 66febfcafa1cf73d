import { add, type Decimal, div, gt, min, mul, sub, ZERO } from '../../../bybit/decimal';
import { ContractStatus } from '../../../bybit/fixed-borrow';
import { OrderState } from '../../../bybit/fixed-orders';
import { SupplyStatus } from '../../../bybit/fixed-supply';
import { DAY } from '../../market/market';
import { draw, saltOf } from '../../market/noise';
import { PLACES } from '../collateral';
import { nextId } from '../ids';
import { nextLongId } from '../long-id';
import { move, movePurse } from '../money';
import type { State } from '../state';
import { withFixed, withRow } from './contracts';
import { GRACE_HOURS, lenderInterest, termInterest } from './interest';
import type { BorrowOrder, Contract, SupplyContract, SupplyOrder } from './state';
import { restOf } from './waiting';

/** Percent of simulated borrowers that pay late. */
const LATE_PERCENT = 6;

/**
 * Lends to the account: the lenders pay the amount less the interest of the whole term, of which the platform keeps its
 * share (API.md §6). Returns the new contract too.
 */
export function withContract(
  state: State,
  loan: Pick<Contract, 'orderId' | 'coin' | 'term' | 'rate' | 'repayType' | 'amount'>,
): { readonly state: State; readonly contract: Contract } {
  const { id, state: counted } = nextId(state, 'fixed loan');
  const { id: number, state: numbered } = nextLongId(counted, 'fixed contract');
  const interest = termInterest(loan);
  const contract: Contract = {
    ...loan,
    id,
    number,
    time: state.time,
    interest,
    due: state.time + Number(loan.term) * DAY,
    principal: loan.amount,
    penalty: ZERO,
    hoursLate: 0,
    status: ContractStatus.unrepaid,
    renewed: ZERO,
  };
  const money = move(
    move(numbered.money, 'lenders', 'wallet', loan.coin, sub(loan.amount, interest)),
    'lenders',
    'fees',
    loan.coin,
    sub(interest, lenderInterest(loan)),
  );
  const contracts = [...numbered.fixed.contracts, contract];
  return { state: withFixed({ ...numbered, money }, { contracts }), contract };
}

/** The part of an order's reserved collateral that goes with a fill of `amount`; all of it with the last one. */
export function shareOf(order: BorrowOrder, amount: Decimal): ReadonlyMap<string, Decimal> {
  const rest = restOf(order);
  const share = (reserved: Decimal): Decimal =>
    amount === rest ? reserved : min(reserved, div(mul(reserved, amount), rest, PLACES, 'up'));
  return new Map([...order.collateral].map(([coin, reserved]) => [coin, share(reserved)]));
}

/** Fills a borrow order by `amount`: one contract, at the rate the order names. */
export function fillBorrow(state: State, order: BorrowOrder, amount: Decimal): State {
  const pledges = shareOf(order, amount);
  const filled = add(order.filled, amount);
  const collateral = new Map(
    [...order.collateral]
      .map(([coin, reserved]): [string, Decimal] => [coin, sub(reserved, pledges.get(coin) ?? ZERO)])
      .filter(([, left]) => gt(left, ZERO)),
  );
  const money = movePurse(state.money, pledges, 'reserved', 'pledged');
  const borrowOrders = withRow(state.fixed.borrowOrders, order.id, {
    filled,
    collateral,
    state: filled === order.amount ? OrderState.filled : order.state,
  });
  const { coin, term, rate, repayType } = order;
  const loan = { orderId: order.id, coin, term, rate, repayType, amount };
  return withContract(withFixed({ ...state, money }, { borrowOrders }), loan).state;
}

/** Fills a supply order by `amount` at the rate the borrower pays: one contract; the borrower is now to be waited for. */
export function fillSupply(state: State, order: SupplyOrder, amount: Decimal, rate: Decimal): State {
  const { id, state: counted } = nextId(state, 'fixed supply');
  const { coin, term } = order;
  const contract: SupplyContract = {
    id,
    orderId: order.id,
    time: state.time,
    coin,
    term,
    rate,
    amount,
    interest: lenderInterest({ amount, rate, term }),
    due: state.time + Number(term) * DAY,
    hoursLate: hoursLate(state.seed, id),
    status: SupplyStatus.supplying,
  };
  const filled = add(order.filled, amount);
  const supplyOrders = withRow(counted.fixed.supplyOrders, order.id, {
    filled,
    // Money of the Funding wallet is lent first.
    earn: min(order.earn, sub(order.amount, filled)),
    state: filled === order.amount ? OrderState.filled : order.state,
  });
  const money = move(counted.money, 'reserved', 'lenders', coin, amount);
  const supplies = [...counted.fixed.supplies, contract];
  return withFixed({ ...counted, money }, { supplyOrders, supplies });
}

function hoursLate(seed: number, id: number): number {
  const salt = saltOf(seed, 'late borrowers');
  return draw(salt, 2 * id) % 100 < LATE_PERCENT ? 1 + (draw(salt, 2 * id + 1) % GRACE_HOURS) : 0;
}
