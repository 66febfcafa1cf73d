import { decimal, ONE, sub } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { formatPercent } from '../../format';
import { utcMinute } from '../../utc';
import type { Condition, Report } from '../event';
import { type Observation, POOL_SYSTEMS, type PoolSystem, type WatchedPool } from '../observation';
import { holdsAt } from './ltv';

/** Polls in a row after which what is shown is too old to trust (promises.md §3, row 14). */
export const STALE_POLLS = 3;
/** Without a margin call line of its own a pool warns five points before its liquidation line. */
const BEFORE_LIQUIDATION = decimal('0.05');

/**
 * Pools with an LTV of their own: legacy orders and the institutional risk unit, by the exchange's own lines. Each system
 * reports by itself: while one is out of sight what is raised of it stays.
 */
export function poolReports({ pools }: Observation, locale: string): readonly (Report | undefined)[] {
  return POOL_SYSTEMS.map((system) => {
    const seen = pools[system].pools;
    if (seen === undefined) return undefined;
    const conditions = seen.flatMap((pool) => poolConditions(system, pool, locale));
    return { scope: `pool:${system}`, conditions };
  });
}

function poolConditions(system: PoolSystem, pool: WatchedPool, locale: string): Condition[] {
  const { id, name, ltv } = pool;
  // Without a line: that the collateral is worth no more than the debt is bad by any rule.
  const liquidation = pool.liquidation ?? ONE;
  const warning = pool.marginCall ?? sub(liquidation, BEFORE_LIQUIDATION);
  const percent = (value: typeof warning) => formatPercent(value, 2, locale);
  const shown = ltv === undefined ? '' : percent(ltv);
  return [warning, liquidation].map(
    (line, index): Condition => ({
      holds: ltv === undefined ? 'hold' : holdsAt(ltv, line),
      event: {
        key: `pool:${system}:${id}:${index === 0 ? 'warning' : 'liquidation'}`,
        severity: index === 0 ? 'warning' : 'critical',
        title:
          pool.liquidation === undefined
            ? words('{0}: LTV {1}, its line is not known', name, shown)
            : words('{0}: LTV {1}, the line is {2}', name, shown, percent(line)),
        detail:
          pool.liquidation === undefined
            ? words(
                'The rules of the exchange name no line for it. At 100 % the collateral is worth no more than the debt.',
              )
            : words('It is liquidated at {0}.', percent(liquidation)),
        help: system === 'legacy' ? [{ deed: 'addCollateral', loanId: id }] : [{ deed: 'repay' }],
      },
    }),
  );
}

const BLIND: { readonly [System in PoolSystem]: { readonly begun: Words; readonly over: Words } } = {
  legacy: {
    begun: words('The legacy loans or their lines cannot be read: their LTV alarms are blind'),
    over: words('The legacy loans and their lines are read again'),
  },
  institutional: {
    begun: words('The risk unit or its lines cannot be read: its LTV alarms are blind'),
    over: words('The risk unit and its lines are read again'),
  },
};

/**
 * Systems whose pools are too old to trust: those that owe something and, while the rest of the account can be read, those
 * that were never read, of which nobody knows. One outage is told once: what stands at the position speaks for all that went
 * dark with it, and what is still blind after it is told after it.
 */
export function blindPools({ pools, failedPolls }: Observation): readonly Condition[] {
  return POOL_SYSTEMS.map((system): Condition => {
    const sight = pools[system];
    const { begun, over } = BLIND[system];
    const isOver = sight.pools !== undefined;
    const matters = sight.isOwed || (sight.readAt === undefined && failedPolls === 0);
    // As long dark as this, but for the poll under way.
    const isSaid = failedPolls >= sight.failedPolls - 1;
    const isBlind = matters && !isSaid && sight.failedPolls >= STALE_POLLS;
    const since =
      sight.readAt === undefined
        ? words('It was never read.')
        : words('It was last read {0}.', utcMinute(sight.readAt));
    return {
      holds: isOver ? 'no' : isBlind ? 'yes' : 'hold',
      event: {
        key: `stale:${system}`,
        severity: 'critical',
        title: begun,
        detail: since,
        help: [{ deed: 'refresh' }],
      },
      ending: { title: over, detail: since },
    };
  });
}
