import { decimal } from '../../../../src/bybit/decimal';
import type { DueDebt, Observation, PoolSight } from '../../../../src/desk/watch/observation';
import { THRESHOLDS } from '../bench';

export const NOW = 1_800_000_000_000;
export const HOUR = 3_600_000;
export const OPTIONS = {
  ladder: ['0.75', '0.8', '0.85', '0.9'].map((level) => decimal(level)),
  locale: 'en',
};

/** A healthy account on which nothing happens. */
export function observation(parts: Partial<Observation> = {}): Observation {
  return {
    now: NOW,
    serverNow: NOW,
    ltv: decimal('0.5'),
    debtUsd: decimal('5000'),
    collateralUsd: decimal('10000'),
    thresholds: THRESHOLDS,
    dues: [],
    areDuesWhole: true,
    wallet: new Map(),
    orders: [],
    pools: { legacy: sight([]), institutional: sight([]) },
    collateralLimit: '0',
    liquidations: [],
    keyEndsAt: undefined,
    readAt: NOW,
    failedPolls: 0,
    ...parts,
  };
}

export function due(parts: Partial<DueDebt> = {}): DueDebt {
  return {
    loanId: '571',
    system: 'fixed',
    coin: 'USDT',
    amount: decimal('1000'),
    dueAt: NOW + 30 * 24 * HOUR,
    takenAt: undefined,
    overdue: false,
    atDue: 'autoRepay',
    ...parts,
  };
}

/** Pools of a system that were read now. */
export function sight(pools: PoolSight['pools'], parts: Partial<PoolSight> = {}): PoolSight {
  return { pools, isOwed: (pools?.length ?? 0) > 0, readAt: NOW, failedPolls: 0, ...parts };
}
