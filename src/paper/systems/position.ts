import { add, type Decimal, mul, round, ZERO } from '../../bybit/decimal';
import { collateralUsd, ltv, standing } from '../ledger/collateral';
import { collateralRestriction } from '../ledger/guards';
import { purse } from '../ledger/money';
import type { State } from '../ledger/state';
import { coinOf, debtsOf, priceOf, tierOfAccount, type World } from '../ledger/world';

/** USD as the exchange shows it. */
function cents(value: Decimal): Decimal {
  return round(value, 2, 'half');
}

function sum(values: readonly Decimal[]): Decimal {
  return add(ZERO, ...values);
}

/** The result of `getLoanPosition`: totals are sums of the rounded rows, the LTV is taken from exact values. */
export function positionOf(world: World, state: State): Record<string, unknown> {
  const debts = debtsOf(world, state);
  const owed = (coin: string, kind: string): Decimal =>
    sum(debts.flatMap((debt) => (debt.coin === coin && debt.kind === kind ? [debt.amount] : [])));
  const usd = (coin: string, amount: Decimal): Decimal =>
    cents(mul(amount, priceOf(world, state, coinOf(world, coin))));

  const borrowList = [...new Set(debts.map((debt) => debt.coin))].map((coin) => {
    const fixed = owed(coin, 'fixed');
    const flexible = owed(coin, 'flexible');
    return {
      fixedTotalDebt: fixed,
      fixedTotalDebtUSD: usd(coin, fixed),
      flexibleHourlyInterestRate: world.market.hourlyRate(
        coinOf(world, coin),
        state.time,
        tierOfAccount(state),
      ),
      flexibleTotalDebt: flexible,
      flexibleTotalDebtUSD: usd(coin, flexible),
      loanCurrency: coin,
    };
  });
  const collateralList = [...purse(state.money, 'pledged')].map(([coin, amount]) => ({
    amount,
    amountUSD: cents(collateralUsd(world, state, coinOf(world, coin), amount)),
    currency: coin,
  }));
  const supplyList = world.parts
    .flatMap((part) => part.supplies(state))
    .map(({ coin, amount }) => ({ amount, amountUSD: usd(coin, amount), currency: coin }));

  return {
    borrowList,
    collateralList,
    ltv: ltv(standing(world, state)),
    supplyList,
    totalCollateral: sum(collateralList.map((row) => row.amountUSD)),
    totalDebt: sum(borrowList.flatMap((row) => [row.fixedTotalDebtUSD, row.flexibleTotalDebtUSD])),
    totalSupply: sum(supplyList.map((row) => row.amountUSD)),
    colRes: collateralRestriction(world, state),
  };
}
