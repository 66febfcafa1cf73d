import type { FundingBalance } from '../../../bybit/account';
import { ZERO } from '../../../bybit/decimal';
import type { Exchange } from '../../../bybit/exchange';
import { fundingBalances, unifiedBalances } from '../../balances';
import type { Gauge } from './gauge';

function wallet(
  balances: (exchange: Exchange, coins: readonly string[]) => Promise<readonly FundingBalance[]>,
): Gauge {
  return {
    read: async (exchange, marks) => {
      const rows = await balances(
        exchange,
        marks.map(({ coin }) => coin),
      );
      const amounts = new Map(rows.map((row) => [row.coin, row.walletBalance]));
      return marks.map(({ coin }) => ({ amount: amounts.get(coin) ?? ZERO, mayRise: ZERO }));
    },
  };
}

export const fundingWallet = wallet(fundingBalances);
export const unifiedWallet = wallet(unifiedBalances);
