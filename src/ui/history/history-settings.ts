import type { ReadSetting } from '../settings';

const MINUTE_MS = 60_000;
const DEFAULT_MIN = 10;
const LEAST_MIN = 1;
/** Readings further apart than three hours leave gaps in what is known. */
const MOST_MIN = 120;

/** Milliseconds between two recordings, within their bounds whatever the setting says; undefined while recording is off. */
export function historyIntervalOf(read: ReadSetting): number | undefined {
  if (read('history.enabled') === false) return undefined;
  const minutes = read('history.interval');
  const wanted = typeof minutes === 'number' && Number.isFinite(minutes) ? minutes : DEFAULT_MIN;
  return Math.min(Math.max(wanted, LEAST_MIN), MOST_MIN) * MINUTE_MS;
}
