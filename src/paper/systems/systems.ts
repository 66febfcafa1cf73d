import type { Route } from '../exchange/route';
import { collateralPart } from '../ledger/adjusting';
import { fixedPart } from '../ledger/fixed/part';
import { flexiblePart } from '../ledger/flexible-part';
import { institutionalPart } from '../ledger/institutional/part';
import { legacyPart } from '../ledger/legacy/part';
import type { World } from '../ledger/world';
import { createBook } from '../market/book';
import { createMarket } from '../market/market';
import { accountRoutes } from './account';
import { commonRoutes } from './common';
import { fixedBorrowRoutes } from './fixed-borrow';
import { fixedMarketRoutes } from './fixed-market';
import { fixedRepayRoutes } from './fixed-repay';
import { fixedSupplyRoutes } from './fixed-supply';
import { flexibleRoutes } from './flexible';
import { institutionalRoutes } from './institutional';
import { institutionalProductRoutes } from './institutional-products';
import { legacyRoutes } from './legacy';
import { legacyCoinRoutes } from './legacy-coins';
import { marketRoutes } from './market';

/** All systems of the paper exchange. A new one is added here, by its routes and its part of the ledger. */
export const ROUTES: readonly Route[] = [
  ...marketRoutes,
  ...accountRoutes,
  ...commonRoutes,
  ...flexibleRoutes,
  ...fixedMarketRoutes,
  ...fixedBorrowRoutes,
  ...fixedRepayRoutes,
  ...fixedSupplyRoutes,
  ...legacyCoinRoutes,
  ...legacyRoutes,
  ...institutionalProductRoutes,
  ...institutionalRoutes,
];

export function createWorld(seed: number): World {
  const market = createMarket(seed);
  return {
    market,
    book: createBook(market),
    parts: [collateralPart, flexiblePart, fixedPart, legacyPart, institutionalPart],
  };
}
