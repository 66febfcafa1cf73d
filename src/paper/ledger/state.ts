import type { Decimal } from '../../bybit/decimal';
import type { CommonState } from './adjusting';
import type { FixedState } from './fixed/state';
import type { FlexibleState } from './flexible';
import type { InstitutionalState } from './institutional/state';
import type { LegacyState } from './legacy/state';
import type { Money } from './money';
import type { RiskState } from './risk';

/** A key of the paper account. */
export interface Key {
  readonly apiKey: string;
  /** HMAC secret, or the public key (PEM) of an RSA key. */
  readonly proof:
    | { readonly kind: 'hmac'; readonly secret: string }
    | { readonly kind: 'rsa'; readonly publicKey: string };
  readonly note: string;
  readonly readOnly: boolean;
  /** Whether `permissions.Spot` contains `SpotTrade`. */
  readonly spotTrade: boolean;
  /** Addresses it may be used from; "*" for all. */
  readonly ips: readonly string[];
  /** Epoch milliseconds; undefined for never. */
  readonly expiresAt?: number;
  /** The UID it was made by, where that is one beside the account's own; matters to the institutional calls only. */
  readonly uid?: number;
}

/** Behaviours the exchange does not document, or that only tests need (API.md §13 points 8, 10). */
export interface Habits {
  /** All collateral goes back to the Funding wallet with the last debt. */
  readonly releaseOnClear: boolean;
  /** Milliseconds from acceptance to success; 0 settles at once. */
  readonly settleMs: number;
  /** Operations under way fail instead of succeeding. */
  readonly settleFails: boolean;
  /** Milliseconds after which a row shows in the histories. */
  readonly historyLagMs: number;
}

/**
 * Everything the paper exchange remembers, as an immutable value made of plain data and Maps. Each loan system has its
 * own part; what they share is money, time and risk.
 */
export interface State {
  readonly seed: number;
  /** Server time, epoch milliseconds, up to which everything due has happened. */
  readonly time: number;
  /** Server time less the real clock, milliseconds. */
  readonly offset: number;
  readonly uid: number;
  /** Tier as `getApiKeyInfo` spells it (API.md §8). */
  readonly vip: string;
  readonly createdAt: number;
  readonly keys: readonly Key[];
  readonly habits: Habits;
  readonly money: Money;
  /** Prices set by hand, USD, by coin; they stand until they are taken back. */
  readonly prices: ReadonlyMap<string, Decimal>;
  /** Last id of each growing series. */
  readonly ids: ReadonlyMap<string, number>;
  readonly risk: RiskState;
  readonly common: CommonState;
  readonly flexible: FlexibleState;
  readonly fixed: FixedState;
  readonly legacy: LegacyState;
  readonly institutional: InstitutionalState;
}
