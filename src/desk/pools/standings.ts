import { compare, type Decimal, ZERO } from '../../bybit/decimal';
import { ltvOf, wayTo } from '../risk';
import type { Snapshot } from '../snapshot';
import { type AccountPool, poolsOf, type SharedParts } from './pools';

/** A pool that owes, with its LTV, a fraction. */
export interface Standing {
  readonly pool: AccountPool;
  readonly ltv: Decimal;
}

/**
 * The pools whose LTV is known, the nearest to its own liquidation line first: which one presses its LTV alone does not say,
 * for each has lines of its own. Beside the shared one the LTV is the exchange's, where it tells it, as the trees show it.
 */
export function standingsOf(snapshot: Snapshot, shared: SharedParts): readonly Standing[] {
  return poolsOf(snapshot, shared)
    .flatMap((pool): readonly Standing[] => {
      const ltv = pool.name === 'shared' ? ltvOf(pool.book) : (pool.said ?? ltvOf(pool.book));
      return ltv === undefined || ltv === ZERO ? [] : [{ pool, ltv }];
    })
    .map((standing) => ({ standing, way: wayTo(standing.ltv, standing.pool.thresholds.liquidation) }))
    .sort((a, b) => compare(b.way, a.way))
    .map(({ standing }) => standing);
}
