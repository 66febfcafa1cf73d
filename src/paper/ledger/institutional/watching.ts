import { gte, mul } from '../../../bybit/decimal';
import { MINUTE } from '../../market/market';
import { nextLook } from '../pace';
import type { State } from '../state';
import type { Timed, World } from '../world';
import { liquidateUnit } from './liquidating';
import type { InsRisk } from './state';
import { type InsLines, type InsStanding, linesOfUnit, standingOfUnit, withUnit } from './unit';

/** How long a liquidation lasts. */
export const UNIT_LIQUIDATION_LASTS = MINUTE;

function reaches({ debt, balance }: InsStanding, line: InsLines['liquidation']): boolean {
  return gte(debt, mul(line, balance));
}

function withRisk(state: State, risk: InsRisk, next: number): State {
  return withUnit(state, { risk, next });
}

function start(state: State, cause: InsRisk['cause']): State {
  const risk: InsRisk = { stage: 'liquidating', since: state.time, cause };
  return withRisk(state, risk, state.time + UNIT_LIQUIDATION_LASTS);
}

/** Looks at the LTV of the unit and acts: deferred liquidation, liquidation. */
export function lookAtUnit(world: World, state: State): State {
  const { risk } = state.institutional;
  const lines = linesOfUnit(state);
  const calm: InsRisk = { stage: 'normal', since: state.time, cause: 'passive' };
  if (lines === undefined) return risk.stage === 'normal' ? state : withRisk(state, calm, 0);
  if (risk.stage === 'liquidating') {
    const end = risk.since + UNIT_LIQUIDATION_LASTS;
    if (state.time < end) return withRisk(state, risk, end);
    return lookAtUnit(world, withRisk(liquidateUnit(world, state), calm, 0));
  }
  const now = standingOfUnit(world, state);
  if (reaches(now, lines.liquidation)) return start(state, 'passive');
  const next = nextLook(state.time, (share) => reaches(now, mul(lines.liquidation, share)));
  const { deferred } = lines;
  if (deferred === undefined || !reaches(now, deferred.line)) {
    return withRisk(state, risk.stage === 'normal' ? risk : calm, next);
  }
  const since = risk.stage === 'delayed' ? risk.since : state.time;
  if (state.time >= since + deferred.ms) return start(state, 'callback');
  return withRisk(state, { stage: 'delayed', since, cause: 'passive' }, Math.min(next, since + deferred.ms));
}

export const unitWatch: Timed = {
  due: (state) => (linesOfUnit(state) === undefined ? undefined : state.institutional.next),
  run: lookAtUnit,
};
