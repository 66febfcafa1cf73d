import { type Words, words } from '../../bybit/words';
import type { PartName } from '../../desk/snapshot';

/** What a part of the snapshot is called on screen: a new one without a name does not compile. */
export const PART_NAMES: { readonly [Name in PartName]: Words } = {
  key: words('API key'),
  coins: words('Rates'),
  collateralRules: words('Collateral rules'),
  prices: words('Prices'),
  position: words('Position'),
  flexibleLoans: words('Flexible loans'),
  wallet: words('Funding wallet'),
  forcedRepayments: words('Forced repayments'),
  fixedOrders: words('Fixed loan orders'),
  fixedContracts: words('Fixed loans'),
  fixedRenewals: words('Renewals of fixed loans'),
  supplyOrders: words('Supply orders'),
  supplyContracts: words('Supplied money'),
  legacyLoans: words('Legacy loans'),
  legacyRules: words('Rules of legacy loans'),
  riskUnit: words('Institutional risk unit'),
  insOrders: words('Institutional loans'),
  insRepayments: words('Institutional repayments'),
  unifiedWallet: words('Unified wallet'),
};

export const ALL_PARTS = Object.keys(PART_NAMES) as readonly PartName[];
