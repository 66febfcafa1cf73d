import { MINUTE, SECOND } from '../../market/market';

/** At which second of every minute orders are matched; the documentation's contracts all begin there (API.md §9). */
const PHASE = 36 * SECOND;

/** The first matching at or after a time. */
export function matchingFrom(time: number): number {
  return Math.ceil((time - PHASE) / MINUTE) * MINUTE + PHASE;
}

/** The first matching after a time. */
export function nextMatching(time: number): number {
  return matchingFrom(time + 1);
}
