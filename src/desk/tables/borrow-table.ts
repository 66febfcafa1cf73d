import { type LoanableCoin, TERMS } from '../../bybit/common';
import { words } from '../../bybit/words';
import { type PastOfCoin, shareCheaper } from '../history/past';
import { sparkText } from '../history/sparkline';
import { type RateRow, rateRows } from '../rates';
import type { Table, TableColumn, TableRow } from './table';

const PAST_DAYS = '30';
/** A share out of less than a tenth of them would be a guess. */
const LEAST_DAYS = '3';
const NOTHING: ReadonlyMap<string, PastOfCoin> = new Map();

const COLUMNS: readonly TableColumn[] = [
  { id: 'coin', title: words('Coin'), kind: 'name' },
  {
    id: 'flexible',
    title: words('Flexible'),
    kind: 'rate',
    hint: words('No term. The rate floats, interest is added every hour.'),
  },
  {
    id: 'past',
    title: words('Cheaper %'),
    kind: 'count',
    hint: words(
      'The flexible rate is cheaper than in so many percent of the last {0} days. A dash: fewer than {1} of these days are recorded here, or the VIP level is not your own.',
      PAST_DAYS,
      LEAST_DAYS,
    ),
  },
  {
    id: 'spark',
    title: words('{0} days past', PAST_DAYS),
    kind: 'spark',
    hint: words(
      'The flexible rate over that time, as far as it was recorded here. A dash: nothing was, or the VIP level is not your own.',
    ),
  },
  ...TERMS.map(
    (term): TableColumn => ({
      id: `term${term}`,
      title: words('{0} days', term),
      kind: 'rate',
      hint: words('Fixed for the term: the cheapest rate on offer now. Interest is paid in advance.'),
    }),
  ),
  {
    id: 'minimum',
    title: words('Min. flexible'),
    kind: 'amount',
    hint: words('Smallest flexible loan.'),
  },
  { id: 'fixedMinimum', title: words('Min. fixed'), kind: 'amount', hint: words('Smallest fixed order.') },
  { id: 'maximum', title: words('Maximum'), kind: 'amount', hint: words('Largest loan at this VIP level.') },
];

/** New loans: every coin with its flexible rate, what that was before, the best offer of each term, and its limits. */
export function borrowTable(coins: readonly LoanableCoin[], past = NOTHING): Table {
  return {
    title: words('Borrow'),
    columns: COLUMNS,
    rows: rateRows(coins).map((row) => ({
      id: row.coin,
      cells: [
        row.coin,
        row.flexible ?? null,
        ...pastCells(row, past.get(row.coin)),
        ...TERMS.map((term) => row.terms[term] ?? null),
        row.minimum ?? null,
        row.fixedMinimum ?? null,
        row.maximum ?? null,
      ],
      coin: row.coin,
      ...borrowDeed(row),
    })),
    empty: words('The exchange offers no coin for borrowing now.'),
  };
}

/** A coin without flexible loans is borrowed for a term. */
export function borrowDeed({ coin, flexibleBorrowable, fixedBorrowable }: RateRow): Pick<TableRow, 'deed'> {
  if (flexibleBorrowable) return { deed: { kind: 'borrow', coin } };
  return fixedBorrowable ? { deed: { kind: 'borrowFixed', coin } } : {};
}

/** Judged with the rate that stands beside them. */
function pastCells({ flexible }: RateRow, past: PastOfCoin | undefined): readonly (string | null)[] {
  const line = past?.line;
  return [
    shareCheaper(past, flexible) ?? null,
    line === undefined ? null : sparkText({ ...line, now: flexible }),
  ];
}
