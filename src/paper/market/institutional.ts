import { type Decimal, decimal } from '../../bybit/decimal';
import type { Coin } from './coin';
import type { Market } from './market';

/** What one product allows; flags of the catalogue by their names there. */
export interface InsAllowed {
  readonly supportSpot: boolean;
  readonly supportContract: boolean;
  readonly supportMarginTrading: boolean;
  readonly supportUSDCContract: boolean;
  readonly supportUSDCOptions: boolean;
}

/** An institutional product: its LTV lines as fractions, "" where a line is not used. */
export interface InsProduct {
  readonly id: string;
  /** 0 default, 1 CTA, 2 hedge. */
  readonly type: '0' | '1' | '2';
  readonly leverage: Decimal;
  readonly allowed: InsAllowed;
  /** Buying, opening and trading stop there. */
  readonly tradeLine: Decimal | '';
  readonly withdrawLine: Decimal | '';
  readonly transferLine: Decimal | '';
  readonly liquidationLine: Decimal;
  readonly stopLine: Decimal;
  /** The line of a deferred liquidation and how long it waits, milliseconds. */
  readonly deferred?: { readonly line: Decimal; readonly ms: number };
  readonly contractLeverage: Decimal;
  readonly transferRatio: Decimal;
}

const SPOT_ONLY: InsAllowed = {
  supportSpot: true,
  supportContract: false,
  supportMarginTrading: false,
  supportUSDCContract: false,
  supportUSDCOptions: false,
};
const ALL: InsAllowed = {
  supportSpot: true,
  supportContract: true,
  supportMarginTrading: true,
  supportUSDCContract: true,
  supportUSDCOptions: true,
};
const UNUSED = { tradeLine: '', withdrawLine: '', transferLine: '' } as const;

/** What anybody is shown. */
export const PUBLIC_PRODUCTS: readonly InsProduct[] = [
  {
    ...UNUSED,
    id: '81',
    type: '0',
    leverage: decimal('4'),
    allowed: ALL,
    tradeLine: decimal('0.71'),
    liquidationLine: decimal('0.75'),
    stopLine: decimal('0.35'),
    contractLeverage: decimal('7'),
    transferRatio: decimal('1'),
  },
  {
    ...UNUSED,
    id: '82',
    type: '1',
    leverage: decimal('5'),
    allowed: ALL,
    tradeLine: decimal('0.8'),
    liquidationLine: decimal('0.9'),
    stopLine: decimal('0.5'),
    contractLeverage: decimal('10'),
    transferRatio: decimal('1'),
  },
  {
    ...UNUSED,
    id: '91',
    type: '0',
    leverage: decimal('4'),
    allowed: SPOT_ONLY,
    liquidationLine: decimal('0.75'),
    stopLine: decimal('0.35'),
    contractLeverage: decimal('0'),
    transferRatio: decimal('0'),
  },
];

/** What the risk unit of the paper account is shown when it signs: the products its loans are made under. */
export const PRIVATE_PRODUCTS: readonly InsProduct[] = [
  {
    id: '96',
    type: '0',
    leverage: decimal('4'),
    allowed: ALL,
    tradeLine: decimal('0.75'),
    withdrawLine: decimal('0.65'),
    transferLine: decimal('0.7'),
    liquidationLine: decimal('0.9'),
    stopLine: decimal('0.6'),
    deferred: { line: decimal('0.85'), ms: 3_600_000 },
    contractLeverage: decimal('7'),
    transferRatio: decimal('1'),
  },
  {
    id: '97',
    type: '2',
    leverage: decimal('3'),
    allowed: ALL,
    tradeLine: decimal('0.75'),
    withdrawLine: decimal('0.65'),
    transferLine: decimal('0.7'),
    liquidationLine: decimal('0.9'),
    stopLine: decimal('0.6'),
    contractLeverage: decimal('5'),
    transferRatio: decimal('1'),
  },
];

/** Symbols with a leverage of their own under products that allow contracts. */
export const PERPETUALS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT'] as const;
export const USDC_CONTRACTS = ['BTCPERP', 'ETHPERP', 'BTC-Futures', 'ETH-Futures'] as const;

export function privateProduct(id: string): InsProduct | undefined {
  return PRIVATE_PRODUCTS.find((product) => product.id === id);
}

/** Coins that count as margin, at the value their ladder gives them: the larger ones. */
export function marginCoins(market: Market): readonly Coin[] {
  return [...market.coins.values()].filter((coin) => coin.collateral && 'SAB'.includes(coin.class));
}

/** How far the net holding of a coin may be off zero under a hedge product, USD; the unit as a whole. */
export const DELTA_OF_UNIT = decimal('500000');

export function deltaLimit(coin: Coin): Decimal {
  return decimal(coin.name === 'BTC' ? '300000' : '200000');
}
