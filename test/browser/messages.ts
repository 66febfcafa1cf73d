import { marksOf } from '../../src/desk/locale';
import type { HostMessage, Row, Table } from '../../src/webview/contract';
import { FIRST_VIEW } from '../../src/webview/contract';

type Start = Omit<Extract<HostMessage, { type: 'start' }>, 'session'>;
type Snapshot = Omit<Extract<HostMessage, { type: 'snapshot' }>, 'session'>;

export function start(change: Partial<Start> = {}): Start {
  return {
    type: 'start',
    locale: 'en',
    marks: marksOf(change.locale ?? 'en'),
    strings: {},
    view: FIRST_VIEW,
    ...change,
  };
}

export interface RowFacts {
  readonly coin: string;
  readonly flexible?: string | null;
  readonly term7?: string | null;
  readonly minimum?: string;
  /** What can be started; the coin itself can be borrowed when left out. */
  readonly deed?: Row['deed'];
}

/** A row of {@link table}. */
export function row({
  coin,
  flexible = '0.03',
  term7 = null,
  minimum = '0.01',
  deed = { kind: 'borrow', coin, term: null },
}: RowFacts): Row {
  return { id: coin, cells: [coin, flexible, term7, minimum], notes: null, coin, deed };
}

export function table(rows: readonly Row[]): Table {
  return {
    id: 'borrow',
    title: 'Borrow',
    columns: [
      { id: 'coin', title: 'Coin', kind: 'name', hint: null },
      { id: 'flexible', title: 'Flexible', kind: 'rate', hint: 'Floats.' },
      { id: 'term7', title: '7 days', kind: 'rate', hint: null },
      { id: 'minimum', title: 'Minimum', kind: 'amount', hint: null },
    ],
    rows,
    empty: 'Nothing is offered.',
  };
}

export function snapshot(rows: readonly Row[] | null, change: Partial<Snapshot['status']> = {}): Snapshot {
  return {
    type: 'snapshot',
    of: 'borrow',
    ahead: null,
    table: rows === null ? null : table(rows),
    status: {
      source: 'Paper',
      tiers: [
        { id: 'VIP0', title: 'No VIP' },
        { id: 'VIP1', title: 'VIP 1' },
      ],
      tier: 'VIP0',
      ownTier: 'VIP0',
      coin: null,
      coins: [],
      ageMs: 3000,
      isPartial: false,
      failure: null,
      canAct: true,
      costs: null,
      costProblem: null,
      isReadingPrices: false,
      ...change,
    },
  };
}

export const SOME = [
  row({ coin: 'BTC', flexible: '0.0138', term7: '0.0097', minimum: '0.0001' }),
  row({ coin: 'ETH', flexible: '0.0163', term7: '0.0165', minimum: '0.001' }),
  row({ coin: 'USDT', flexible: '0.05', term7: null, minimum: '10' }),
  row({ coin: 'USDC', flexible: null, term7: '0.04', minimum: '10', deed: null }),
  row({ coin: 'SOL', flexible: '0.0163', term7: '0.0337', minimum: '0.01' }),
];

/** As many rows as asked for, with rates of many lengths. */
export function many(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, index) =>
    row({
      coin: `C${String(index).padStart(4, '0')}`,
      flexible: index % 7 === 3 ? null : `0.${String(((index * 7919) % 9973) * 10 + 1).padStart(6, '0')}`,
      term7: index % 3 === 0 ? null : `0.${String(((index * 104_729) % 997) * 10 + 1).padStart(5, '0')}`,
    }),
  );
}
