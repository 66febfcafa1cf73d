import { compare, type Decimal, div, gt, ZERO } from '../../bybit/decimal';
import { ltvOf } from '../risk';
import type { Snapshot } from '../snapshot';
import { type AccountPool, poolsOf, type SharedParts } from './pools';

/** A pool that owes, with its LTV, a fraction. */
export interface Standing {
  readonly pool: AccountPool;
  readonly ltv: Decimal;
}

/** Decimals at which pools are compared. */
const PLACES = 18;

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
    .map((standing) => ({ standing, way: wayTo(standing) }))
    .sort((a, b) => compare(b.way, a.way))
    .map(({ standing }) => standing);
}

/** How much of the way to its line a pool has gone; 1 at the line. */
function wayTo({ pool, ltv }: Standing): Decimal {
  const { liquidation } = pool.thresholds;
  return gt(liquidation, ZERO) ? div(ltv, liquidation, PLACES) : ltv;
}
