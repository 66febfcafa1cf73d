import type { LegacyLoan } from '../../bybit/legacy';
import { riskUnitOf } from '../loans/risk-unit';
import { LIQUIDATION } from '../pools/institutional';
import { legacyLines } from '../pools/legacy';
import type { Part, PartName, Snapshot } from '../snapshot';
import type { PoolSight, PoolSystem, WatchedPool } from './observation';

/** Parts that the LTV and the lines of a system's pools rest on: what is owed, and the lines. */
export const POOL_EYES = {
  legacy: ['legacyLoans', 'legacyRules'],
  institutional: ['riskUnit', 'insOrders'],
} as const satisfies { readonly [System in PoolSystem]: readonly [PartName, PartName] };

const POOLS: { readonly [System in PoolSystem]: (snapshot: Snapshot) => readonly WatchedPool[] | undefined } =
  { legacy, institutional };

/** The pools beside that of the new loans; `failed` polls in a row could not read a part. */
export function poolSights(
  snapshot: Snapshot,
  failed: (names: readonly PartName[]) => number,
): { readonly [System in PoolSystem]: PoolSight } {
  const sight = (system: PoolSystem): PoolSight => {
    const [owed] = POOL_EYES[system];
    const { value, readAt } = snapshot.parts[owed];
    const pools = POOLS[system](snapshot);
    return {
      pools,
      isOwed: Array.isArray(value) ? value.length > 0 : value !== undefined,
      readAt,
      failedPolls: pools === undefined ? failed(POOL_EYES[system]) : 0,
    };
  };
  return { legacy: sight('legacy'), institutional: sight('institutional') };
}

/** Whether the last read went well: what an older one told is no LTV of today. */
function isOfToday({ value, absent, failure }: Part<unknown>): boolean {
  return failure === undefined && (value !== undefined || absent === true);
}

/** Lines change by announcement: those of an older read serve while a new one fails. */
function isKnown({ value, absent }: Part<unknown>): boolean {
  return value !== undefined || absent === true;
}

function legacy(snapshot: Snapshot): readonly WatchedPool[] | undefined {
  const { legacyLoans, legacyRules } = snapshot.parts;
  if (!isOfToday(legacyLoans)) return undefined;
  const loans = legacyLoans.value ?? [];
  if (loans.length > 0 && !isKnown(legacyRules)) return undefined;
  return loans.map((loan) => legacyOne(snapshot, loan));
}

/** A loan whose coin the rules do not name is watched all the same. */
function legacyOne(snapshot: Snapshot, loan: LegacyLoan): WatchedPool {
  const lines = legacyLines(snapshot, loan);
  return {
    id: loan.orderId,
    name: `${loan.loanCurrency} / ${loan.collateralCurrency}`,
    ltv: loan.currentLTV,
    marginCall: lines?.marginCallLTV,
    liquidation: lines?.liquidationLTV,
  };
}

/** The unit's line is that of its products, which stands in the loan orders: without them it is not known. */
function institutional(snapshot: Snapshot): readonly WatchedPool[] | undefined {
  const { riskUnit, insOrders } = snapshot.parts;
  if (!isOfToday(riskUnit)) return undefined;
  const unit = riskUnitOf(snapshot);
  if (unit === undefined) return [];
  if (!isKnown(insOrders)) return undefined;
  return [
    {
      id: unit.parentUid,
      name: `UID ${unit.parentUid}`,
      ltv: unit.activity === undefined ? unit.ltv : undefined,
      marginCall: undefined,
      liquidation: unit.lines.liquidation ?? LIQUIDATION,
    },
  ];
}
