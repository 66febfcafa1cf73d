import { coins } from './coins';
import { collateralRules } from './collateral-rules';
import { fixedContracts, fixedOrders, fixedRenewals } from './fixed';
import { flexibleLoans } from './flexible-loans';
import { forcedRepayments } from './forced-repayments';
import { insOrders, insRepayments, riskUnit, unifiedWallet } from './institutional';
import { key } from './key';
import { legacyLoans, legacyRules } from './legacy';
import { position } from './position';
import { prices } from './prices';
import type { Readers } from './reader';
import { supplyContracts, supplyOrders } from './supply';
import { wallet } from './wallet';

/** The parts of an account, in the order in which they are asked for. */
export const READERS: Readers = {
  key,
  coins,
  collateralRules,
  prices,
  position,
  flexibleLoans,
  wallet,
  forcedRepayments,
  fixedOrders,
  fixedContracts,
  fixedRenewals,
  supplyOrders,
  supplyContracts,
  legacyLoans,
  legacyRules,
  riskUnit,
  insOrders,
  insRepayments,
  unifiedWallet,
};
