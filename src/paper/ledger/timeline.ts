import { look, watch } from './risk';
import type { State } from './state';
import { debtsOf, type Timed, type World } from './world';

function timersOf(world: World): readonly Timed[] {
  return [...world.parts.flatMap((part) => part.timed), watch];
}

/**
 * Lets everything happen that is due up to `until` (server time), in order of time. Pure: whoever asks, and in however
 * many steps, gets the same. A time that lies behind changes nothing.
 */
export function advance(world: World, state: State, until: number): State {
  const timers = timersOf(world);
  let next = state;
  for (;;) {
    const dues = timers.map((timer) => timer.due(next) ?? Number.POSITIVE_INFINITY);
    const time = Math.min(...dues);
    if (time > until) break;
    next = { ...next, time: Math.max(time, next.time) };
    for (const [index, timer] of timers.entries()) {
      if (dues[index] === time) next = timer.run(world, next);
    }
    // A debt that came by itself is watched from its first moment.
    if (next.risk.next === undefined && debtsOf(world, next).length > 0) next = look(world, next);
  }
  return until > next.time ? { ...next, time: until } : next;
}

/** What follows at once from a change: operations that need no time take effect, and every LTV is looked at. */
export function settleNow(world: World, state: State): State {
  const settled = look(world, advance(world, state, state.time));
  return world.parts.reduce((next, part) => part.look?.(world, next) ?? next, settled);
}
