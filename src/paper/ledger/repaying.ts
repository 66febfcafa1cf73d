import { gt, lte, min, places, sub, ZERO } from '../../bybit/decimal';
import { FlexibleRepayType } from '../../bybit/flexible';
import { Status } from '../../bybit/schema';
import type { Coin } from '../market/coin';
import { PLACES } from './collateral';
import { type Conversion, checkConversion, convert } from './converting';
import { type FlexiblePending, owed, type RepayRow, withPayment, withRepayRow } from './flexible';
import { type CoinAmount, guardIdle } from './guards';
import { nextId } from './ids';
import { held, move } from './money';
import { require_ } from './refusal';
import { releaseWhenClear } from './release';
import type { State } from './state';
import { coinOf, debtsOf, type World } from './world';

function checkRepayment(world: World, state: State, { coin: name, amount }: CoinAmount): Coin {
  const coin = coinOf(world, name);
  require_(gt(amount, ZERO), 10001, 'amount');
  require_(places(amount) <= PLACES, 148028);
  require_(state.risk.stage !== 'liquidating', 148031);
  require_(!state.flexible.pending.some((one) => one.kind !== 'borrow' && one.coin === name), 148041);
  guardIdle(world, state);
  require_(debtsOf(world, state).length > 0, 148027);
  const debt = owed(state.flexible.debts.get(name));
  require_(debt !== ZERO, 148032);
  require_(lte(amount, debt), 148038);
  return coin;
}

function accepted(state: State, pending: FlexiblePending, type: number): State {
  const row: RepayRow = {
    id: pending.id,
    time: state.time,
    coin: pending.coin,
    amount: pending.amount,
    status: Status.processing,
    type,
  };
  const next = withRepayRow(state, row);
  return { ...next, flexible: { ...next.flexible, pending: [...next.flexible.pending, pending] } };
}

/** Accepts a repayment: the amount leaves the Funding wallet (148029 when it is short). */
export function repay(
  world: World,
  state: State,
  request: CoinAmount,
): { readonly state: State; readonly id: number } {
  const { name } = checkRepayment(world, state, request);
  require_(lte(request.amount, held(state.money, 'wallet', name)), 148029);
  const { id, state: counted } = nextId(state, 'flexible repay');
  const money = move(counted.money, 'wallet', 'transit', name, request.amount);
  const due = state.time + state.habits.settleMs;
  return {
    id,
    state: accepted(
      { ...counted, money },
      { id, kind: 'repay', due, coin: name, amount: request.amount },
      FlexibleRepayType.user,
    ),
  };
}

/** Accepts a repayment out of collateral; no id is told, it shows in the history as type 7. */
export function repayWithCollateral(world: World, state: State, request: Conversion): State {
  checkRepayment(world, state, request);
  checkConversion(world, state, request);
  const { id, state: counted } = nextId(state, 'flexible repay');
  const due = state.time + state.habits.settleMs;
  return accepted(counted, { id, kind: 'convert', due, ...request }, FlexibleRepayType.collateral);
}

function withStatus(state: State, id: number, status: number): State {
  const repayments = state.flexible.repayments.map((row) => (row.id === id ? { ...row, status } : row));
  return { ...state, flexible: { ...state.flexible, repayments } };
}

/** Ends an accepted repayment: applied (what is owed no more goes back to the wallet), or undone. */
export function settleRepay(
  world: World,
  state: State,
  { id, coin, amount }: Extract<FlexiblePending, { kind: 'repay' }>,
  succeeds: boolean,
): State {
  const applied = succeeds ? min(amount, owed(state.flexible.debts.get(coin))) : ZERO;
  let money = move(state.money, 'transit', 'pool', coin, applied);
  money = move(money, 'transit', 'wallet', coin, sub(amount, applied));
  if (applied === ZERO) return withStatus({ ...state, money }, id, Status.fail);
  const paid = withPayment({ ...state, money }, coin, applied);
  return releaseWhenClear(world, withStatus(paid, id, Status.success));
}

/** Ends an accepted repayment out of collateral at the prices of the moment; fails when it no longer suffices. */
export function settleConvert(
  world: World,
  state: State,
  pending: Extract<FlexiblePending, { kind: 'convert' }>,
  succeeds: boolean,
): State {
  const covered = lte(pending.amount, owed(state.flexible.debts.get(pending.coin)));
  const sold = succeeds && covered ? convert(world, state, pending) : undefined;
  if (sold === undefined) return withStatus(state, pending.id, Status.fail);
  const paid = withPayment(sold, pending.coin, pending.amount);
  return releaseWhenClear(world, withStatus(paid, pending.id, Status.success));
}
