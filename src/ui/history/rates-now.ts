import { plain } from '../../bybit/words';
import { type Rates, ratesOf } from '../../desk/history/series';
import type { Desk } from '../../desk/operation';
import { rateRows } from '../../desk/rates';

/** What a desk knows of rates now, by coin; undefined before anything was read. */
export function knownRates(desk: Desk): ReadonlyMap<string, Rates> | undefined {
  const { value } = desk.snapshot.parts.coins;
  if (value === undefined) return undefined;
  return new Map(rateRows(value).map((row) => [row.coin, ratesOf(row)]));
}

/**
 * Reads the rates unless the desk has done so within `maxAgeMs`: a view that is visible, or the watch, may have asked for
 * them anyway. `now` in local epoch milliseconds.
 */
export async function refreshRates(desk: Desk, maxAgeMs: number, now: number): Promise<void> {
  const { readAt, failure } = desk.snapshot.parts.coins;
  const isFresh = readAt !== undefined && failure === undefined && Math.abs(now - readAt) < maxAgeMs;
  if (!isFresh) await desk.refresh(['coins']);
}

/** The rates as they are now. Rejects when they cannot be read: what is older is no reading. */
export async function readRates(
  desk: Desk,
  maxAgeMs: number,
  now: number,
): Promise<ReadonlyMap<string, Rates>> {
  await refreshRates(desk, maxAgeMs, now);
  const { failure } = desk.snapshot.parts.coins;
  if (failure !== undefined) throw new Error(plain(failure.words));
  const rates = knownRates(desk);
  if (rates === undefined) throw new Error('The desk has closed.');
  return rates;
}
