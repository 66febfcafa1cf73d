import { compare, type Decimal } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import type { RateRow } from '../../../desk/rates';

/** An order of the coins. */
interface Order {
  readonly label: Words;
  /** In the title of the view. */
  readonly short: Words;
  compare(a: RateRow, b: RateRow): number;
}

/** What the coins can be sorted by; each falls back to the name. */
export const ORDERS = {
  name: {
    label: words('Name'),
    short: words('by name'),
    compare: byName,
  },
  flexible: {
    label: words('Flexible rate, lowest first'),
    short: words('by flexible rate'),
    compare: (a, b) => rising(a.flexible, b.flexible) || byName(a, b),
  },
  flexibleFalling: {
    label: words('Flexible rate, highest first'),
    short: words('by flexible rate, falling'),
    compare: (a, b) => falling(a.flexible, b.flexible) || byName(a, b),
  },
  fixed: {
    label: words('Best fixed rate, lowest first'),
    short: words('by fixed rate'),
    compare: (a, b) => rising(a.best?.rate, b.best?.rate) || byName(a, b),
  },
  fixedFalling: {
    label: words('Best fixed rate, highest first'),
    short: words('by fixed rate, falling'),
    compare: (a, b) => falling(a.best?.rate, b.best?.rate) || byName(a, b),
  },
} as const satisfies Record<string, Order>;

export type OrderId = keyof typeof ORDERS;
export const ORDER_IDS = Object.keys(ORDERS) as readonly OrderId[];

export function isOrderId(text: string): text is OrderId {
  return Object.hasOwn(ORDERS, text);
}

/** The rows in order, the favourites before the others. */
export function ordered(
  rows: readonly RateRow[],
  order: OrderId,
  favourites: ReadonlySet<string>,
): readonly RateRow[] {
  const sorted = [...rows].sort(ORDERS[order].compare);
  const isFavourite = ({ coin }: RateRow) => favourites.has(coin);
  return [...sorted.filter(isFavourite), ...sorted.filter((row) => !isFavourite(row))];
}

/** By code unit: the same everywhere, whatever the locale makes of letters. */
function byName(a: RateRow, b: RateRow): number {
  return a.coin < b.coin ? -1 : Number(a.coin > b.coin);
}

/** What has no rate comes last in either direction. */
function rising(a: Decimal | undefined, b: Decimal | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compare(a, b);
}

function falling(a: Decimal | undefined, b: Decimal | undefined): number {
  return a === undefined || b === undefined ? rising(a, b) : compare(b, a);
}
