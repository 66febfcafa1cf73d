import { TERMS } from '../../bybit/common';
import { add, type Decimal, gt, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { CoinDemand, Lending } from '../market/lending';
import type { CellNote, Table, TableColumn, TableRow } from './table';

const COLUMNS: readonly TableColumn[] = [
  { id: 'coin', title: words('Coin'), kind: 'name' },
  {
    id: 'best',
    title: words('Best bid'),
    kind: 'rate',
    hint: words('The highest rate that a borrower’s order offers now, whatever the term.'),
  },
  ...TERMS.map(
    (term): TableColumn => ({
      id: `term${term}`,
      title: words('{0} days', term),
      kind: 'rate',
      hint: words(
        'The highest rate that a borrower’s order offers for the term. The platform keeps 15 % of the interest.',
      ),
    }),
  ),
  {
    id: 'open',
    title: words('Asked for'),
    kind: 'amount',
    hint: words(
      'All that borrowers’ orders of this coin still wait for, all terms together. The exchange tells the best 100 rates of a term, so it may be more.',
    ),
  },
  { id: 'least', title: words('Min. order'), kind: 'amount', hint: words('The least that can be lent.') },
];

/** Beside what is asked for where the exchange did not tell all of it, or nothing. */
const LEAST_NOTES = notesOf(words('at least'));
const UNSEEN_NOTES = notesOf(words('more may wait'));

function notesOf(text: Words): readonly (CellNote | null)[] {
  return COLUMNS.map(({ id }) => (id === 'open' ? { text, mark: 'weak' } : null));
}

/** What lenders find: every coin with the best bid of each term, what borrowers wait for, and the least order. */
export function lendTable(lending: Lending): Table {
  return {
    title: words('Lend'),
    columns: COLUMNS,
    rows: [...lending.values()].map(rowOf),
    empty: words('The exchange lends no coin for a term now.'),
  };
}

function rowOf({ coin, least, books }: CoinDemand): TableRow {
  const bids = TERMS.map((term) => books.get(term)?.levels[0]?.annualRate);
  const isCut = [...books.values()].some((book) => book.isCut === true);
  const open = [...books.values()].flatMap(({ levels }) => levels.map(({ amount }) => amount));
  return {
    id: coin,
    cells: [
      coin,
      highest(bids) ?? null,
      ...bids.map((rate) => rate ?? null),
      open.length === 0 ? null : add(...open, ZERO),
      least ?? null,
    ],
    ...(isCut && { notes: open.length === 0 ? UNSEEN_NOTES : LEAST_NOTES }),
    coin,
    deed: { kind: 'supply', coin },
  };
}

function highest(rates: readonly (Decimal | undefined)[]): Decimal | undefined {
  return rates.reduce(
    (best, rate) => (rate !== undefined && (best === undefined || gt(rate, best)) ? rate : best),
    undefined,
  );
}
