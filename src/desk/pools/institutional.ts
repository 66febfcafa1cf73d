import { add, type Decimal, decimal, div, gt, mul, round, ZERO } from '../../bybit/decimal';
import { InsOrderStatus } from '../../bybit/institutional';
import type { Band, Book, Debt } from '../book';
import { riskUnitOf, type UnitDebt } from '../loans/risk-unit';
import { ltvOf, totals } from '../risk';
import type { Snapshot } from '../snapshot';
import type { Pool } from './pool';

/** Where no product names a line the text of the documentation does (API.md §6). */
export const LIQUIDATION = decimal('0.9');
const RATIO_PLACES = 18;

/** Decimals of an LTV as it is shown, two in percent; the exchange tells as many. */
const SHOWN_PLACES = 4;

/**
 * The risk unit as a pool; undefined without one, or while a transfer, a repayment or a liquidation hides its figures.
 * What an asset counts is what the exchange counts of it now, as one ratio: its bands are those of a product that the
 * account may not see. Its LTV is the one that the exchange tells, where it tells one. The wallet is the Unified wallet.
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
  const book: Book = {
    debts: unit.debts.map((debt) => debtOf(debt, hourlyRate(snapshot, debt.coin))),
    collateral: unit.assets.map(({ coin, amount }) => ({ coin, amount })),
    wallet: snapshot.parts.unifiedWallet.value ?? new Map(),
    prices,
    bands,
  };
  return {
    name: 'institutional',
    grounds: ['riskUnit', 'insOrders', 'unifiedWallet'],
    book: unit.ltv === undefined ? book : withLtv(book, unit.ltv),
    thresholds: {
      initial: unit.lines.withdraw ?? liquidation,
      marginCall: unit.lines.spotSell ?? liquidation,
      delayedLiquidation: unit.lines.deferredLiquidation ?? liquidation,
      liquidation,
    },
  };
}

/** Interest is owed like the principal but bears none itself: the rate is spread over both. */
function debtOf({ coin, principal, interest }: UnitDebt, hourly: Decimal | undefined): Debt {
  const amount = add(principal, interest ?? ZERO);
  const hourlyRate =
    hourly === undefined || amount === ZERO ? hourly : div(mul(hourly, principal), amount, RATIO_PLACES);
  return { coin, system: 'institutional', amount, interest, hourlyRate };
}

/**
 * The book with the LTV that the exchange tells, where the reckoned one shows as another: a coin that is owed and not held
 * has no price of the exchange's own, and what else it counts it does not tell. The difference goes into what assets count,
 * so that what-ifs begin at the exchange's LTV.
 */
function withLtv(book: Book, told: Decimal): Book {
  const { debt, collateral } = totals(book);
  const shown = (ltv: Decimal) => round(ltv, SHOWN_PLACES, 'half');
  const reckoned = ltvOf(book);
  if (reckoned === undefined || !gt(told, ZERO) || shown(reckoned) === shown(told)) return book;
  const factor = div(debt, mul(told, collateral), RATIO_PLACES, 'up');
  const bands = [...book.bands].map(([coin, rows]): [string, readonly Band[]] => [
    coin,
    rows.map((band) => ({ ...band, ratio: mul(band.ratio, factor) })),
  ]);
  return { ...book, bands: new Map(bands) };
}

const HOURS_A_DAY = decimal('24');

/** Of the newest open loan in the coin; its daily rate over 24. */
function hourlyRate({ parts }: Snapshot, coin: string): Decimal | undefined {
  const order = parts.insOrders.value?.find(
    (row) => row.loanCoin === coin && row.status === InsOrderStatus.open,
  );
  return order === undefined ? undefined : div(order.interestRate, HOURS_A_DAY, RATIO_PLACES);
}
