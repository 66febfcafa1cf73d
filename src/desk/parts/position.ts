import { getLoanPosition, type LoanPosition } from '../../bybit/common';
import { type Decimal, ZERO } from '../../bybit/decimal';
import type { PartName } from '../snapshot';
import type { Reader } from './reader';

/** Debts, collateral, supply and LTV of the new systems. */
export const position: Reader<LoanPosition> = {
  isPublic: false,
  life: 0,
  read: async ({ exchange }) => (await exchange.call(getLoanPosition, {})).result,
};

/**
 * Parts that no longer fit a position that has changed so: a fixed debt that came or went is a contract that did, and an order
 * that was matched. They are read more seldom, and for that long the desk would contradict itself.
 */
export function outdatedBy(
  before: LoanPosition | undefined,
  after: LoanPosition | undefined,
): readonly PartName[] {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [fixedDebts(before), fixedDebts(after)];
  const isSame = was.size === is.size && [...is].every(([coin, amount]) => was.get(coin) === amount);
  return isSame ? [] : ['fixedContracts', 'fixedOrders'];
}

function fixedDebts({ borrowList }: LoanPosition): ReadonlyMap<string, Decimal> {
  const owed = borrowList.map(
    ({ loanCurrency, fixedTotalDebt = ZERO }) => [loanCurrency, fixedTotalDebt] as const,
  );
  return new Map(owed.filter(([, amount]) => amount !== ZERO));
}
