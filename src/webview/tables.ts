import { type Words, words } from '../bybit/words';
import { TABLE_IDS, type TableId } from './contract';
import type { Tab } from './tabs';

/** What the page says around a table, also before it was read. */
export interface TableFace {
  /** Of its tab. */
  readonly title: Words;
  /** What the filter looks through. */
  readonly filter: Words;
  readonly reading: Words;
  /** How many rows there are. */
  readonly count: (all: string) => Words;
  /** How many of them the filter leaves. */
  readonly countOf: (shown: string, all: string) => Words;
  /** That the filters, which are named, leave none. */
  readonly unmatched: (filters: string) => Words;
  /** Whether the figures depend on the VIP level. */
  readonly hasTier: boolean;
  /** Whether there are rates, by the year or by the hour. */
  readonly hasPeriod: boolean;
  /** Whether it shows one coin, which is to be chosen. */
  readonly hasCoin: boolean;
  /** Whether it can show what a loan would cost. */
  readonly hasCost: boolean;
}

const COINS = {
  filter: words('Filter coins'),
  count: (all: string) => (all === '1' ? words('1 coin') : words('{0} coins', all)),
  countOf: (shown: string, all: string) => words('{0} of {1} coins', shown, all),
  unmatched: (filters: string) => words('No coin matches {0}.', filters),
} as const;

const RATES = {
  reading: words('Reading rates…'),
  hasPeriod: true,
} as const;

const RULES = {
  reading: words('Reading rules…'),
  hasPeriod: false,
} as const;

/** What only some tables have. */
const NOTHING = { hasTier: false, hasCoin: false, hasCost: false } as const;

export const TABLE_FACES: Readonly<Record<TableId, TableFace>> = {
  borrow: { ...COINS, ...RATES, title: words('Borrow'), ...NOTHING, hasTier: true, hasCost: true },
  lend: {
    ...COINS,
    ...RATES,
    title: words('Lend'),
    reading: words('Reading what borrowers bid, coin by coin…'),
    ...NOTHING,
  },
  fixed: {
    ...RATES,
    ...NOTHING,
    title: words('Fixed market'),
    filter: words('Filter who waits'),
    reading: words('Reading the order book…'),
    count: (all) => (all === '1' ? words('1 level') : words('{0} levels', all)),
    countOf: (shown, all) => words('{0} of {1} levels', shown, all),
    unmatched: (filters) => words('Nobody who waits matches {0}.', filters),
    hasCoin: true,
  },
  legacy: { ...COINS, ...RATES, ...NOTHING, title: words('Legacy'), hasTier: true },
  institutional: {
    ...RULES,
    ...NOTHING,
    title: words('Institutional'),
    filter: words('Filter products'),
    count: (all) => (all === '1' ? words('1 product') : words('{0} products', all)),
    countOf: (shown, all) => words('{0} of {1} products', shown, all),
    unmatched: (filters) => words('No product matches {0}.', filters),
  },
  collateral: {
    ...COINS,
    ...RULES,
    ...NOTHING,
    title: words('Collateral'),
    count: (all) => (all === '1' ? words('1 tier') : words('{0} tiers', all)),
    countOf: (shown, all) => words('{0} of {1} tiers', shown, all),
  },
};

/** The tables, and the charts behind them. */
export const TABS: readonly Tab<TableId | 'history'>[] = [
  ...TABLE_IDS.map((id) => ({ id, title: TABLE_FACES[id].title })),
  { id: 'history', title: words('History') },
];
