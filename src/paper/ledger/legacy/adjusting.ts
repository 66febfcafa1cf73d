import { Direction } from '../../../bybit/common';
import { add, type Decimal, gt, lte, places, sub, ZERO } from '../../../bybit/decimal';
import { LEGACY_PLEDGE_PLACES } from '../../market/legacy';
import type { DirectionCode } from '../adjusting';
import { nextLongId } from '../long-id';
import { held, move } from '../money';
import { require_ } from '../refusal';
import type { State } from '../state';
import type { World } from '../world';
import { checkAddition, checkReduction } from './limits';
import { legacyLtv, loanOf, withLegacy, withLoan } from './loan';
import { guardLoanIdle } from './repaying';
import type { LegacyAdjustRow, LegacyPending } from './state';

/** Accepts a movement of collateral between the Funding wallet and one loan. */
export function adjustLegacy(
  world: World,
  state: State,
  request: { readonly order: string; readonly amount: Decimal; readonly direction: DirectionCode },
): { readonly state: State; readonly id: string } {
  const { order, amount, direction } = request;
  const loan = loanOf(state, order);
  const adds = direction === Direction.add;
  require_(gt(amount, ZERO), 177019, 'amount');
  require_(places(amount) <= LEGACY_PLEDGE_PLACES, 177004);
  guardLoanIdle(state, order);
  if (adds) {
    checkAddition(world, state, loan, amount);
    require_(lte(amount, held(state.money, 'wallet', loan.collateral)), 177011);
  } else checkReduction(world, state, loan, amount);

  const { id, state: counted } = nextLongId(state, 'legacy adjust');
  const coin = loan.collateral;
  const money = move(counted.money, adds ? 'wallet' : 'legacyPledged', 'transit', coin, amount);
  const pending: LegacyPending = {
    id,
    kind: 'adjust',
    accepted: state.time,
    due: state.time + state.habits.settleMs,
    order,
    coin,
    amount,
    direction,
    before: legacyLtv(world, state, loan),
  };
  // What leaves secures nothing any more from now on; what comes does so once it has arrived.
  const pledged = adds ? loan.pledged : sub(loan.pledged, amount);
  const next = withLoan({ ...counted, money }, { ...loan, pledged });
  return { id, state: withLegacy(next, { pending: [...next.legacy.pending, pending] }) };
}

/** Ends an accepted movement: done, or undone. Only those done show in the history, which has no status. */
export function settleAdjustment(
  world: World,
  state: State,
  pending: Extract<LegacyPending, { kind: 'adjust' }>,
  succeeds: boolean,
): State {
  const { id, accepted, order, coin, amount, direction, before } = pending;
  const loan = state.legacy.loans.find((one) => one.id === order);
  const intoLoan = (direction === Direction.add) === succeeds && loan !== undefined;
  const money = move(state.money, 'transit', intoLoan ? 'legacyPledged' : 'wallet', coin, amount);
  if (loan === undefined) return { ...state, money };
  const changed = intoLoan ? { ...loan, pledged: add(loan.pledged, amount) } : loan;
  const next = withLoan({ ...state, money }, changed);
  if (!succeeds) return next;
  const after = legacyLtv(world, next, changed);
  const row: LegacyAdjustRow = { id, time: accepted, order, coin, amount, direction, before, after };
  return withLegacy(next, { adjustments: [...next.legacy.adjustments, row] });
}
