import type { Term, VipLevel } from '../../bybit/common';
import { add, type Decimal, decimal, max, mul, round } from '../../bybit/decimal';
import type { Coin } from './coin';
import type { CoinClass } from './coins';
import type { Market } from './market';
import { tierOf } from './vip';

/** Terms of legacy loans, days; there was no 60 (endpoints.json, getLegacyLoanableCoins). */
export const LEGACY_TERMS = ['7', '14', '30', '90', '180'] as const satisfies readonly Term[];
export type LegacyTerm = (typeof LEGACY_TERMS)[number];

/** Decimals of a collateral amount (`collateralAccuracy`). */
export const LEGACY_PLEDGE_PLACES = 8;

/** LTV lines of a coin that secures a legacy loan, fractions. */
export interface LegacyLines {
  readonly initial: Decimal;
  readonly marginCall: Decimal;
  readonly liquidation: Decimal;
}

function lines(initial: string, marginCall: string, liquidation: string): LegacyLines {
  return { initial: decimal(initial), marginCall: decimal(marginCall), liquidation: decimal(liquidation) };
}

/** At VIP0. Higher tiers are eased so that PRO1 and ETH give the documented 0.8, 0.87, 0.95. */
const LINES: Readonly<Record<CoinClass, LegacyLines>> = {
  S: lines('0.83', '0.88', '0.95'),
  A: lines('0.78', '0.85', '0.95'),
  B: lines('0.73', '0.81', '0.92'),
  C: lines('0.63', '0.73', '0.88'),
  D: lines('0.53', '0.65', '0.83'),
  M: lines('0.48', '0.6', '0.8'),
};
const EASED: Readonly<Record<VipLevel, Decimal>> = {
  VIP0: decimal('0'),
  VIP1: decimal('0'),
  VIP2: decimal('0.01'),
  VIP3: decimal('0.01'),
  VIP4: decimal('0.01'),
  VIP5: decimal('0.02'),
  VIP99: decimal('0.02'),
  PRO1: decimal('0.02'),
  PRO2: decimal('0.02'),
  PRO3: decimal('0.02'),
  PRO4: decimal('0.03'),
  PRO5: decimal('0.03'),
  PRO6: decimal('0.03'),
};

/** Lines by collateral coin and tier; the liquidation line is the same for all. */
export function legacyLines(coin: Coin, level: VipLevel): LegacyLines {
  const { initial, marginCall, liquidation } = LINES[coin.class];
  return {
    initial: add(initial, EASED[level]),
    marginCall: add(marginCall, EASED[level]),
    liquidation,
  };
}

/** What one account may pledge of a coin, all loans together. */
export function legacyPledgeLimit(coin: Coin, level: VipLevel): Decimal {
  return mul(coin.pledgeCap, tierOf(level).limit);
}

/** Decimals of posted interest and of repayments: 6 and 8 in the documentation's examples (API.md §6). */
export function legacyPlaces(coin: Coin): number {
  return coin.class === 'S' ? 6 : 8;
}

/** A fixed rate as a multiple of the flexible one; the first three are the documentation's. */
const PREMIUM: Readonly<Record<LegacyTerm, Decimal>> = {
  '7': decimal('2'),
  '14': decimal('2.3'),
  '30': decimal('2.6'),
  '90': decimal('2.9'),
  '180': decimal('3.1'),
};
const SHORT: readonly LegacyTerm[] = ['7', '14', '30'];
const RATE_PLACES = 10;
const LEAST_RATE = decimal('0.0000000001');

/** Hourly fraction of a flexible loan during the hour of a moment. */
export function legacyFloatingRate(market: Market, coin: Coin, time: number, level: VipLevel): Decimal {
  return max(LEAST_RATE, round(market.hourlyRate(coin, time, level), RATE_PLACES, 'half'));
}

/** Hourly fraction of a term beside a flexible one of `floating`; undefined when the term is not offered. */
export function legacyTermRate(coin: Coin, floating: Decimal, term: LegacyTerm): Decimal | undefined {
  const offered = coin.fixed && (coin.class === 'B' || SHORT.includes(term));
  return offered ? round(mul(floating, PREMIUM[term]), RATE_PLACES, 'half') : undefined;
}
