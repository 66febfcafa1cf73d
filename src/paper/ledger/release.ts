import { moveAll } from './money';
import type { State } from './state';
import { debtsOf, type World } from './world';

/**
 * Gives all collateral back to the Funding wallet once the account owes nothing any more. The documentation is silent;
 * the official tools say so (API.md §13 point 10), hence a habit that can be switched off.
 */
export function releaseWhenClear(world: World, state: State): State {
  if (!state.habits.releaseOnClear || debtsOf(world, state).length > 0) return state;
  return { ...state, money: moveAll(state.money, 'pledged', 'wallet') };
}
