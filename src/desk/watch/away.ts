import { type Decimal, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { formatPercent, formatUsd } from '../format';
import { utcMinute } from '../utc';
import type { Observation } from './observation';
import type { Seen } from './state';

/** Closed for less than this and nothing is said: a reload is no absence. */
const SHORTEST_MS = 30 * 60_000;

/** What is remembered of an observation; undefined while the position is not known. */
export function seenOf(observation: Observation): Seen | undefined {
  const { ltv, debtUsd, collateralUsd, now } = observation;
  // While only the exchange tells an LTV the amounts are not known.
  if (ltv === undefined || debtUsd === undefined) return undefined;
  return { at: now, ltv: ltv === 'none' ? undefined : ltv, debtUsd, collateralUsd };
}

/**
 * What changed of the position while nobody looked, a sentence each; empty when nothing did, or when it was not long. For
 * the start, beside the events that fire then.
 */
export function changesSince(
  before: Seen | undefined,
  now: Seen | undefined,
  locale: string,
): readonly Words[] {
  if (before === undefined || now === undefined || now.at - before.at < SHORTEST_MS) return [];
  const since = utcMinute(before.at);
  const changes: Words[] = [];
  const percent = (value: Decimal | undefined) =>
    value === undefined ? '–' : formatPercent(value, 2, locale);
  if (percent(before.ltv) !== percent(now.ltv)) {
    changes.push(words('LTV {0} → {1} since {2}', percent(before.ltv), percent(now.ltv), since));
  }
  const usd = (value: Decimal | undefined) => formatUsd(value ?? ZERO, locale);
  if (usd(before.debtUsd) !== usd(now.debtUsd)) {
    changes.push(words('Debt {0} → {1}', usd(before.debtUsd), usd(now.debtUsd)));
  }
  if (usd(before.collateralUsd) !== usd(now.collateralUsd)) {
    changes.push(
      words('Collateral after the tiers {0} → {1}', usd(before.collateralUsd), usd(now.collateralUsd)),
    );
  }
  return changes;
}
