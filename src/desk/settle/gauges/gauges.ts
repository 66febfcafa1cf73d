import type { Exchange } from '../../../bybit/exchange';
import type { Mark, MarkKind } from '../../operations/definition';
import type { Gauge, Reading } from './gauge';
import { unitDebts } from './institutional';
import { legacyCollateral, legacyDebts } from './legacy';
import { contractDebts, fixedBorrowings, flexibleDebts, sharedCollateral } from './new-loans';
import { fundingWallet, unifiedWallet } from './wallets';

/** Every kind of mark with its gauge: a kind without one does not compile. */
const GAUGES: { readonly [Kind in MarkKind]: Gauge } = {
  debt: flexibleDebts,
  collateral: sharedCollateral,
  wallet: fundingWallet,
  contract: contractDebts,
  fixedBorrowing: fixedBorrowings,
  legacyDebt: legacyDebts,
  legacyCollateral,
  unitDebt: unitDebts,
  unifiedWallet,
};

/**
 * What each mark shows now, read one source after the other; `hours` have begun since the readings they are compared with.
 * Rejects when one of them cannot be read.
 */
export async function readMarks(
  exchange: Exchange,
  marks: readonly Mark[],
  hours: number,
): Promise<readonly { readonly mark: Mark; readonly reading: Reading }[]> {
  const readings: { readonly mark: Mark; readonly reading: Reading }[] = [];
  for (const kind of new Set(marks.map(({ what }) => what))) {
    const own = marks.filter(({ what }) => what === kind);
    const read = await GAUGES[kind].read(exchange, own, hours);
    own.forEach((mark, index) => {
      const reading = read[index];
      if (reading !== undefined) readings.push({ mark, reading });
    });
  }
  return readings;
}
