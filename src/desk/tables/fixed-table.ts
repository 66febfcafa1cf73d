import { TERMS } from '../../bybit/common';
import { add, type Decimal, div, mul, ZERO } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import type { Level, OrderBook, Side } from '../fixed/order-book';
import type { FixedMarket } from '../market/fixed-market';
import type { Table, TableColumn, TableRow } from './table';

const COLUMNS: readonly TableColumn[] = [
  {
    id: 'side',
    title: words('Who waits'),
    kind: 'name',
    hint: words('Lenders wait for borrowers, borrowers for lenders.'),
  },
  { id: 'term', title: words('Term'), kind: 'days' },
  {
    id: 'rate',
    title: words('Rate'),
    kind: 'rate',
    hint: words('The least that lenders want, the most that borrowers pay.'),
  },
  {
    id: 'amount',
    title: words('At this rate'),
    kind: 'amount',
    hint: words(
      'What waits at this rate, all orders together: the exchange does not tell how many they are.',
    ),
  },
  {
    id: 'depth',
    title: words('Or better'),
    kind: 'amount',
    hint: words('What waits at this rate and at all better ones of the term.'),
  },
  {
    id: 'average',
    title: words('Average'),
    kind: 'rate',
    hint: words('The rate of an order that takes all of that.'),
  },
];

const RATE_PLACES = 18;
/** On the last level of a term that an answer could not hold. */
const CUT_NOTES = COLUMNS.map(({ id }) =>
  id === 'depth' ? { text: words('more may wait'), mark: 'weak' as const } : null,
);
/** What somebody on the other side would do with a level. */
const DEEDS = { offers: 'borrowFixed', demand: 'supply' } as const;
const SIDES = { offers: words('Lender'), demand: words('Borrower') } as const;

/** The order book of a coin: lenders' offers, then borrowers' bids, each by term, the best rate first. */
export function fixedTable(coin: string, market: FixedMarket): Table {
  const rows = (['offers', 'demand'] as const).flatMap((side) =>
    TERMS.flatMap((term) => levelRows(market[side].get(term), side)),
  );
  return {
    title: words('Fixed market of {0}', coin),
    columns: COLUMNS,
    rows,
    empty: words('Nobody offers or bids for {0} at a fixed rate now.', coin),
  };
}

/** In place of the order book of a coin that has none. */
export function noFixedTable(coin: string): Table {
  return {
    ...fixedTable(coin, { offers: new Map(), demand: new Map() }),
    empty: words('The exchange does not lend {0} for a term.', coin),
  };
}

function levelRows(book: OrderBook | undefined, side: Side): readonly TableRow[] {
  if (book === undefined) return [];
  const { coin, term, levels, isCut } = book;
  let depth = ZERO;
  let interest = ZERO;
  return levels.map(({ annualRate, amount }: Level, index): TableRow => {
    const isLastSeen = isCut === true && index === levels.length - 1;
    depth = add(depth, amount);
    interest = add(interest, mul(annualRate, amount));
    const average: Decimal = div(interest, depth, RATE_PLACES);
    return {
      id: `${side} ${term} ${annualRate} ${coin}`,
      cells: [SIDES[side], term, annualRate, amount, depth, average],
      deed: { kind: DEEDS[side], coin, term },
      ...(isLastSeen && { notes: CUT_NOTES }),
    };
  });
}
