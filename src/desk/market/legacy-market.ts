import type { VipLevel } from '../../bybit/common';
import { BybitError } from '../../bybit/errors';
import {
  getLegacyCollateralCoins,
  getLegacyLoanableCoins,
  type LegacyCollateralCoin,
  type LegacyLoanableCoin,
} from '../../bybit/legacy-coins';
import { isNotOffered } from '../parts/absence';
import { ofTier } from '../parts/legacy';
import type { Topic } from './topic';

/** What legacy loans are made of: they are not made any more, those that run go by it. */
export interface LegacyMarket {
  readonly loanable: readonly LegacyLoanableCoin[];
  readonly collateral: readonly LegacyCollateralCoin[];
}

const LIFE_MS = 10 * 60_000;
const NOTHING: LegacyMarket = { loanable: [], collateral: [] };

/** Coins of legacy loans at a VIP level; none where the host has no such loans. */
export function legacyMarket(vipLevel: VipLevel): Topic<LegacyMarket> {
  return {
    key: `legacy ${vipLevel}`,
    life: LIFE_MS,
    read: async (exchange) => {
      try {
        const [loanable, collateral] = await Promise.all([
          exchange.call(getLegacyLoanableCoins, { vipLevel }),
          exchange.call(getLegacyCollateralCoins, { vipLevel }),
        ]);
        return {
          loanable: ofTier(loanable.result.vipCoinList, vipLevel),
          collateral: ofTier(collateral.result.vipCoinList, vipLevel),
        };
      } catch (error) {
        if (error instanceof BybitError && isNotOffered(error)) return NOTHING;
        throw error;
      }
    },
  };
}
