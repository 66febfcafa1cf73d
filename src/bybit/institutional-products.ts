import * as v from 'valibot';
import { type Decimal, parseDecimal } from './decimal';
import { type Endpoint, endpoint } from './endpoint';
import { amount, amountOrNone, flag, id, optionalAmount } from './schema';

const symbols = v.array(v.string());
const leverages = v.array(v.looseObject({ symbol: v.string(), leverage: amountOrNone }));

/**
 * The terms a product sets, the same in a product and in each order made under it. Lines are LTVs as fractions, none
 * where unused. `support…` are numbers in products and text in orders (API.md §12); both are read.
 */
export const productTerms = {
  /** The highest of the product. */
  leverage: amountOrNone,
  supportSpot: flag,
  /** USDT perpetuals. */
  supportContract: flag,
  /** In the table only (API.md §12). */
  supportMarginTrading: v.optional(flag),
  supportUSDCContract: flag,
  supportUSDCOptions: flag,
  withdrawLine: amountOrNone,
  transferLine: amountOrNone,
  spotBuyLine: amountOrNone,
  spotSellLine: amountOrNone,
  contractOpenLine: amountOrNone,
  liquidationLine: amountOrNone,
  stopLiquidationLine: amountOrNone,
  deferredLiquidationLine: optionalAmount,
  deferredLiquidationTime: optionalAmount,
  contractLeverage: amountOrNone,
  /** Share of the loan that may go from the spot to the contract wallet. */
  transferRatio: amountOrNone,
  /** Empty means no restriction. */
  spotSymbols: symbols,
  contractSymbols: symbols,
  USDTPerpetualOpenLine: amountOrNone,
  USDCContractOpenLine: amountOrNone,
  USDCOptionsOpenLine: amountOrNone,
  USDTPerpetualCloseLine: amountOrNone,
  USDCContractCloseLine: amountOrNone,
  USDCOptionsCloseLine: amountOrNone,
  USDCContractSymbols: symbols,
  USDCOptionsSymbols: symbols,
  marginLeverage: amountOrNone,
  USDTPerpetualLeverage: leverages,
  USDCContractLeverage: leverages,
};

const product = v.looseObject({
  productId: id,
  ...productTerms,
  /** 0 default, 1 CTA, 2 hedge; since 2026-06-23. */
  productType: v.optional(v.string()),
});
export type InsProduct = v.InferOutput<typeof product>;

/** The public products. docs/v5/otc/margin-product-info. */
export const getInsProductInfo = endpoint<{ readonly productId?: string }>()({
  id: 'getInsProductInfo',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/product-infos',
  auth: false,
  mutates: false,
  perSecond: 100,
  schema: v.looseObject({ marginProductInfo: v.array(product) }),
});

/** A band of value "low-high" in USD, the highest one ending at 99999999999. */
const ladder = v.pipe(
  v.string(),
  v.rawTransform<string, { readonly from: Decimal; readonly to: Decimal }>(({ dataset, addIssue, NEVER }) => {
    const [low, high, ...more] = dataset.value.split('-').map(parseDecimal);
    if (low !== undefined && high !== undefined && more.length === 0) return { from: low, to: high };
    addIssue({ message: 'not a band' });
    return NEVER;
  }),
);

const marginCoins = v.looseObject({
  marginToken: v.array(
    v.looseObject({
      productId: id,
      tokenInfo: v.array(
        v.looseObject({
          token: v.string(),
          /** `convertRatio`: the fraction of the band that counts as margin. */
          convertRatioList: v.array(v.looseObject({ ladder, convertRatio: amount })),
        }),
      ),
    }),
  ),
});
export type InsMarginCoins = v.InferOutput<typeof marginCoins>;

/** What coins count as margin in each public product. docs/v5/otc/margin-coin-convert-info. */
export const getInsMarginCoins = endpoint<{ readonly productId?: string }>()({
  id: 'getInsMarginCoins',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/ensure-tokens-convert',
  auth: false,
  mutates: false,
  perSecond: 100,
  schema: marginCoins,
});

const plainRatio = v.looseObject({ token: v.string(), convertRatio: amount });

/** The abandoned form of {@link getInsMarginCoins}, without bands. */
export const getInsMarginCoinsOld = endpoint<{ readonly productId?: string }>()({
  id: 'getInsMarginCoinsOld',
  system: 'institutional',
  method: 'GET',
  path: '/v5/ins-loan/ensure-tokens',
  auth: false,
  mutates: false,
  perSecond: null,
  schema: v.looseObject({
    marginToken: v.array(
      v.looseObject({ productId: id, spotToken: v.array(plainRatio), contractToken: v.array(plainRatio) }),
    ),
  }),
});

/**
 * The same call signed: product calls answer with the private data of the caller's risk unit when they are signed by
 * one of its UIDs. Only for the three endpoints of this file.
 */
export function signed<Req, Res>(call: Endpoint<Req, Res>): Endpoint<Req, Res> {
  return { ...call, auth: true };
}
