import { add, type Decimal } from '../../../bybit/decimal';
import type { Exchange } from '../../../bybit/exchange';
import { ContractStatus, type FixedBorrowContract } from '../../../bybit/fixed-borrow';
import { type FixedRepayment, getFixedRepaymentHistory } from '../../../bybit/fixed-repay';
import { owedOn } from '../../loans/fixed';
import type { Snapshot } from '../../snapshot';
import type { HistoryPage } from '../definition';

/** What repaying fixed loans from the wallet and from collateral have in common. */

/** Contracts of a coin that are not repaid, or the one named; undefined while they were not read. */
export function openContracts(
  { parts }: Snapshot,
  coin: string,
  loanId?: string,
): readonly FixedBorrowContract[] | undefined {
  return parts.fixedContracts.value?.filter(
    (row) =>
      row.status !== ContractStatus.repaid &&
      row.borrowCurrency === coin &&
      (loanId === undefined || row.loanId === loanId),
  );
}

/** What is owed on contracts, in their coin. */
export function owedOnAll(contracts: readonly FixedBorrowContract[]): Decimal {
  return add(...contracts.map(owedOn));
}

/** A page of the repayments in a coin; those for which `isMeant` match. */
export async function fixedRepayments(
  exchange: Exchange,
  coin: string,
  isMeant: (row: FixedRepayment) => boolean,
  cursor: string | undefined,
): Promise<HistoryPage> {
  const request = { loanCurrency: coin, limit: '50', ...(cursor !== undefined && { cursor }) };
  const { result, time } = await exchange.call(getFixedRepaymentHistory, request);
  return {
    rows: result.list.map((row) => ({
      id: row.repayId,
      time: row.repayTime,
      status: row.repayStatus,
      matches: row.loanCurrency === coin && isMeant(row),
    })),
    cursor: result.nextPageCursor,
    time,
  };
}
