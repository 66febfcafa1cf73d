import type { CollateralCoins, LoanPosition } from '../bybit/common';
import { add, compare, type Decimal, div, ONE, ZERO } from '../bybit/decimal';
import type { FlexibleLoan } from '../bybit/flexible';
import type { Band, Book, CoinAmount, Debt } from './book';
import type { Prices, Snapshot } from './snapshot';
import { valueBeforeTiers } from './tiers';

/**
 * The pooled position of a snapshot; undefined until position, collateral rules and prices were read once. Where the
 * market names no price, the one the exchange valued the position with stands in: leaving a debt out would show an LTV
 * that is too good.
 */
export function bookOf(snapshot: Snapshot): Book | undefined {
  const { position, flexibleLoans, collateralRules, prices, wallet } = snapshot.parts;
  if (position.value === undefined || collateralRules.value === undefined || prices.value === undefined) {
    return undefined;
  }
  const bands = bandsOf(collateralRules.value);
  // The loans know interest apart and more digits; when their last read failed the position is nearer to the truth.
  const behind = flexibleLoans.failure !== undefined && position.failure === undefined;
  const loans = behind ? undefined : flexibleLoans.value;
  return {
    debts: debtsOf(position.value, loans),
    collateral: merged(
      position.value.collateralList.map(({ currency, amount }) => ({ coin: currency, amount })),
    ),
    wallet: wallet.value ?? new Map(),
    prices: withImpliedPrices(prices.value, position.value, bands),
    bands,
  };
}

/** The collateral ladders by coin, bands ascending. */
export function bandsOf(rules: CollateralCoins): ReadonlyMap<string, readonly Band[]> {
  const byCoin = new Map<string, readonly Band[]>();
  for (const { currencies, collateralRatioList } of rules.collateralRatioConfigList) {
    const bands = collateralRatioList
      .map((band) => ({ from: band.minValue, to: band.maxValue, ratio: band.collateralRatio }))
      .sort((a, b) => compare(a.from, b.from));
    for (const coin of currencies.split(',')) {
      if (coin.trim() !== '') byCoin.set(coin.trim(), bands);
    }
  }
  return byCoin;
}

function debtsOf(position: LoanPosition, loans: readonly FlexibleLoan[] | undefined): Debt[] {
  const fixed = position.borrowList.map((row): Debt => {
    const amount = row.fixedTotalDebt ?? ZERO;
    return { coin: row.loanCurrency, system: 'fixed', amount, interest: undefined, hourlyRate: undefined };
  });
  const flexible = loans?.map(flexibleDebt) ?? position.borrowList.map(positionDebt);
  return [...flexible, ...fixed].filter((debt) => debt.amount !== ZERO);
}

function flexibleDebt(loan: FlexibleLoan): Debt {
  return {
    coin: loan.loanCurrency,
    system: 'flexible',
    amount: loan.totalDebt,
    interest: loan.unpaidInterest,
    hourlyRate: loan.hourlyInterestRate,
  };
}

function positionDebt(row: LoanPosition['borrowList'][number]): Debt {
  return {
    coin: row.loanCurrency,
    system: 'flexible',
    amount: row.flexibleTotalDebt ?? ZERO,
    interest: undefined,
    hourlyRate: row.flexibleHourlyInterestRate,
  };
}

function merged(rows: readonly CoinAmount[]): CoinAmount[] {
  const byCoin = new Map<string, Decimal>();
  for (const { coin, amount } of rows) byCoin.set(coin, add(byCoin.get(coin) ?? ZERO, amount));
  return [...byCoin].filter(([, amount]) => amount !== ZERO).map(([coin, amount]) => ({ coin, amount }));
}

/** Adds prices that follow from the exchange's own USD values: of a debt directly, of collateral through its bands. */
function withImpliedPrices(
  prices: Prices,
  position: LoanPosition,
  bands: ReadonlyMap<string, readonly Band[]>,
): Prices {
  const all = new Map(prices);
  if (!all.has('USDT')) all.set('USDT', ONE);
  const imply = (coin: string, usd: Decimal | undefined, amount: Decimal | undefined) => {
    if (all.has(coin) || usd === undefined || amount === undefined || usd === ZERO || amount === ZERO) return;
    all.set(coin, div(usd, amount, 18));
  };
  for (const row of position.borrowList) {
    imply(row.loanCurrency, row.flexibleTotalDebtUSD, row.flexibleTotalDebt);
    imply(row.loanCurrency, row.fixedTotalDebtUSD, row.fixedTotalDebt);
  }
  for (const { currency, amount, amountUSD } of position.collateralList) {
    const before =
      amountUSD === undefined ? undefined : valueBeforeTiers(amountUSD, bands.get(currency) ?? []);
    imply(currency, before, amount);
  }
  return all;
}
