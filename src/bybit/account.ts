import * as v from 'valibot';
import type { VipLevel } from './common';
import { endpoint } from './endpoint';
import { amount, id, whole } from './schema';

// Not loose: the answer names the key itself, which has no business in what the desk remembers and shows.
const keyInfo = v.object({
  id,
  note: v.string(),
  /** 0 reads and writes, 1 reads only. */
  readOnly: whole,
  /** Areas with their permissions; loans need `Spot` to contain `SpotTrade` (API.md §2). */
  permissions: v.record(v.string(), v.nullable(v.array(v.string()))),
  /** Bound addresses; an unbound key shows "*" or nothing. */
  ips: v.nullable(v.array(v.string())),
  /** Days left; only meaningful without bound addresses. */
  deadlineDay: v.optional(whole),
  /** ISO 8601; 1970-01-01T00:00:00Z when it does not apply. */
  expiredAt: v.optional(v.string()),
  createdAt: v.optional(v.string()),
  uta: v.optional(whole),
  userID: id,
  /** "No VIP", "VIP-1" …; see {@link vipLevelOf}. */
  vipLevel: v.string(),
  isMaster: v.optional(v.boolean()),
  kycLevel: v.optional(v.string()),
});
export type KeyInfo = v.InferOutput<typeof keyInfo>;

/** What the key is and may do; the connection test of an account. docs/v5/user/apikey-info. */
export const getApiKeyInfo = endpoint<Record<never, never>>()({
  id: 'getApiKeyInfo',
  system: 'account',
  method: 'GET',
  path: '/v5/user/query-api',
  auth: true,
  mutates: false,
  perSecond: 10,
  schema: keyInfo,
});

/**
 * The tier as the loan endpoints spell it (API.md §8). `known` is false when the exchange's word is not in the table;
 * the level is VIP0 then.
 */
export function vipLevelOf(text: string): { readonly level: VipLevel; readonly known: boolean } {
  if (text === 'No VIP') return { level: 'VIP0', known: true };
  if (text === 'VIP-Supreme') return { level: 'VIP99', known: true };
  const match = /^(VIP-[1-5]|PRO-[1-6])$/.exec(text);
  return match === null
    ? { level: 'VIP0', known: false }
    : { level: text.replace('-', '') as VipLevel, known: true };
}

const fundingBalance = v.looseObject({
  coin: v.string(),
  walletBalance: amount,
  /** Free to move. */
  transferBalance: amount,
});
export type FundingBalance = v.InferOutput<typeof fundingBalance>;

const fundingBalances = v.looseObject({
  accountType: v.string(),
  memberId: v.optional(id),
  balance: v.nullable(v.array(fundingBalance)),
});

/** Balances of a wallet; loans and collateral move through FUND (API.md §7). docs/v5/asset/balance/all-balance. */
export const getFundingBalances = endpoint<{
  readonly accountType: 'FUND' | 'UNIFIED';
  /** One coin or several joined by commas; UNIFIED needs it, ten at the most. */
  readonly coin?: string;
}>()({
  id: 'getFundingBalances',
  system: 'account',
  method: 'GET',
  path: '/v5/asset/transfer/query-account-coins-balance',
  auth: true,
  mutates: false,
  perSecond: 5,
  schema: fundingBalances,
});
