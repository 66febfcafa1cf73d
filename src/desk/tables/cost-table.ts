import { type LoanableCoin, TERMS } from '../../bybit/common';
import { type Decimal, decimal, lte, type Rounding, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { CostAsk } from '../cost/ask';
import { type Costs, type Covered, costsOf, type Offers, type Option } from '../cost/cost';
import { formatCoin } from '../format';
import type { PastOfCoin } from '../history/past';
import { type RateRow, rateRows } from '../rates';
import { roundShort } from '../shares';
import type { Prices } from '../snapshot';
import { borrowTable } from './borrow-table';
import type { CellNote, Table, TableColumn, TableRow } from './table';

const MOST_PLACES = 18;

export interface CostTableOptions {
  readonly ask: CostAsk;
  readonly prices: Prices;
  /** Offers by coin, as far as they were read. */
  readonly offers: ReadonlyMap<string, Offers>;
  /** As in the borrow table. */
  readonly past?: ReadonlyMap<string, PastOfCoin>;
  /** BCP 47. */
  readonly locale: string;
}

/** The columns keep the names of the borrow table, so that its order holds for costs too. */
function columns(days: number): readonly TableColumn[] {
  return [
    { id: 'coin', title: words('Coin'), kind: 'name' },
    {
      id: 'amount',
      title: words('Amount'),
      kind: 'cost',
      hint: words('What you typed, as much in this coin.'),
    },
    {
      id: 'flexible',
      title: words('Flexible'),
      kind: 'cost',
      hint: words('Interest of {0} days if the rate stays as it is. It is added every hour.', String(days)),
    },
    ...TERMS.map(
      (term): TableColumn => ({
        id: `term${term}`,
        title: words('{0} days', term),
        kind: 'cost',
        hint: termHint(Number(term), days),
      }),
    ),
    {
      id: 'breakEven',
      title: words('Pays from day'),
      kind: 'days',
      hint: words('Kept longer than this, the cheapest fixed term costs less than the flexible loan.'),
    },
  ];
}

function termHint(term: number, days: number): Words {
  if (term >= days)
    return words(
      'Interest of the whole term. It is paid in advance and not given back when you repay early.',
    );
  return words(
    'Taken {0} times one after another, at the rate of today: {1} days are longer than the term.',
    String(Math.ceil(days / term)),
    String(days),
  );
}

/**
 * New loans of so much for so many days: what each way to borrow costs, the cheapest marked. The figures of the borrow table
 * lie behind it, so that a person who narrowed that down sees the costs of the same coins.
 */
export function costTable(coins: readonly LoanableCoin[], options: CostTableOptions): Table {
  const { ask, prices, offers, past } = options;
  const rates = borrowTable(coins, past);
  const behind = rates.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column: { kind } }) => kind !== 'name' && kind !== 'spark');
  return {
    title: words('What a loan costs'),
    columns: columns(ask.days),
    behind: behind.map(({ column }) => column),
    rows: rateRows(coins).map((row, index) => {
      const shown = costRow(row, costsOf(row, ask, prices, offers.get(row.coin)), options);
      const figures = behind.map(({ at }) => rates.rows[index]?.cells[at] ?? null);
      return { ...shown, cells: [...shown.cells, ...figures] };
    }),
    empty: words('The exchange offers no coin for borrowing now.'),
  };
}

function costRow(row: RateRow, costs: Costs | undefined, { prices, locale }: CostTableOptions): TableRow {
  const options = [costs?.flexible, ...TERMS.map((term) => costs?.terms[term])];
  const names = ['flexible', ...TERMS] as const;
  const breakEven = costs?.breakEven;
  return {
    id: row.coin,
    cells: [
      row.coin,
      costs?.usd ?? null,
      ...options.map((option) => option?.usd ?? null),
      breakEven !== undefined && pays(breakEven) ? breakEven.days : null,
    ],
    notes: [
      null,
      costs === undefined
        ? absentNote(row.coin, prices)
        : { text: coinText(costs.amount, row.coin, locale, 'half') },
      ...options.map((option, index) =>
        option === undefined ? null : note(option, row.coin, costs?.cheapest === names[index], locale),
      ),
      breakEven === undefined ? null : breakEvenNote(breakEven),
    ],
    coin: row.coin,
    ...(row.flexibleBorrowable ? { deed: { kind: 'borrow', coin: row.coin } as const } : {}),
  };
}

/** Why a coin has no costs: an unknown price, or an amount smaller than what can be borrowed of it. */
function absentNote(coin: string, prices: Prices): CellNote {
  return prices.has(coin)
    ? { text: words('too little'), mark: 'weak' }
    : { text: words('no price known'), mark: 'weak' };
}

function note(option: Option, coin: string, isCheapest: boolean, locale: string): CellNote {
  const text = (value: Decimal, rounding: Rounding) => coinText(value, coin, locale, rounding);
  const { outside, covered } = option;
  // An amount that keeps to what is read here keeps to the bound itself.
  if (outside !== undefined && 'least' in outside) {
    return { text: words('from {0} on', text(outside.least, 'up')), mark: 'weak' };
  }
  if (outside !== undefined) return { text: words('up to {0}', text(outside.most, 'down')), mark: 'weak' };
  if (covered !== undefined) return { text: coveredText(covered, coin, locale), mark: 'weak' };
  return { text: text(option.interest, 'up'), ...(isCheapest ? { mark: 'best' as const } : {}) };
}

function coveredText({ amount, isLeast }: Covered, coin: string, locale: string): Words {
  const text = coinText(amount, coin, locale, 'down');
  if (isLeast) return words('offers: at least {0}', text);
  return amount === ZERO ? words('no offers') : words('offers: {0}', text);
}

/** Whether the term is long enough for it. */
function pays({ term, days }: NonNullable<Costs['breakEven']>): boolean {
  return lte(days, decimal(term));
}

function breakEvenNote(breakEven: NonNullable<Costs['breakEven']>): CellNote {
  return pays(breakEven)
    ? { text: words('of {0} days', breakEven.term) }
    : { text: words('not in {0} days', breakEven.term), mark: 'weak' };
}

/** Five digits, rounded to the side that is safe: up what is paid or the least, down the most and what is offered. */
function coinText(value: Decimal, coin: string, locale: string, rounding: Rounding): string {
  return formatCoin(roundShort(value, MOST_PLACES, rounding), coin, { locale });
}
