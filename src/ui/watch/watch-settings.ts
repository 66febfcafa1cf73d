import { type Decimal, parseDecimal } from '../../bybit/decimal';
import { ladderOf } from '../../desk/watch/rules/ltv';
import type { ReadSetting } from '../settings';

const DEFAULT_LEVELS = ['75', '80', '85', '90'];
/** More would be no ladder any more. */
const MOST_LEVELS = 20;
const DEFAULT_INTERVAL_S = 60;
const LEAST_INTERVAL_S = 15;
const MOST_INTERVAL_S = 3600;

/** The person's LTV levels as fractions, ascending; the defaults where the setting holds no level at all. */
export function levelsOf(read: ReadSetting): readonly Decimal[] {
  const value = read('watch.ltvLevels');
  const given = Array.isArray(value) ? value.slice(0, MOST_LEVELS) : [];
  const levels = ladderOf(percents(given));
  return levels.length > 0 ? levels : ladderOf(percents(DEFAULT_LEVELS));
}

function percents(values: readonly unknown[]): Decimal[] {
  return values.flatMap((value) =>
    typeof value === 'number' || typeof value === 'string' ? (parseDecimal(String(value)) ?? []) : [],
  );
}

/** Milliseconds between two looks, within its bounds whatever the setting says; undefined while the watch is off. */
export function watchIntervalOf(read: ReadSetting): number | undefined {
  if (read('watch.enabled') === false) return undefined;
  const seconds = read('watch.interval');
  const wanted = typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : DEFAULT_INTERVAL_S;
  return Math.min(Math.max(wanted, LEAST_INTERVAL_S), MOST_INTERVAL_S) * 1000;
}
