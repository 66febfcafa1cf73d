import { type Decimal, gt, lte, min, places, sub, ZERO } from '../../../bybit/decimal';
import { FixedRepayType } from '../../../bybit/fixed-repay';
import { Status } from '../../../bybit/schema';
import { PLACES } from '../collateral';
import { type Conversion, checkConversion, convert } from '../converting';
import { guardIdle } from '../guards';
import { nextId } from '../ids';
import { held, move } from '../money';
import { refuse, require_ } from '../refusal';
import { releaseWhenClear } from '../release';
import type { State } from '../state';
import { coinOf, type PayOff, type World } from '../world';
import {
  inOrder,
  isOpen,
  owedOn,
  spread,
  totalOf,
  withFixed,
  withPayments,
  withRepayRow,
  withRow,
} from './contracts';
import type { Contract, FixedPending, RepayDetail } from './state';

/** One contract, or all of a coin. */
export type Target = { readonly loan: string } | { readonly coin: string };

/** The open contracts that are meant, in the order in which they are paid. */
function contractsFor(world: World, state: State, target: Target): readonly Contract[] {
  if ('loan' in target) {
    const contract = state.fixed.contracts.find((one) => String(one.id) === target.loan);
    require_(contract !== undefined, 148023);
    require_(isOpen(contract), 148033);
    return [contract];
  }
  const { name } = coinOf(world, target.coin);
  require_(state.fixed.contracts.some(isOpen), 148027);
  const contracts = inOrder(state, name);
  require_(contracts.length > 0, 148032);
  return contracts;
}

/** Refuses while something else is under way; a repayment of the same coin has a code of its own (148041). */
function guard(world: World, state: State, coin: string): void {
  require_(state.risk.stage !== 'liquidating', 148031);
  require_(!state.fixed.pending.some((one) => one.coin === coin), 148041);
  guardIdle(world, state);
}

function accepted(state: State, pending: FixedPending, type: number): State {
  const { id, coin, details } = pending;
  const row = { id, time: state.time, coin, type, status: Status.processing, details };
  const next = withRepayRow(state, row);
  return withFixed(next, { pending: [...next.fixed.pending, pending] });
}

/** Accepts the repayment in full of a contract, or of all of a coin in one: the Funding wallet pays (148029). */
export function repayFixed(
  world: World,
  state: State,
  target: Target,
): { readonly state: State; readonly id: number } {
  const contracts = contractsFor(world, state, target);
  const [first] = contracts;
  const coin = first === undefined ? refuse(148032) : first.coin;
  guard(world, state, coin);
  const details = contracts.map((contract) => ({ loan: contract.id, amount: owedOn(contract) }));
  const total = totalOf(details);
  require_(lte(total, held(state.money, 'wallet', coin)), 148029);
  const { id, state: counted } = nextId(state, 'fixed repay');
  const money = move(counted.money, 'wallet', 'transit', coin, total);
  const due = state.time + state.habits.settleMs;
  const pending: FixedPending = { id, kind: 'repay', due, coin, details };
  return { id, state: accepted({ ...counted, money }, pending, FixedRepayType.user) };
}

/** Accepts a repayment out of collateral, also in part; no id is told, it shows in the history as type 7. */
export function repayFixedByCollateral(
  world: World,
  state: State,
  request: Conversion & { readonly loan: string | undefined },
): State {
  const { coin, amount, loan, collateral } = request;
  coinOf(world, coin);
  require_(gt(amount, ZERO), 10001, 'amount');
  require_(places(amount) <= PLACES, 148042);
  const contracts = contractsFor(world, state, loan === undefined ? { coin } : { loan });
  require_(
    contracts.every((contract) => contract.coin === coin),
    148023,
    'the loan is in another coin',
  );
  guard(world, state, coin);
  const details = spread(contracts, amount);
  require_(totalOf(details) === amount, 148038);
  checkConversion(world, state, { coin, amount, collateral });
  const { id, state: counted } = nextId(state, 'fixed repay');
  const due = state.time + state.habits.settleMs;
  return accepted(
    counted,
    { id, kind: 'convert', due, coin, details, collateral },
    FixedRepayType.collateral,
  );
}

/** When the next accepted repayment takes effect. */
export function nextSettlement(state: State): number | undefined {
  const dues = state.fixed.pending.map((one) => one.due);
  return dues.length === 0 ? undefined : Math.min(...dues);
}

/** Ends every repayment whose time has come: applied, or undone (API.md §13 point 8). */
export function settleFixed(world: World, state: State): State {
  const ripe = state.fixed.pending.filter((one) => one.due <= state.time);
  const pending = state.fixed.pending.filter((one) => one.due > state.time);
  return ripe.reduce<State>((next, one) => settle(world, next, one), withFixed(state, { pending }));
}

/** What of the planned payments is still owed; a liquidation or a maturity may have come first. */
function stillOwed(state: State, details: readonly RepayDetail[]): readonly RepayDetail[] {
  return details.flatMap(({ loan, amount }) => {
    const contract = state.fixed.contracts.find((one) => one.id === loan);
    const due: Decimal = contract === undefined ? ZERO : min(amount, owedOn(contract));
    return due === ZERO ? [] : [{ loan, amount: due }];
  });
}

function settle(world: World, state: State, pending: FixedPending): State {
  const { id, coin } = pending;
  const details = state.habits.settleFails ? [] : stillOwed(state, pending.details);
  const applied = totalOf(details);
  const paid =
    pending.kind === 'repay'
      ? fromTransit(state, coin, applied, totalOf(pending.details))
      : convert(world, state, { coin, amount: applied, collateral: pending.collateral });
  if (paid === undefined || applied === ZERO) {
    const repayments = withRow(state.fixed.repayments, id, { status: Status.fail });
    return withFixed(paid ?? state, { repayments });
  }
  const settled = withPayments(paid, coin, details);
  const repayments = withRow(settled.fixed.repayments, id, { status: Status.success, details });
  return releaseWhenClear(world, withFixed(settled, { repayments }));
}

/** What is owed goes to the pool, what is owed no more back to the wallet. */
function fromTransit(state: State, coin: string, applied: Decimal, taken: Decimal): State {
  const money = move(state.money, 'transit', 'pool', coin, applied);
  return { ...state, money: move(money, 'transit', 'wallet', coin, sub(taken, applied)) };
}

/** Pays contracts of a coin out of money that a sale has brought into the pool: one row in the repayment history. */
export function payOffFixed(_world: World, state: State, { coin, amount, type }: PayOff): State {
  return withRepaid(state, coin, type, spread(inOrder(state, coin), amount));
}

/** Pays contracts out of the pool at once, with a row in the repayment history. */
export function withRepaid(state: State, coin: string, type: number, details: readonly RepayDetail[]): State {
  const { id, state: counted } = nextId(state, 'fixed repay');
  const row = { id, time: state.time, coin, type, status: Status.success, details };
  return withRepayRow(withPayments(counted, coin, details), row);
}
