import type { Decimal } from '../../bybit/decimal';
import { getLegacyMaxCollateralReduction } from '../../bybit/legacy-collateral';
import { optionsOf, type Question } from '../question';

/** How much collateral may leave a legacy loan now, in its coin, as the exchange says. */
export function legacyReduction(orderId: string): Question<Decimal> {
  return async (exchange, signal) => {
    const { result } = await exchange.call(getLegacyMaxCollateralReduction, { orderId }, optionsOf(signal));
    return result.maxCollateralAmount;
  };
}
