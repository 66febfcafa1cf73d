import { add, type Decimal, ZERO } from '../../../bybit/decimal';
import { SupplyStatus } from '../../../bybit/fixed-supply';
import { HOUR } from '../../market/market';
import { move } from '../money';
import type { State } from '../state';
import type { Supply, World } from '../world';
import { withFixed, withRow } from './contracts';
import { redemptionOf } from './interest';
import type { SupplyContract } from './state';

export function isSupplying(contract: SupplyContract): boolean {
  return contract.status === SupplyStatus.supplying;
}

/** When a contract is really redeemed: at its end, or when a late borrower has paid. */
export function redemptionTime({ due, hoursLate }: SupplyContract): number {
  return due + hoursLate * HOUR;
}

export function nextRedemption(state: State): number | undefined {
  const times = state.fixed.supplies.filter(isSupplying).map(redemptionTime);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Pays back to the Funding wallet what was lent, with interest; never earlier than the term's end (API.md §9). */
export function redeem(_world: World, state: State): State {
  const ripe = state.fixed.supplies.filter((one) => isSupplying(one) && redemptionTime(one) <= state.time);
  return ripe.reduce(withRedemption, state);
}

function withRedemption(state: State, contract: SupplyContract): State {
  const amount = redemptionOf(contract, state.time);
  const money = move(state.money, 'lenders', 'wallet', contract.coin, amount);
  const supplies = withRow(state.fixed.supplies, contract.id, { status: SupplyStatus.redeemed });
  return withFixed({ ...state, money }, { supplies });
}

/** What is lent out by coin, with the interest to come. */
export function fixedSupplies(state: State): readonly Supply[] {
  const sums = new Map<string, Decimal>();
  for (const one of state.fixed.supplies.filter(isSupplying)) {
    sums.set(one.coin, add(sums.get(one.coin) ?? ZERO, redemptionOf(one, state.time)));
  }
  return [...sums].map(([coin, amount]) => ({ coin, amount }));
}
