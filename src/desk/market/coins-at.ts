import type { LoanableCoin, VipLevel } from '../../bybit/common';
import type { Exchange } from '../../bybit/exchange';
import { coins, readCoins } from '../parts/coins';
import type { Topic } from './topic';

/** Borrowable coins with rates and limits at any VIP level, not only at the account's own. */
export function coinsAt(vipLevel: VipLevel): Topic<readonly LoanableCoin[]> {
  return {
    key: `coins ${vipLevel}`,
    life: coins.life,
    read: (exchange: Exchange) => readCoins({ exchange, vipLevel }),
  };
}
