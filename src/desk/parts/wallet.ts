import type { FundingBalance } from '../../bybit/account';
import { fundingBalances } from '../balances';
import type { Wallet } from '../snapshot';
import type { Reader } from './reader';

/** Free balances of the Funding wallet. */
export const wallet: Reader<Wallet> = {
  isPublic: false,
  life: 0,
  read: async ({ exchange }) => freeOf(await fundingBalances(exchange)),
};

/** What may leave a wallet, by coin. */
export function freeOf(balances: readonly FundingBalance[]): Wallet {
  return new Map(balances.map((row) => [row.coin, row.transferBalance]));
}
