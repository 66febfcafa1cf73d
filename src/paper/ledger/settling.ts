import { settleBorrow } from './borrowing';
import type { FlexiblePending } from './flexible';
import { settleConvert, settleRepay } from './repaying';
import type { State } from './state';
import type { World } from './world';

/** When the next accepted flexible operation takes effect. */
export function nextSettlement(state: State): number | undefined {
  const dues = state.flexible.pending.map((one) => one.due);
  return dues.length === 0 ? undefined : Math.min(...dues);
}

/** Ends every flexible operation whose time has come (API.md §13 point 8). */
export function settleFlexible(world: World, state: State): State {
  const ripe = state.flexible.pending.filter((one) => one.due <= state.time);
  if (ripe.length === 0) return state;
  const pending = state.flexible.pending.filter((one) => one.due > state.time);
  return ripe.reduce<State>((next, one) => settle(world, next, one), {
    ...state,
    flexible: { ...state.flexible, pending },
  });
}

function settle(world: World, state: State, pending: FlexiblePending): State {
  const succeeds = !state.habits.settleFails;
  switch (pending.kind) {
    case 'borrow':
      return settleBorrow(state, pending, succeeds);
    case 'repay':
      return settleRepay(world, state, pending, succeeds);
    case 'convert':
      return settleConvert(world, state, pending, succeeds);
  }
}
