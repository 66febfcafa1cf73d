import { refuse, require_ } from '../refusal';
import type { State } from '../state';
import { withUnit } from './unit';

/** UIDs of the paper account's own around its first one, by distance: these are bound when a ledger begins. */
export const BOUND_AT_FIRST = [1, 2] as const;
/** These can be bound. */
const FREE = [3, 4, 5];
/** These cannot, each for its reason (API.md §11); all others belong to somebody else (3777006). */
const UNFIT: ReadonlyMap<number, number> = new Map([
  [6, 3777007],
  [7, 3777027],
  [8, 3777029],
  [9, 3777030],
  [10, 3777005],
]);

function checkFit(state: State, uid: string): void {
  const distance = Number(uid) - state.uid;
  const unfit = UNFIT.get(distance);
  if (unfit !== undefined) refuse(unfit);
  require_([...BOUND_AT_FIRST, ...FREE].includes(distance), 3777006);
}

/** Whether a UID belongs to the risk unit. */
export function isOfUnit(state: State, uid: string): boolean {
  return uid === String(state.uid) || state.institutional.bound.includes(uid);
}

/** Binds a UID to the risk unit, or lets it go. Only UIDs of the unit may ask. */
export function changeBinding(
  state: State,
  request: { readonly caller: string; readonly uid: string; readonly binds: boolean },
): State {
  const { caller, uid, binds } = request;
  require_(/^[1-9]\d{0,14}$/.test(uid), 10001, 'uid');
  require_(isOfUnit(state, caller), 3777042);
  require_(state.institutional.pending.length === 0, 3777012);
  const { bound } = state.institutional;
  if (binds) {
    require_(!isOfUnit(state, uid), 3777002);
    checkFit(state, uid);
    return withUnit(state, { bound: [...bound, uid] });
  }
  require_(uid !== String(state.uid), 3777004);
  require_(bound.includes(uid), 3777003);
  require_(uid !== caller, 3777042);
  return withUnit(state, { bound: bound.filter((one) => one !== uid) });
}
