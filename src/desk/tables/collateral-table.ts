import type { CollateralCoins } from '../../bybit/common';
import { decimal, gte, mul, ONE, sub } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import type { Band, Thresholds } from '../book';
import { bandsOf } from '../book-of';
import { formatLevel } from '../format';
import type { Table, TableColumn, TableRow } from './table';

/** What the exchange writes where a band has no upper edge (endpoints.json, getCollateralCoins). */
const NO_EDGE = decimal('99999999999');

/** LTV lines of the new loans; the exchange publishes none, so they are the desk's settings. */
export type Lines = Pick<Thresholds, 'initial' | 'liquidation'>;

function columns({ initial, liquidation }: Lines, locale: string): readonly TableColumn[] {
  const level = (line: Lines[keyof Lines]) => formatLevel(line, locale);
  return [
    { id: 'coin', title: words('Coin'), kind: 'name' },
    {
      id: 'from',
      title: words('From'),
      kind: 'usd',
      hint: words('Where the tier begins: by the value of all of the coin that is pledged.'),
    },
    {
      id: 'to',
      title: words('To'),
      kind: 'usd',
      hint: words('Where the tier ends; the last one has no end.'),
    },
    {
      id: 'counts',
      title: words('Counts'),
      kind: 'ratio',
      hint: words('The part of the value within the tier that counts as collateral.'),
    },
    {
      id: 'haircut',
      title: words('Haircut'),
      kind: 'ratio',
      hint: words('The part of the value within the tier that does not count.'),
    },
    {
      id: 'borrow',
      title: words('Max. LTV'),
      kind: 'ratio',
      hint: words(
        'The largest loan against the tier, as a part of its full value: what counts of it, at the initial LTV of {0}.',
        level(initial),
      ),
    },
    {
      id: 'liquidation',
      title: words('Liquidated'),
      kind: 'ratio',
      hint: words(
        'The loan at which the tier is sold, as a part of its full value: what counts of it, at the liquidation LTV of {0}.',
        level(liquidation),
      ),
    },
    {
      id: 'order',
      title: words('Sold as no.'),
      kind: 'count',
      hint: words('The order in which a liquidation sells coins, the lowest first.'),
    },
  ];
}

/** Every coin that can be pledged, a row a tier, in the order in which a liquidation sells them. */
export function collateralTable(rules: CollateralCoins, lines: Lines, locale: string): Table {
  const orders = new Map(
    rules.currencyLiquidationList.map(({ currency, liquidationOrder }) => [currency, liquidationOrder]),
  );
  const last = Number.POSITIVE_INFINITY;
  const coins = [...bandsOf(rules)].sort(([a], [b]) => {
    const [first, second] = [orders.get(a) ?? last, orders.get(b) ?? last];
    return first === second ? 0 : first - second;
  });
  return {
    title: words('Collateral'),
    columns: columns(lines, locale),
    rows: coins.flatMap(([coin, bands]) =>
      bands.map((band, index) => tierRow(coin, band, index, orders.get(coin), lines)),
    ),
    empty: words('The exchange takes no coin as collateral now.'),
  };
}

function tierRow(
  coin: string,
  { from, to, ratio }: Band,
  index: number,
  order: number | undefined,
  { initial, liquidation }: Lines,
): TableRow {
  return {
    id: `${index} ${coin}`,
    coin,
    cells: [
      coin,
      from,
      to === undefined || gte(to, NO_EDGE) ? null : to,
      ratio,
      sub(ONE, ratio),
      mul(ratio, initial),
      mul(ratio, liquidation),
      order === undefined ? null : decimal(order),
    ],
  };
}
