import { type Decimal, decimal, div, mul, ZERO } from '../../bybit/decimal';
import { InsOrderStatus } from '../../bybit/institutional';
import type { Band, Debt } from '../book';
import { riskUnitOf, unpaidPrincipals } from '../loans/risk-unit';
import type { Snapshot } from '../snapshot';
import type { Pool } from './pool';

/** Where no product names a line the text of the documentation does (API.md §6). */
export const LIQUIDATION = decimal('0.9');
const RATIO_PLACES = 18;

/**
 * The risk unit as a pool; undefined without one, or while a transfer, a repayment or a liquidation hides its figures.
 * What an asset counts is what the exchange counts of it now, as one ratio: its bands are those of a product that the
 * account may not see. The wallet is the Unified wallet.
 */
export function institutionalPool(snapshot: Snapshot): Pool | undefined {
  const unit = riskUnitOf(snapshot);
  if (unit === undefined || unit.activity !== undefined) return undefined;
  const prices = new Map(snapshot.parts.prices.value);
  const bands = new Map<string, readonly Band[]>();
  for (const { coin, amount, price, countedUsd } of unit.assets) {
    prices.set(coin, price);
    const worth = mul(amount, price);
    const ratio = countedUsd === undefined || worth === ZERO ? ZERO : div(countedUsd, worth, RATIO_PLACES);
    bands.set(coin, [{ from: ZERO, to: undefined, ratio }]);
  }
  const liquidation = unit.lines.liquidation ?? LIQUIDATION;
  return {
    name: 'institutional',
    grounds: ['riskUnit', 'insOrders', 'unifiedWallet'],
    book: {
      debts: unpaidPrincipals(snapshot).map(
        (debt): Debt => ({
          ...debt,
          system: 'institutional',
          interest: undefined,
          hourlyRate: hourlyRate(snapshot, debt.coin),
        }),
      ),
      collateral: unit.assets.map(({ coin, amount }) => ({ coin, amount })),
      wallet: snapshot.parts.unifiedWallet.value ?? new Map(),
      prices,
      bands,
    },
    thresholds: {
      initial: unit.lines.withdraw ?? liquidation,
      marginCall: unit.lines.spotSell ?? liquidation,
      delayedLiquidation: unit.lines.deferredLiquidation ?? liquidation,
      liquidation,
    },
  };
}

const HOURS_A_DAY = decimal('24');

/** Of the newest open loan in the coin; its daily rate over 24. */
function hourlyRate({ parts }: Snapshot, coin: string): Decimal | undefined {
  const order = parts.insOrders.value?.find(
    (row) => row.loanCoin === coin && row.status === InsOrderStatus.open,
  );
  return order === undefined ? undefined : div(order.interestRate, HOURS_A_DAY, RATIO_PLACES);
}
