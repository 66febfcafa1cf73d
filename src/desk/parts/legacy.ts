import type { VipLevel } from '../../bybit/common';
import { getLegacyUnpaidLoans, type LegacyLoan } from '../../bybit/legacy';
import { getLegacyCollateralCoins, type LegacyCollateralCoin } from '../../bybit/legacy-coins';
import { wasNeverOffered } from './absence';
import { allRows } from './history';
import { MINUTE_MS, type Reader } from './reader';

/** Loans of the old system that still run; its interest is posted by the hour. */
export const legacyLoans: Reader<readonly LegacyLoan[]> = {
  isPublic: false,
  life: MINUTE_MS,
  isAbsence: wasNeverOffered,
  read: ({ exchange }) => allRows(exchange, getLegacyUnpaidLoans, {}),
};

/** Their LTV lines, by collateral coin. */
export const legacyRules: Reader<readonly LegacyCollateralCoin[]> = {
  isPublic: true,
  life: 10 * MINUTE_MS,
  after: 'key',
  isAbsence: wasNeverOffered,
  read: async ({ exchange, vipLevel }) => {
    const { vipCoinList } = (await exchange.call(getLegacyCollateralCoins, { vipLevel })).result;
    return ofTier(vipCoinList, vipLevel);
  },
};

/** The rows of a level; of the first one where the exchange does not name it. */
export function ofTier<Coin>(
  tiers: readonly { readonly vipLevel: string; readonly list: readonly Coin[] }[],
  vipLevel: VipLevel,
): readonly Coin[] {
  const own = tiers.filter((tier) => tier.vipLevel === vipLevel);
  return (own.length > 0 ? own : tiers.slice(0, 1)).flatMap((tier) => tier.list);
}
