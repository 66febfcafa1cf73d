import { getLoanableCoins, type LoanableCoin } from '../../bybit/common';
import { MINUTE_MS, type ReadContext, type Reader } from './reader';

/** Borrowable coins at the account's tier, one row a coin. Rates move by the hour. */
export const coins: Reader<readonly LoanableCoin[]> = {
  isPublic: true,
  life: MINUTE_MS,
  after: 'key',
  read: readCoins,
};

/** Borrowable coins at one tier, one row a coin. */
export async function readCoins({
  exchange,
  vipLevel,
}: Pick<ReadContext, 'exchange' | 'vipLevel'>): Promise<readonly LoanableCoin[]> {
  const { list } = (await exchange.call(getLoanableCoins, { vipLevel })).result;
  // Should the exchange name several tiers in spite of the question, only the asked one is meant.
  const own = list.filter((row) => row.vipLevel === vipLevel);
  const rows = own.length > 0 ? own : list;
  return [...new Map(rows.map((row) => [row.currency, row])).values()];
}
