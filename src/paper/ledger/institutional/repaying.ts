import { type Decimal, gt, lte, min, places, sub, ZERO } from '../../../bybit/decimal';
import { SECOND } from '../../market/market';
import { draw, saltOf } from '../../market/noise';
import { held, move } from '../money';
import { require_ } from '../refusal';
import type { State } from '../state';
import type { Timed, World } from '../world';
import { withPrincipalPaid, withRow } from './paying';
import type { InsPending } from './state';
import { debtsOfUnit, INS_PLACES, withUnit } from './unit';

/** A repayment takes 120 to 180 seconds (API.md §13 point 8). */
const SHORTEST = 120 * SECOND;
const SPREAD = 60 * SECOND;

function durationOf(state: State): number {
  const salt = saltOf(state.seed, 'institutional repay');
  return SHORTEST + (draw(salt, Math.floor(state.time / SECOND)) % (SPREAD + 1));
}

function principalOf(state: State, coin: string): Decimal {
  return debtsOfUnit(state).find((debt) => debt.coin === coin)?.principal ?? ZERO;
}

/**
 * Accepts a repayment of principal out of the Unified wallet by the UID that calls. No id is told; one at a time.
 */
export function repayInstitutional(
  state: State,
  request: { readonly caller: string; readonly coin: string; readonly quantity: Decimal },
): State {
  const { caller, coin, quantity } = request;
  require_(gt(quantity, ZERO) && places(quantity) <= INS_PLACES, 10001, 'quantity');
  require_(caller === String(state.uid), 3777042);
  require_(state.institutional.pending.length === 0, 3777043);
  require_(state.institutional.risk.stage !== 'liquidating', 3777012);
  require_(lte(quantity, principalOf(state, coin)), 3777039);
  require_(lte(quantity, held(state.money, 'unified', coin)), 3777040);
  const money = move(state.money, 'unified', 'transit', coin, quantity);
  const pending = [{ due: state.time + durationOf(state), coin, quantity }];
  return withUnit({ ...state, money }, { pending });
}

function settle(state: State, { coin, quantity }: InsPending): State {
  const applied = state.habits.settleFails ? ZERO : min(quantity, principalOf(state, coin));
  let money = move(state.money, 'transit', 'institutionalPool', coin, applied);
  money = move(money, 'transit', 'unified', coin, sub(quantity, applied));
  const next = withPrincipalPaid({ ...state, money }, coin, applied);
  const failed = applied === ZERO;
  return withRow(next, {
    coin,
    quantity: failed ? quantity : applied,
    interest: ZERO,
    business: 1,
    status: failed ? 2 : 1,
  });
}

/** Ends the repayment that runs: only now it has a record. */
export const repayment: Timed = {
  due: (state) => state.institutional.pending[0]?.due,
  run(_world: World, state: State): State {
    const ripe = state.institutional.pending.filter((one) => one.due <= state.time);
    return ripe.reduce<State>(settle, withUnit(state, { pending: [] }));
  },
};
