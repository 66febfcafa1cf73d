import { add, compare, type Decimal, gt, ZERO } from '../../bybit/decimal';
import { type InsLoanOrder, InsOrderStatus, LiqStatus } from '../../bybit/institutional';
import type { CoinAmount } from '../book';
import type { OperationKind } from '../operation';
import type { Snapshot } from '../snapshot';
import { sumByCoin } from '../sums';

/** What the exchange does with a risk unit just now; while it does, it shows no figures and takes no repayment. */
export type UnitActivity = 'liquidation' | 'repayment' | 'transfer' | 'other';

/** LTVs at which a product narrows what the unit may do, fractions; undefined where it sets none. */
export interface UnitLines {
  readonly withdraw: Decimal | undefined;
  readonly transfer: Decimal | undefined;
  readonly spotBuy: Decimal | undefined;
  readonly spotSell: Decimal | undefined;
  readonly contractOpen: Decimal | undefined;
  readonly deferredLiquidation: Decimal | undefined;
  readonly liquidation: Decimal | undefined;
  readonly stopLiquidation: Decimal | undefined;
}

/** What a risk unit owes of one coin. */
export interface UnitDebt {
  readonly coin: string;
  readonly principal: Decimal;
  /** Undefined while the loan orders, which alone tell it, were not read. */
  readonly interest: Decimal | undefined;
}

/** The institutional risk unit of the account. USD values are the exchange's own. */
export interface RiskUnit {
  readonly ltv: Decimal | undefined;
  readonly activity: UnitActivity | undefined;
  /** As the exchange writes it; seconds left before a liquidation or a time, the documents are of two minds. */
  readonly countdown: string | undefined;
  /** The UID that may repay, bind and unbind. */
  readonly parentUid: string;
  readonly uids: readonly string[];
  readonly debtUsd: Decimal | undefined;
  readonly balanceUsd: Decimal | undefined;
  readonly debts: readonly UnitDebt[];
  /** What the unit holds, and what of it counts. */
  readonly assets: readonly (CoinAmount & {
    readonly price: Decimal;
    readonly countedUsd: Decimal | undefined;
  })[];
  /** The strictest of its open loans. */
  readonly lines: UnitLines;
  readonly can: readonly OperationKind[];
}

const ACTIVITIES = new Map<number, UnitActivity>([
  [LiqStatus.liquidation, 'liquidation'],
  [LiqStatus.manualRepayment, 'repayment'],
  [LiqStatus.transfer, 'transfer'],
]);

/** The account's risk unit; undefined when it has none or it was not read yet. */
export function riskUnitOf(snapshot: Snapshot): RiskUnit | undefined {
  const unit = snapshot.parts.riskUnit.value;
  if (unit === undefined) return undefined;
  const can: OperationKind[] = [];
  if (isIdle(snapshot) && mayRepay(snapshot)) can.push('institutional.repay');
  if (isMember(snapshot)) can.push('institutional.bind', 'institutional.unbind');
  return {
    ltv: unit.ltv,
    activity: activityOf(snapshot),
    countdown: unit.rst === undefined || unit.rst === '' ? undefined : unit.rst,
    parentUid: unit.parentUid,
    uids: unit.subAccountUids,
    debtUsd: unit.unpaidAmount,
    balanceUsd: unit.balance,
    debts: unitDebts(snapshot),
    assets: unit.balanceInfo.map(({ token, qty, price, convertedAmount }) => ({
      coin: token,
      amount: qty,
      price,
      countedUsd: convertedAmount,
    })),
    lines: linesOf(snapshot),
    can,
  };
}

/** What runs on the unit now; undefined when nothing does. */
export function activityOf({ parts }: Snapshot): UnitActivity | undefined {
  const status = parts.riskUnit.value?.liqStatus ?? LiqStatus.normal;
  return status === LiqStatus.normal ? undefined : (ACTIVITIES.get(status) ?? 'other');
}

/** Whether nothing runs on the unit. */
export function isIdle(snapshot: Snapshot): boolean {
  return activityOf(snapshot) === undefined;
}

/** Whether the account's own UID is the designated one, the only one that may repay; true while the key is not known. */
export function mayRepay({ parts }: Snapshot): boolean {
  const [unit, key] = [parts.riskUnit.value, parts.key.value];
  return unit !== undefined && (key === undefined || key.userID === unit.parentUid);
}

/** Whether the account's own UID belongs to the unit; true while the key is not known. */
function isMember({ parts }: Snapshot): boolean {
  const [unit, key] = [parts.riskUnit.value, parts.key.value];
  if (unit === undefined || key === undefined) return unit !== undefined;
  return key.userID === unit.parentUid || unit.subAccountUids.includes(key.userID);
}

/** Unpaid principal of the unit by coin, from what is shown, else from the open orders. */
export function unpaidPrincipals({ parts }: Snapshot): readonly CoinAmount[] {
  const shown = parts.riskUnit.value?.unpaidInfo ?? [];
  const rows =
    shown.length > 0
      ? shown.map(({ token, unpaidQty }) => ({ coin: token, amount: unpaidQty }))
      : (parts.insOrders.value ?? [])
          .filter(({ status }) => status === InsOrderStatus.open)
          .map(({ loanCoin, unpaidAmount }) => ({ coin: loanCoin, amount: unpaidAmount }));
  return sumByCoin(rows).filter(({ amount }) => gt(amount, ZERO));
}

/**
 * What the unit owes by coin: principal as {@link unpaidPrincipals}, interest from its open orders. The unit's own row of
 * interest is to be ignored (docs/v5/otc/ltv-convert).
 */
export function unitDebts(snapshot: Snapshot): readonly UnitDebt[] {
  const orders = snapshot.parts.insOrders.value?.filter(({ status }) => status === InsOrderStatus.open);
  const principals = unpaidPrincipals(snapshot);
  const coins = new Set([...principals, ...owingInterest(orders ?? [])].map(({ coin }) => coin));
  return [...coins].map((coin) => ({
    coin,
    principal: principals.find((row) => row.coin === coin)?.amount ?? ZERO,
    interest:
      orders === undefined
        ? undefined
        : add(...orders.flatMap((row) => (row.loanCoin === coin ? row.unpaidInterest : []))),
  }));
}

function owingInterest(orders: readonly InsLoanOrder[]): readonly { readonly coin: string }[] {
  return orders
    .filter(({ unpaidInterest }) => gt(unpaidInterest, ZERO))
    .map(({ loanCoin }) => ({ coin: loanCoin }));
}

/** Of several products the lowest line is met first. */
function linesOf({ parts }: Snapshot): UnitLines {
  const open = (parts.insOrders.value ?? []).filter(({ status }) => status === InsOrderStatus.open);
  const lowest = (line: (order: (typeof open)[number]) => Decimal | undefined): Decimal | undefined =>
    open.flatMap((order) => line(order) ?? []).sort(compare)[0];
  return {
    withdraw: lowest((order) => order.withdrawLine),
    transfer: lowest((order) => order.transferLine),
    spotBuy: lowest((order) => order.spotBuyLine),
    spotSell: lowest((order) => order.spotSellLine),
    contractOpen: lowest((order) => order.contractOpenLine),
    deferredLiquidation: lowest((order) => order.deferredLiquidationLine),
    liquidation: lowest((order) => order.liquidationLine),
    stopLiquidation: lowest((order) => order.stopLiquidationLine),
  };
}
