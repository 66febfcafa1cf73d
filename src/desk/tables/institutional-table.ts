import { type Decimal, ZERO } from '../../bybit/decimal';
import type { InsProduct } from '../../bybit/institutional-products';
import { type Words, words } from '../../bybit/words';
import { formatAmount, formatLevel } from '../format';
import type { InsOffer } from '../market/ins-products';
import { listed } from './listed';
import type { Table, TableColumn, TableRow } from './table';

interface Field extends TableColumn {
  readonly cell: (offer: InsOffer, locale: string) => TableRow['cells'][number] | undefined;
}

/** A line of a product: an LTV, none where it is not used. */
function line(
  id: string,
  title: Words,
  hint: Words,
  value: (product: InsProduct) => Decimal | undefined,
): Field {
  return { id, title, kind: 'ratio', hint, cell: ({ product }) => value(product) };
}

/** What a product multiplies what is owned by; the exchange writes 0 where it does not. */
function times(
  id: string,
  title: Words,
  hint: Words,
  value: (product: InsProduct) => Decimal | undefined,
): Field {
  return {
    id,
    title,
    kind: 'times',
    hint,
    cell: ({ product }) => (value(product) === ZERO ? undefined : value(product)),
  };
}

/** Symbols that may be traded, where the product has such trades at all. */
function symbols(
  id: string,
  title: Words,
  isAllowed: (product: InsProduct) => boolean | undefined,
  value: (product: InsProduct) => readonly string[],
): Field {
  return {
    id,
    title,
    kind: 'long',
    hint: words('What may be traded under the product.'),
    cell: ({ product }) =>
      isAllowed(product) === true ? (listed(value(product)) ?? words('all')) : undefined,
  };
}

const FIELDS: readonly Field[] = [
  {
    id: 'product',
    title: words('Product'),
    kind: 'name',
    hint: words('The number of the product.'),
    cell: ({ product }) => product.productId,
  },
  {
    id: 'whose',
    title: words('Whose'),
    kind: 'short',
    hint: words('Products of your risk unit are told to its members alone.'),
    cell: ({ isOwn }) => (isOwn ? words('your unit') : words('public')),
  },
  { id: 'type', title: words('Kind'), kind: 'short', cell: ({ product }) => typeWords(product) },
  times('leverage', words('Leverage'), words('The highest of the product.'), ({ leverage }) => leverage),
  line(
    'liquidation',
    words('Liquidation'),
    words('The LTV at which the risk unit is liquidated.'),
    ({ liquidationLine }) => liquidationLine,
  ),
  line(
    'deferred',
    words('Deferred'),
    words('The LTV at which a liquidation begins after a time of grace.'),
    ({ deferredLiquidationLine }) => deferredLiquidationLine,
  ),
  line(
    'stop',
    words('Ends at'),
    words('The LTV at which a liquidation ends.'),
    ({ stopLiquidationLine }) => stopLiquidationLine,
  ),
  line(
    'withdraw',
    words('Withdraw'),
    words('Above this LTV nothing can be withdrawn.'),
    ({ withdrawLine }) => withdrawLine,
  ),
  line(
    'transfer',
    words('Transfer'),
    words('Above this LTV nothing can be transferred.'),
    ({ transferLine }) => transferLine,
  ),
  line(
    'spotBuy',
    words('Buy spot'),
    words('Above this LTV nothing can be bought on the spot market.'),
    ({ spotBuyLine }) => spotBuyLine,
  ),
  line(
    'spotTrade',
    words('Trade spot'),
    words('Above this LTV nothing can be traded on the spot market.'),
    ({ spotSellLine }) => spotSellLine,
  ),
  line(
    'perpetualOpen',
    words('Open perp.'),
    words('Above this LTV no position in USDT perpetuals can be opened.'),
    ({ USDTPerpetualOpenLine, contractOpenLine }) => USDTPerpetualOpenLine ?? contractOpenLine,
  ),
  line(
    'perpetualTrade',
    words('Trade perp.'),
    words('Above this LTV USDT perpetuals cannot be traded.'),
    ({ USDTPerpetualCloseLine }) => USDTPerpetualCloseLine,
  ),
  line(
    'usdcOpen',
    words('Open USDC'),
    words('Above this LTV no position in USDC contracts can be opened.'),
    ({ USDCContractOpenLine }) => USDCContractOpenLine,
  ),
  line(
    'usdcTrade',
    words('Trade USDC'),
    words('Above this LTV USDC contracts cannot be traded.'),
    ({ USDCContractCloseLine }) => USDCContractCloseLine,
  ),
  line(
    'optionsOpen',
    words('Open options'),
    words('Above this LTV no position in options can be opened.'),
    ({ USDCOptionsOpenLine }) => USDCOptionsOpenLine,
  ),
  line(
    'optionsTrade',
    words('Trade options'),
    words('Above this LTV options cannot be traded.'),
    ({ USDCOptionsCloseLine }) => USDCOptionsCloseLine,
  ),
  times(
    'marginLeverage',
    words('Margin'),
    words('The highest leverage of spot margin trading.'),
    ({ marginLeverage }) => marginLeverage,
  ),
  times(
    'contractLeverage',
    words('Perpetuals'),
    words('The usual leverage of USDT perpetuals.'),
    ({ contractLeverage }) => contractLeverage,
  ),
  {
    id: 'transferRatio',
    title: words('To contracts'),
    kind: 'ratio',
    hint: words('The part of the loan that may go from the spot to the contract wallet.'),
    cell: ({ product }) => product.transferRatio,
  },
  {
    id: 'margin',
    title: words('Margin coins'),
    kind: 'long',
    hint: words('Coins that count as margin, each with the part of its value that counts in its first tier.'),
    cell: ({ margin }, locale) =>
      listed(
        margin.map(({ token, convertRatioList: [first] }) =>
          first === undefined ? token : `${token} ${formatLevel(first.convertRatio, locale)}`,
        ),
      ),
  },
  symbols(
    'spot',
    words('Spot'),
    ({ supportSpot }) => supportSpot,
    ({ spotSymbols }) => spotSymbols,
  ),
  symbols(
    'perpetuals',
    words('USDT perpetuals'),
    ({ supportContract }) => supportContract,
    ({ contractSymbols }) => contractSymbols,
  ),
  symbols(
    'usdc',
    words('USDC contracts'),
    ({ supportUSDCContract }) => supportUSDCContract,
    ({ USDCContractSymbols }) => USDCContractSymbols,
  ),
  symbols(
    'options',
    words('Options'),
    ({ supportUSDCOptions }) => supportUSDCOptions,
    ({ USDCOptionsSymbols }) => USDCOptionsSymbols,
  ),
  {
    id: 'leverages',
    title: words('Leverage by symbol'),
    kind: 'long',
    hint: words('The highest of each contract that has one of its own.'),
    cell: ({ product: { USDTPerpetualLeverage, USDCContractLeverage } }, locale) =>
      listed(
        [...USDTPerpetualLeverage, ...USDCContractLeverage].flatMap(({ symbol, leverage }) =>
          leverage === undefined ? [] : [`${symbol} ${formatAmount(leverage, { locale })}×`],
        ),
      ),
  },
];

/** Institutional products, a row each: leverage, the LTV lines at which things stop, coins and symbols. */
export function institutionalTable(offers: readonly InsOffer[], locale: string): Table {
  return {
    title: words('Institutional products'),
    columns: FIELDS.map(({ cell, ...column }) => column),
    rows: offers.map((offer) => ({
      id: `${offer.isOwn ? 'own' : 'public'} ${offer.product.productId}`,
      cells: FIELDS.map(({ cell }) => cell(offer, locale) ?? null),
    })),
    empty: words('The exchange shows no institutional products.'),
  };
}

function typeWords({ productType }: InsProduct): Words | string | undefined {
  switch (productType) {
    case '0':
      return words('default');
    case '1':
      return words('CTA');
    case '2':
      return words('hedge');
    default:
      return productType;
  }
}
