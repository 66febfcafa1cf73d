import { compare, type Decimal, decimal, gte, lt, mul, sub, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { formatPercent } from '../../format';
import type { Condition, Report } from '../event';
import type { Observation } from '../observation';

/** How far under a level the LTV must fall before that level can be told again: one point. */
export const HYSTERESIS = decimal('0.01');
const PERCENT = decimal('0.01');
const HUNDRED = decimal('100');

/**
 * The person's own ladder (default 75, 80, 85, 90 %) and the exchange's lines. Only the highest level reached is told when
 * several are passed at once: the lower ones count as raised with it.
 */
export function ltvReport(seen: Observation, ladder: readonly Decimal[], locale: string): Report | undefined {
  if (seen.ltv === undefined) return undefined;
  const ltv = seen.ltv === 'none' ? undefined : seen.ltv;
  const lines = [seen.thresholds.delayedLiquidation, seen.thresholds.liquidation];
  const levels = [...new Set([...ladder, ...lines])].sort(compare);
  return {
    scope: 'ltv',
    isLadder: true,
    conditions: levels.map((level) => condition(ltv, level, seen, locale)),
  };
}

function condition(ltv: Decimal | undefined, level: Decimal, seen: Observation, locale: string): Condition {
  const { marginCall, delayedLiquidation, liquidation } = seen.thresholds;
  const shown = ltv === undefined ? '' : formatPercent(ltv, 2, locale);
  const at = formatPercent(level, 2, locale);
  const key = `ltv:${level}`;
  const isLiquidation = gte(level, delayedLiquidation);
  return {
    holds: holdsAt(ltv, level),
    event: {
      key,
      severity: gte(level, marginCall) ? 'critical' : 'warning',
      title: isLiquidation
        ? words('LTV {0}: the line of liquidation at {1} is reached', shown, at)
        : words('LTV {0}: it has reached {1}', shown, at),
      detail: words(
        'Collateral is sold at {0}. Adding collateral or repaying brings it down.',
        formatPercent(liquidation, 2, locale),
      ),
      help: [{ deed: 'addCollateral' }, { deed: 'repay' }],
    },
    ending: {
      title: words('LTV back under {0}', at),
      detail: ltv === undefined ? words('Nothing is owed any more.') : words('It is {0} now.', shown),
    },
  };
}

/** Reached, clear of the band under it, or in between; without a debt clear. */
export function holdsAt(ltv: Decimal | undefined, level: Decimal): Condition['holds'] {
  if (ltv === undefined || lt(ltv, sub(level, HYSTERESIS))) return 'no';
  return gte(ltv, level) ? 'yes' : 'hold';
}

/** A ladder out of percent figures a person typed: each above 0 and up to 100, ascending, each once. */
export function ladderOf(percents: readonly Decimal[]): readonly Decimal[] {
  return [...new Set(percents)]
    .filter((percent) => lt(ZERO, percent) && gte(HUNDRED, percent))
    .sort(compare)
    .map((percent) => mul(percent, PERCENT));
}
