import {
  getInsMarginCoins,
  getInsMarginCoinsOld,
  getInsProductInfo,
} from '../../bybit/institutional-products';
import type { Call, Route } from '../exchange/route';
import {
  type InsAllowed,
  type InsProduct,
  marginCoins,
  PERPETUALS,
  PRIVATE_PRODUCTS,
  PUBLIC_PRODUCTS,
  USDC_CONTRACTS,
} from '../market/institutional';

/** Some institutional figures are written with eight decimals, zeros included (API.md §6). */
function eightPlaces(value: string): string {
  const [whole = '0', decimals = ''] = value.split('.');
  return `${whole}.${decimals.padEnd(8, '0')}`;
}

/** The terms of a product, as products and orders both write them. */
export function termsOf(product: InsProduct): Record<string, unknown> {
  const contracts = product.allowed.supportContract;
  const usdcLine = product.allowed.supportUSDCContract ? product.tradeLine : '';
  const optionsLine = product.allowed.supportUSDCOptions ? product.tradeLine : '';
  const leverages = (symbols: readonly string[]): readonly Record<string, string>[] =>
    contracts ? symbols.map((symbol) => ({ symbol, leverage: product.contractLeverage })) : [];
  return {
    withdrawLine: product.withdrawLine,
    transferLine: product.transferLine,
    spotBuyLine: product.tradeLine,
    spotSellLine: product.tradeLine,
    contractOpenLine: contracts ? product.tradeLine : '',
    liquidationLine: product.liquidationLine,
    stopLiquidationLine: eightPlaces(product.stopLine),
    contractLeverage: product.contractLeverage,
    transferRatio: product.transferRatio,
    spotSymbols: [],
    contractSymbols: [],
    USDTPerpetualOpenLine: contracts ? product.tradeLine : '',
    USDCContractOpenLine: usdcLine,
    USDCOptionsOpenLine: optionsLine,
    USDTPerpetualCloseLine: contracts ? product.tradeLine : '',
    USDCContractCloseLine: usdcLine,
    USDCOptionsCloseLine: optionsLine,
    USDCContractSymbols: [],
    USDCOptionsSymbols: [],
    deferredLiquidationLine: product.deferred?.line ?? '',
    deferredLiquidationTime: product.deferred === undefined ? '' : String(product.deferred.ms / 1000),
    marginLeverage: product.allowed.supportMarginTrading ? product.leverage : '0',
    USDTPerpetualLeverage: leverages(PERPETUALS),
    USDCContractLeverage: leverages(USDC_CONTRACTS),
  };
}

/** What a product allows, as numbers in products and as text in orders (API.md §12). */
export function flagsOf<Flag>(allowed: InsAllowed, flag: (allowed: boolean) => Flag): Record<string, Flag> {
  return {
    supportSpot: flag(allowed.supportSpot),
    supportContract: flag(allowed.supportContract),
    supportMarginTrading: flag(allowed.supportMarginTrading),
    supportUSDCContract: flag(allowed.supportUSDCContract),
    supportUSDCOptions: flag(allowed.supportUSDCOptions),
  };
}

/** The public products; the risk unit's own when the call is signed. */
function productsFor({ key, params }: Call): readonly InsProduct[] {
  const only = params.optional('productId');
  const all = key === undefined ? PUBLIC_PRODUCTS : PRIVATE_PRODUCTS;
  return all.filter((product) => only === undefined || product.id === only);
}

/** Products and margin coins (API.md §9). */
export const institutionalProductRoutes: readonly Route[] = [
  {
    endpoint: getInsProductInfo,
    spotTrade: false,
    signable: true,
    handle: (call) => ({
      retMsg: '',
      result: {
        marginProductInfo: productsFor(call).map((product) => ({
          productId: product.id,
          leverage: eightPlaces(product.leverage),
          ...flagsOf(product.allowed, Number),
          ...termsOf(product),
          productType: product.type,
        })),
      },
    }),
  },
  {
    endpoint: getInsMarginCoins,
    spotTrade: false,
    signable: true,
    handle: (call) => ({
      retMsg: '',
      result: {
        marginToken: productsFor(call).map((product) => ({
          productId: product.id,
          tokenInfo: marginCoins(call.world.market).map((coin) => ({
            token: coin.name,
            convertRatioList: coin.ladder.map((band) => ({
              ladder: `${band.min}-${band.max}`,
              convertRatio: band.ratio,
            })),
          })),
        })),
      },
    }),
  },
  {
    endpoint: getInsMarginCoinsOld,
    documented: false,
    spotTrade: false,
    signable: true,
    handle: (call) => ({
      retMsg: '',
      result: {
        marginToken: productsFor(call).map((product) => ({
          productId: product.id,
          spotToken: marginCoins(call.world.market).map((coin) => ({
            token: coin.name,
            convertRatio: eightPlaces(coin.ladder[0]?.ratio ?? '0'),
          })),
          contractToken: [{ token: 'USDT', convertRatio: '1' }],
        })),
      },
    }),
  },
];
