import { decimal } from '../../bybit/decimal';
import { FlexibleRepayType } from '../../bybit/flexible';
import { HOUR, MINUTE, SECOND } from '../market/market';
import { LINES, reached, type Standing, standing } from './collateral';
import { liquidate } from './liquidation';
import type { State } from './state';
import { debtsOf, type Timed, type World } from './world';

/** How long a liquidation lasts; operations are refused meanwhile (148031). */
export const LIQUIDATION_LASTS = 30 * SECOND;
/** How long the LTV may stay at the delayed line before collateral is sold. The exchange does not publish it. */
export const DELAY_LASTS = HOUR;

const HALF = decimal('0.5');

export type Stage = 'normal' | 'margin-call' | 'delayed' | 'liquidating';

export interface RiskState {
  readonly stage: Stage;
  /** Since when the stage lasts, server time. */
  readonly since: number;
  /** What a liquidation under way will be called in the repayment history. */
  readonly cause: number;
  /** When the LTV is looked at next; none without a debt. */
  readonly next?: number;
}

export const NO_RISK: RiskState = { stage: 'normal', since: 0, cause: FlexibleRepayType.liquidation };

/** How often the LTV is looked at, the oftener the nearer it is to a line. Between looks prices move little. */
function pace(now: Standing): number {
  if (reached(now, LINES.initial)) return MINUTE;
  return reached(now, HALF) ? 15 * MINUTE : HOUR;
}

export const watch: Timed = {
  due: (state) => state.risk.next,
  run: look,
};

/** Looks at the LTV and acts: margin call, delayed liquidation, liquidation (API.md §13 point 13). */
export function look(world: World, state: State): State {
  if (debtsOf(world, state).length === 0) return { ...state, risk: { ...NO_RISK, since: state.time } };
  if (state.risk.stage === 'liquidating') {
    const end = state.risk.since + LIQUIDATION_LASTS;
    if (state.time < end) return withRisk(state, { ...state.risk, next: end });
    return look(
      world,
      withRisk(liquidate(world, state, state.risk.cause), { ...NO_RISK, since: state.time }),
    );
  }
  const now = standing(world, state);
  if (reached(now, LINES.liquidation)) return startLiquidation(state, FlexibleRepayType.liquidation);
  if (reached(now, LINES.delayed)) return delay(state);
  const stage = reached(now, LINES.marginCall) ? 'margin-call' : 'normal';
  const since = state.risk.stage === stage ? state.risk.since : state.time;
  return withRisk(state, { ...state.risk, stage, since, next: after(state.time, pace(now)) });
}

function delay(state: State): State {
  const since = state.risk.stage === 'delayed' ? state.risk.since : state.time;
  const end = since + DELAY_LASTS;
  if (state.time >= end) return startLiquidation(state, FlexibleRepayType.delayedLiquidation);
  const next = Math.min(end, after(state.time, MINUTE));
  return withRisk(state, { ...state.risk, stage: 'delayed', since, next });
}

function startLiquidation(state: State, cause: number): State {
  return withRisk(state, {
    stage: 'liquidating',
    since: state.time,
    cause,
    next: state.time + LIQUIDATION_LASTS,
  });
}

function withRisk(state: State, risk: RiskState): State {
  return { ...state, risk };
}

/** The next moment of a grid, so that all windows look at the same moments. */
function after(time: number, step: number): number {
  return (Math.floor(time / step) + 1) * step;
}
