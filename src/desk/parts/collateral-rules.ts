import { type CollateralCoins, getCollateralCoins } from '../../bybit/common';
import { MINUTE_MS, type Reader } from './reader';

/** Collateral ladders and the order of liquidation; they change by announcement. */
export const collateralRules: Reader<CollateralCoins> = {
  isPublic: true,
  life: 10 * MINUTE_MS,
  read: async ({ exchange }) => (await exchange.call(getCollateralCoins, {})).result,
};
