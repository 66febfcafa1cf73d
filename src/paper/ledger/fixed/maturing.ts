import { add, lte } from '../../../bybit/decimal';
import { ContractStatus, RepayType } from '../../../bybit/fixed-borrow';
import { FixedRepayType } from '../../../bybit/fixed-repay';
import { Status } from '../../../bybit/schema';
import { HOUR } from '../../market/market';
import { withLoan } from '../flexible';
import { nextId } from '../ids';
import { cover } from '../liquidation';
import { held, move } from '../money';
import { releaseWhenClear } from '../release';
import type { State } from '../state';
import { coinOf, type World } from '../world';
import { isOpen, owedOn, withFixed, withRow } from './contracts';
import { GRACE_HOURS, hourlyPenalty } from './interest';
import { withRepaid } from './repaying';
import type { Contract } from './state';

function dueOf(contract: Contract): number {
  const late = contract.status === ContractStatus.overdue;
  return contract.due + (late ? (contract.hoursLate + 1) * HOUR : 0);
}

/** When a contract falls due next, or an overdue one is charged for another hour. */
export function nextMaturity(state: State): number | undefined {
  const dues = state.fixed.contracts.filter(isOpen).map(dueOf);
  return dues.length === 0 ? undefined : Math.min(...dues);
}

/**
 * What happens to contracts by themselves (API.md §9): at maturity the Funding wallet pays (repayType 1), the debt turns
 * flexible (2) or nothing is done (0); what stays unpaid is overdue. Each full hour then costs a penalty, and after the
 * last one of the grace period collateral is sold.
 */
export function mature(world: World, state: State): State {
  const ripe = state.fixed.contracts.filter((one) => isOpen(one) && dueOf(one) <= state.time);
  return ripe.reduce<State>(
    (next, one) =>
      one.status === ContractStatus.overdue ? charge(world, next, one) : fallDue(world, next, one),
    state,
  );
}

function fallDue(world: World, state: State, contract: Contract): State {
  const paid =
    contract.repayType === RepayType.toFlexible
      ? turnFlexible(world, state, contract)
      : contract.repayType === RepayType.autoRepay
        ? payFromWallet(world, state, contract)
        : undefined;
  return paid ?? withContractChange(state, contract, { status: ContractStatus.overdue });
}

/** Undefined when the Funding wallet is short. */
function payFromWallet(world: World, state: State, contract: Contract): State | undefined {
  const owed = owedOn(contract);
  if (!lte(owed, held(state.money, 'wallet', contract.coin))) return undefined;
  const money = move(state.money, 'wallet', 'pool', contract.coin, owed);
  const paid = repaid({ ...state, money }, contract, FixedRepayType.maturity);
  return releaseWhenClear(world, paid);
}

/** The pool of flexible loans pays the lender and is owed from now on. Undefined when it is short. */
function turnFlexible(world: World, state: State, contract: Contract): State | undefined {
  const { coin } = contract;
  const amount = owedOn(contract);
  if (!coinOf(world, coin).flexible || !lte(amount, held(state.money, 'pool', coin))) return undefined;
  const { id, state: counted } = nextId(
    repaid(state, contract, FixedRepayType.toFlexible),
    'flexible borrow',
  );
  const row = { id, time: state.time, coin, amount, status: Status.success };
  const lent = withLoan(counted, coin, amount);
  return { ...lent, flexible: { ...lent.flexible, borrows: [...lent.flexible.borrows, row] } };
}

function charge(world: World, state: State, contract: Contract): State {
  const hoursLate = contract.hoursLate + 1;
  const penalty = add(contract.penalty, hourlyPenalty(contract.principal, contract.rate));
  const charged = withContractChange(state, contract, { penalty, hoursLate });
  if (hoursLate < GRACE_HOURS) return charged;
  const late: Contract = { ...contract, penalty };
  const covered = cover(world, charged, coinOf(world, contract.coin), owedOn(late));
  return releaseWhenClear(world, repaid(covered, late, FixedRepayType.overdue));
}

function withContractChange(state: State, { id }: Contract, change: Partial<Contract>): State {
  return withFixed(state, { contracts: withRow(state.fixed.contracts, id, change) });
}

function repaid(state: State, contract: Contract, type: number): State {
  return withRepaid(state, contract.coin, type, [{ loan: contract.id, amount: owedOn(contract) }]);
}
