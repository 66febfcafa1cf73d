import { type LoanableCoin, TERMS } from '../../bybit/common';
import { type Decimal, decimal, lt, lte, ONE, type Rounding, round, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { CostAsk } from '../cost/ask';
import { type Costs, type Covered, costsOf, type Offers, type Option } from '../cost/cost';
import { formatAmount, formatCoin } from '../format';
import type { PastOfCoin } from '../history/past';
import { type RateRow, rateRow } from '../rates';
import { roundShort } from '../shares';
import type { Prices } from '../snapshot';
import { borrowDeed, borrowTable } from './borrow-table';
import type { CellNote, Table, TableColumn, TableRow } from './table';

const MOST_PLACES = 18;
/** Decimals of a worth in US dollars, and of one below a dollar. */
const USD_PLACES = 2;
const SMALL_USD_PLACES = 4;
/** Decimals of costs in dollars and in the coin, and of days: finer than anybody pays or waits, and not as long as the exact ones. */
const COST_PLACES = { usd: 8, coin: 12, days: 4 } as const;

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
  const { ask, past } = options;
  const rates = borrowTable(coins, past);
  const behind = rates.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column: { kind } }) => kind !== 'name' && kind !== 'spark');
  return {
    title: words('What a loan costs'),
    columns: columns(ask.days),
    behind: behind.map(({ column }) => column),
    rows: coins.map((coin, index) => {
      const shown = costRow(coin, options);
      const figures = behind.map(({ at }) => rates.rows[index]?.cells[at] ?? null);
      return { ...shown, cells: [...shown.cells, ...figures] };
    }),
    empty: words('The exchange offers no coin for borrowing now.'),
  };
}

interface Kept {
  readonly of: readonly unknown[];
  readonly row: TableRow;
}

/** Offers come coin by coin, and prices move one by one: what does not rest on them is not reckoned again. */
const kept = new WeakMap<LoanableCoin, Kept>();

/** The row of a coin; the same one as long as nothing that it rests on has changed. */
function costRow(coin: LoanableCoin, { ask, prices, offers, locale }: CostTableOptions): TableRow {
  const own = offers.get(coin.currency);
  const priceOfAsk = ask.coin === undefined ? undefined : prices.get(ask.coin);
  const of = [ask.amount, ask.coin, ask.days, prices.get(coin.currency), priceOfAsk, own, locale];
  const before = kept.get(coin);
  if (before?.of.every((one, index) => one === of[index])) return before.row;
  const rates = rateRow(coin);
  const row = reckonedRow(rates, costsOf(rates, ask, prices, own), { prices, locale });
  kept.set(coin, { of, row });
  return row;
}

function reckonedRow(
  row: RateRow,
  costs: Costs | undefined,
  { prices, locale }: Pick<CostTableOptions, 'prices' | 'locale'>,
): TableRow {
  const options = [costs?.flexible, ...TERMS.map((term) => costs?.terms[term])];
  const names = ['flexible', ...TERMS] as const;
  const breakEven = costs?.breakEven;
  return {
    id: row.coin,
    cells: [
      row.coin,
      costs?.usd === undefined ? null : worth(costs.usd),
      ...options.map((option) => (option === undefined || isOut(option) ? null : atMost(option.usd, 'usd'))),
      breakEven !== undefined && pays(breakEven) ? atMost(breakEven.days, 'days') : null,
    ],
    notes: [
      null,
      costs === undefined
        ? absentNote(row.coin, prices)
        : { text: coinText(costs.amount, row.coin, locale, 'half'), value: costs.amount },
      ...options.map((option, index) =>
        option === undefined ? null : note(option, row.coin, costs?.cheapest === names[index], locale),
      ),
      breakEvenNote(breakEven, options),
    ],
    coin: row.coin,
    ...borrowDeed(row),
  };
}

/** Rounded up, as a price to pay is. */
function atMost(value: Decimal | undefined, of: keyof typeof COST_PLACES): Decimal | null {
  return value === undefined ? null : round(value, COST_PLACES[of], 'up');
}

/** To the nearest: what was typed is no price to pay, which is rounded up. */
function worth(usd: Decimal): Decimal {
  return round(usd, lt(usd, ONE) ? SMALL_USD_PLACES : USD_PLACES, 'half');
}

/** Whether nothing of it can be had, so that there is no cost. */
function isOut({ outside, covered }: Option): boolean {
  return outside !== undefined || (covered !== undefined && !covered.isLeast && covered.amount === ZERO);
}

/** Why a coin has no costs: an unknown price, or an amount smaller than what can be borrowed of it. */
function absentNote(coin: string, prices: Prices): CellNote {
  return prices.has(coin)
    ? { text: words('too little'), mark: 'weak' }
    : { text: words('no price known'), mark: 'weak' };
}

function note(option: Option, coin: string, isCheapest: boolean, locale: string): CellNote {
  const { covered, interest, isUnread } = option;
  if (isOut(option)) return { text: limitOf(option, coin, locale), mark: 'weak' };
  const own = {
    text: coinText(interest, coin, locale, 'up'),
    value: round(interest, COST_PLACES.coin, 'up'),
  };
  if (isUnread) return { ...own, limit: UNREAD, mark: 'unread' };
  if (covered !== undefined) return { ...own, limit: coveredText(covered, locale), mark: 'weak' };
  return isCheapest ? { ...own, mark: 'best' } : own;
}

const UNREAD = words('offers unread');

/** Why nothing can be had. */
function limitOf({ outside }: Option, coin: string, locale: string): Words {
  if (outside === undefined) return words('no offers');
  // An amount that keeps to what is read here keeps to the bound itself.
  return 'least' in outside
    ? words('from {0} on', coinText(outside.least, coin, locale, 'up'))
    : words('up to {0}', coinText(outside.most, coin, locale, 'down'));
}

/** Stands behind a figure in the coin. */
function coveredText({ amount, isLeast }: Covered, locale: string): Words {
  const text = formatAmount(roundShort(amount, MOST_PLACES, 'down'), { locale });
  return isLeast ? words('offers: at least {0}', text) : words('offers: {0}', text);
}

/** Whether the term is long enough for it. */
function pays({ term, days }: NonNullable<Costs['breakEven']>): boolean {
  return lte(days, decimal(term));
}

function breakEvenNote(
  breakEven: Costs['breakEven'],
  options: readonly (Option | undefined)[],
): CellNote | null {
  if (breakEven === undefined) {
    return options.some((option) => option?.isUnread === true) ? { text: UNREAD, mark: 'unread' } : null;
  }
  return pays(breakEven)
    ? { text: words('of {0} days', breakEven.term) }
    : { text: words('not in {0} days', breakEven.term), mark: 'weak' };
}

/** Five digits, rounded to the side that is safe: up what is paid or the least, down the most and what is offered. */
function coinText(value: Decimal, coin: string, locale: string, rounding: Rounding): string {
  return formatCoin(roundShort(value, MOST_PLACES, rounding), coin, { locale });
}
