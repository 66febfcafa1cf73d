import { type Decimal, decimal, ZERO } from '../../../../src/bybit/decimal';
import type { FakeSystem } from './world';

export const PRICES: ReadonlyMap<string, Decimal> = new Map([
  ['BTC', decimal('60000')],
  ['ETH', decimal('3000')],
  ['USDT', decimal('1')],
  ['USDC', decimal('1')],
]);
const LADDER = [
  { collateralRatio: decimal('0.9'), minValue: ZERO, maxValue: decimal('1000000') },
  { collateralRatio: decimal('0.5'), minValue: decimal('1000000'), maxValue: undefined },
];

/** What everybody may see, key or not. */
export const fakeMarket: FakeSystem = {
  read: (id) => {
    switch (id) {
      case 'getLoanableCoins':
        return { list: [...PRICES.keys()].map(loanable) };
      case 'getCollateralCoins':
        return {
          collateralRatioConfigList: [{ currencies: 'BTC,ETH,USDT', collateralRatioList: LADDER }],
          currencyLiquidationList: [],
        };
      case 'getSpotTickers':
        return {
          category: 'spot',
          list: [...PRICES].map(([coin, price]) => ({
            symbol: `${coin}USDT`,
            lastPrice: price,
            usdIndexPrice: price,
          })),
        };
      default:
        return undefined;
    }
  },
  commit: () => undefined,
};

export function loanable(currency: string) {
  return {
    currency,
    vipLevel: 'VIP0',
    fixedBorrowable: true,
    flexibleBorrowable: currency !== 'USDC',
    fixedBorrowingAccuracy: 4,
    flexibleBorrowingAccuracy: 4,
    maxBorrowingAmount: decimal('1000000'),
    minFixedBorrowingAmount: decimal('0.01'),
    minFlexibleBorrowingAmount: decimal('0.001'),
    flexibleAnnualizedInterestRate: decimal('0.0876'),
    annualizedInterestRate7D: decimal('0.05'),
    annualizedInterestRate14D: decimal('0.04'),
    annualizedInterestRate30D: decimal('0.04'),
    annualizedInterestRate60D: undefined,
    annualizedInterestRate90D: decimal('0.09'),
    annualizedInterestRate180D: undefined,
  };
}
