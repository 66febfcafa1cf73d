import { ONE } from '../../../src/bybit/decimal';
import {
  getFixedBorrowContracts,
  getFixedBorrowOrders,
  getFixedRenewOrders,
} from '../../../src/bybit/fixed-borrow';
import { getFixedSupplyContracts, getFixedSupplyOrders } from '../../../src/bybit/fixed-supply';
import { getInsLoanOrders, getInsLtv, getInsRepaymentOrders } from '../../../src/bybit/institutional';
import { getLegacyUnpaidLoans } from '../../../src/bybit/legacy';
import { getLegacyCollateralCoins } from '../../../src/bybit/legacy-coins';
import type { PartName, Parts, Snapshot } from '../../../src/desk/snapshot';
import { emptySnapshot } from '../../../src/desk/store';
import { read } from '../bybit/answers';

/** When the parts of {@link snapshotOf} were read. */
export const READ_AT = 1_800_000_000_000;

/** A snapshot with these parts read; the others were never asked for. */
export function snapshotOf(values: Partial<Parts>, absent: readonly PartName[] = []): Snapshot {
  const empty = emptySnapshot();
  const known = Object.entries(values).map(([name, value]) => [
    name,
    { value, readAt: READ_AT, failure: undefined, loading: false },
  ]);
  const none = absent.map((name) => [
    name,
    { value: undefined, readAt: READ_AT, failure: undefined, loading: false, absent: true },
  ]);
  return {
    ...empty,
    parts: { ...empty.parts, ...Object.fromEntries(known), ...Object.fromEntries(none) },
  };
}

/** The documented examples of every system but the flexible one, as parts. */
export function documentedParts() {
  const [unit] = read(getInsLtv).ltvInfo;
  if (unit === undefined) throw new Error('The documented answer has a risk unit.');
  return {
    fixedOrders: read(getFixedBorrowOrders).list,
    fixedContracts: read(getFixedBorrowContracts).list,
    fixedRenewals: read(getFixedRenewOrders).list,
    supplyOrders: read(getFixedSupplyOrders).list,
    supplyContracts: read(getFixedSupplyContracts).list,
    legacyLoans: read(getLegacyUnpaidLoans).list,
    legacyRules: read(getLegacyCollateralCoins).vipCoinList.flatMap((tier) => tier.list),
    riskUnit: unit,
    insOrders: read(getInsLoanOrders).loanInfo,
    insRepayments: read(getInsRepaymentOrders).repayInfo,
    unifiedWallet: new Map([['USDT', ONE]]),
  } satisfies Partial<Parts>;
}
