import type { KeyInfo } from '../bybit/account';

const DAY_MS = 86_400_000;

/** Whether requests with the key are bound to addresses; keys that are not end after 90 days (API.md §2). */
export function isBound({ ips }: Pick<KeyInfo, 'ips'>): boolean {
  return (ips ?? []).some((ip) => ip !== '*' && ip.trim() !== '');
}

/** When a key ends, epoch milliseconds; undefined for one bound to addresses, which does not, and where it is not said. */
export function keyEnd(key: Pick<KeyInfo, 'expiredAt' | 'ips'>): number | undefined {
  if (isBound(key) || key.expiredAt === undefined) return undefined;
  const end = Date.parse(key.expiredAt);
  // The exchange writes 1970 where it does not apply.
  return Number.isFinite(end) && end > 0 ? end : undefined;
}

/** Whole days until then, rounded down; below zero when it is past. */
export function daysUntil(at: number, now: number): number {
  return Math.floor((at - now) / DAY_MS);
}
