import { VIP_LEVELS, type VipLevel } from '../../bybit/common';
import { type Decimal, decimal } from '../../bybit/decimal';

/** What a tier changes: share of the base rate to pay, multiple of the base limit. */
interface Tier {
  readonly rate: Decimal;
  readonly limit: Decimal;
}

function tier(rate: string, limit: string): Tier {
  return { rate: decimal(rate), limit: decimal(limit) };
}

const TIERS: Readonly<Record<VipLevel, Tier>> = {
  VIP0: tier('1', '1'),
  VIP1: tier('0.99', '1.2'),
  VIP2: tier('0.98', '1.5'),
  VIP3: tier('0.97', '2'),
  VIP4: tier('0.96', '2.5'),
  VIP5: tier('0.95', '3'),
  VIP99: tier('0.92', '5'),
  PRO1: tier('0.94', '4'),
  PRO2: tier('0.93', '5'),
  PRO3: tier('0.92', '6'),
  PRO4: tier('0.91', '8'),
  PRO5: tier('0.9', '10'),
  PRO6: tier('0.88', '12'),
};

export function tierOf(level: VipLevel): Tier {
  return TIERS[level];
}

export function isVipLevel(text: string): text is VipLevel {
  return (VIP_LEVELS as readonly string[]).includes(text);
}
