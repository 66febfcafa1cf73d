import type { State } from '../state';
import type { LedgerPart, Timed, World } from '../world';
import { nextLegacyPosting, postLegacyInterest } from './accruing';
import { settleAdjustment } from './adjusting';
import { beginLegacy } from './beginning';
import { withLegacy } from './loan';
import { settleRepayment } from './repaying';
import type { LegacyPending } from './state';
import { legacyWatch, lookAtLegacy, overdueSale } from './watching';

function settle(world: World, state: State, pending: LegacyPending): State {
  const succeeds = !state.habits.settleFails;
  return pending.kind === 'repay'
    ? settleRepayment(world, state, pending, succeeds)
    : settleAdjustment(world, state, pending, succeeds);
}

const settlement: Timed = {
  due(state) {
    const dues = state.legacy.pending.map((one) => one.due);
    return dues.length === 0 ? undefined : Math.min(...dues);
  },
  run(world, state) {
    const ripe = state.legacy.pending.filter((one) => one.due <= state.time);
    const pending = state.legacy.pending.filter((one) => one.due > state.time);
    return ripe.reduce<State>((next, one) => settle(world, next, one), withLegacy(state, { pending }));
  },
};

/** Legacy loans as a part of the ledger. They have collateral of their own and owe nothing to the shared one. */
export const legacyPart: LedgerPart = {
  debts: () => [],
  supplies: () => [],
  busy: () => false,
  payOff: (_world, state) => state,
  timed: [{ due: nextLegacyPosting, run: postLegacyInterest }, settlement, overdueSale, legacyWatch],
  begin: beginLegacy,
  look: lookAtLegacy,
};
