import { type FundingBalance, getFundingBalances } from '../bybit/account';
import type { Exchange } from '../bybit/exchange';

/** Coins of one call; more are refused (131002). docs/v5/asset/balance/all-balance. */
const MOST_COINS = 10;

/** Everything in the Funding wallet. Rejects as the calls do. */
export async function fundingBalances(exchange: Exchange): Promise<readonly FundingBalance[]> {
  return (await exchange.call(getFundingBalances, { accountType: 'FUND' })).result.balance ?? [];
}

/**
 * Some coins of the Unified wallet, which is only told coin by coin, ten in a call. No coins need no call. Rejects as the
 * calls do.
 */
export async function unifiedBalances(
  exchange: Exchange,
  coins: Iterable<string>,
): Promise<readonly FundingBalance[]> {
  const names = [...new Set(coins)];
  const rows: FundingBalance[] = [];
  for (let from = 0; from < names.length; from += MOST_COINS) {
    const coin = names.slice(from, from + MOST_COINS).join(',');
    const { balance } = (await exchange.call(getFundingBalances, { accountType: 'UNIFIED', coin })).result;
    rows.push(...(balance ?? []));
  }
  return rows;
}
