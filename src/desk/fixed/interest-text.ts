import type { Decimal } from '../../bybit/decimal';
import { formatCoin } from '../format';
import { COLLATERAL_PLACES } from '../limits';

/** What a loan costs, in the coin with its name: rounded up at 8 decimals, so that one figure is told wherever it is told. */
export function costText(cost: Decimal, coin: string, locale: string): string {
  return formatCoin(cost, coin, { locale, maxPlaces: COLLATERAL_PLACES, rounding: 'up' });
}
