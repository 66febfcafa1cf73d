import type { CollateralList } from '../../bybit/fixed-borrow';
import { words } from '../../bybit/words';
import type { CoinAmount } from '../book';
import { COLLATERAL_PLACES, MOST_PLEDGES } from '../limits';
import type { Finding } from '../operation';
import type { Situation } from './definition';
import {
  acceptedAsCollateral,
  coinNamed,
  collateralOpen,
  error,
  exactText,
  fits,
  inWallet,
  positive,
} from './rules';

/** What operations that pledge coins with their request have in common. */

/** Whether the coins can be pledged out of the Funding wallet. */
export function pledgeFindings(collateral: readonly CoinAmount[], situation: Situation): readonly Finding[] {
  if (collateral.length === 0) return [];
  if (collateral.length > MOST_PLEDGES) {
    return [error('collateral', words('At most {0} coins in one request (10001).', String(MOST_PLEDGES)))];
  }
  const seen = new Set<string>();
  return [
    ...collateral.flatMap((held): readonly Finding[] => {
      const field = `collateral.${held.coin}`;
      if (seen.has(held.coin)) {
        return [error(field, words('{0} is named twice: put it into one amount (148039).', held.coin))];
      }
      seen.add(held.coin);
      const named = [...coinNamed(field, held.coin), ...positive(field, held.amount)];
      if (named.length > 0) return named;
      return [
        ...acceptedAsCollateral(field, held.coin, situation),
        ...fits(field, held, COLLATERAL_PLACES, '148005', situation),
        ...inWallet(field, held, '148012', situation),
      ];
    }),
    ...collateralOpen('collateral', situation),
  ];
}

/** As the requests want it: left out when there is none. */
export function collateralList(collateral: readonly CoinAmount[]): {
  readonly collateralList?: CollateralList;
} {
  if (collateral.length === 0) return {};
  return { collateralList: collateral.map(({ coin, amount }) => ({ currency: coin, amount })) };
}

/** "1,000 USDT + 1 ETH". */
export function pledgeText(collateral: readonly CoinAmount[], locale: string): string {
  return collateral.map(({ coin, amount }) => exactText(amount, coin, { locale })).join(' + ');
}
