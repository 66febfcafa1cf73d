import type { Decimal } from '../../bybit/decimal';
import type { LegacyCollateralCoin, LegacyLoanableCoin } from '../../bybit/legacy-coins';
import { words } from '../../bybit/words';
import { hourlyToAnnual } from '../interest';
import type { LegacyMarket } from '../market/legacy-market';
import type { Table, TableColumn, TableRow } from './table';

/** Terms of legacy loans, days: there was no 60 (endpoints.json, getLegacyLoanableCoins). */
const TERMS = ['7', '14', '30', '90', '180'] as const;

const COLUMNS: readonly TableColumn[] = [
  {
    id: 'coin',
    title: words('Coin'),
    kind: 'name',
    hint: words('The exchange makes no new legacy loans: these are the terms of those that run.'),
  },
  {
    id: 'flexible',
    title: words('Flexible'),
    kind: 'rate',
    hint: words('The exchange names it by the hour. It floats, interest is posted every hour.'),
  },
  ...TERMS.map(
    (term): TableColumn => ({
      id: `term${term}`,
      title: words('{0} days', term),
      kind: 'rate',
      hint: words('Fixed for the term. The exchange names it by the hour.'),
    }),
  ),
  { id: 'minimum', title: words('Min. loan'), kind: 'amount' },
  { id: 'maximum', title: words('Max. loan'), kind: 'amount', hint: words('At this VIP level.') },
  {
    id: 'initial',
    title: words('Initial LTV'),
    kind: 'ratio',
    hint: words('The highest LTV when borrowing against the coin.'),
  },
  {
    id: 'marginCall',
    title: words('Margin call'),
    kind: 'ratio',
    hint: words('The LTV at which the exchange asks for more of the coin.'),
  },
  {
    id: 'liquidation',
    title: words('Liquidation'),
    kind: 'ratio',
    hint: words('The LTV at which the coin is sold.'),
  },
  {
    id: 'pledge',
    title: words('Max. collateral'),
    kind: 'amount',
    hint: words('The most of the coin that can be pledged, all legacy loans together.'),
  },
];

/** Legacy loans: what borrowing a coin costs, and what lines hold where it secures a loan; a row a coin. */
export function legacyTable({ loanable, collateral }: LegacyMarket): Table {
  const loans = new Map(loanable.map((coin) => [coin.currency, coin]));
  const pledges = new Map(
    collateral.flatMap((coin) => (coin.currency === undefined ? [] : [[coin.currency, coin] as const])),
  );
  const names = new Set([...loans.keys(), ...pledges.keys()]);
  return {
    title: words('Legacy loans'),
    columns: COLUMNS,
    rows: [...names].map((name) => rowOf(name, loans.get(name), pledges.get(name))),
    empty: words('The exchange names no coins of legacy loans.'),
  };
}

function rowOf(
  name: string,
  loan: LegacyLoanableCoin | undefined,
  pledge: LegacyCollateralCoin | undefined,
): TableRow {
  const rates = [
    loan?.flexibleHourlyInterestRate,
    loan?.hourlyInterestRate7D,
    loan?.hourlyInterestRate14D,
    loan?.hourlyInterestRate30D,
    loan?.hourlyInterestRate90D,
    loan?.hourlyInterestRate180D,
  ];
  return {
    id: name,
    coin: name,
    cells: [
      name,
      ...rates.map(annual),
      loan?.minBorrowingAmount ?? null,
      loan?.maxBorrowingAmount ?? null,
      pledge?.initialLTV ?? null,
      pledge?.marginCallLTV ?? null,
      pledge?.liquidationLTV ?? null,
      pledge?.maxLimit ?? null,
    ],
  };
}

function annual(hourly: Decimal | undefined): Decimal | null {
  return hourly === undefined ? null : hourlyToAnnual(hourly);
}
