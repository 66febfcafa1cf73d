import { add, type Decimal, mul, ZERO } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import type { CoinAmount } from '../../../desk/book';
import { formatCoin, formatPercent, formatUsd } from '../../../desk/format';
import type { Loan } from '../../../desk/loans/loan';
import { owedByCoin } from '../../../desk/loans/loans';
import type { Prices } from '../../../desk/snapshot';
import { utcMinute } from '../../../desk/utc';
import { coinName } from '../../coin-name';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import type { LoansView } from './section';

/** How rows of loans say amounts, rates and dates. */

const PLACES = 10;
const HOUR_MS = 3_600_000;
/** What is due this soon is marked. */
const SOON_MS = 72 * HOUR_MS;

/** An amount that is owed, rounded up. */
export function owedText(amount: Decimal, coin: string, locale: string): string {
  return formatCoin(amount, coinName(coin), { locale, maxPlaces: PLACES, rounding: 'up' });
}

/** An amount that is had, rounded down. */
export function hadText(amount: Decimal, coin: string, locale: string): string {
  return formatCoin(amount, coinName(coin), { locale, maxPlaces: PLACES, rounding: 'down' });
}

export function rateWords(annualRate: Decimal, locale: string): Words {
  return words('{0} a year', formatPercent(annualRate, 2, locale));
}

/** "due in 5 d", or that it is past; both times in epoch milliseconds of the exchange. */
export function dueWords(due: number, now: number): Words {
  const ms = due - now;
  if (ms <= 0) return words('due date passed');
  if (ms < HOUR_MS) return words('due in {0} min', String(Math.ceil(ms / 60_000)));
  if (ms < 48 * HOUR_MS) return words('due in {0} h', String(Math.floor(ms / HOUR_MS)));
  return words('due in {0} d', String(Math.floor(ms / (24 * HOUR_MS))));
}

/** When a loan is due, or for how long it has been overdue: hours count then. Undefined without a due date. */
export function loanDueWords({ status, due }: Pick<Loan, 'status' | 'due'>, now: number): Words | undefined {
  if (status !== 'overdue') return due === undefined ? undefined : dueWords(due, now);
  const hours = due === undefined ? 0 : Math.floor((now - due) / HOUR_MS);
  return hours < 1 ? words('overdue') : words('overdue for {0} h', String(hours));
}

/**
 * What a group of loans comes to: how many are overdue or when the next is due, and what they are worth together. What
 * presses stands first, since a narrow side bar cuts off the rest. The loans come in the order in which they are due.
 */
export function groupWords(view: LoansView, loans: readonly Loan[]): readonly Words[] {
  const [next] = loans;
  if (next === undefined) return [];
  const now = view.desk.serverNow;
  const late = loans.filter(({ status }) => status === 'overdue').length;
  const due = late > 0 ? words('{0} overdue', String(late)) : loanDueWords(next, now);
  const worth = worthWords(
    view,
    loans.map(({ coin, owed }) => ({ coin, amount: owed })),
  );
  return texts(due, worth);
}

/** What is owed in a group by coin, as a line of its tooltip; none when nothing is. */
export function owedLine(loans: readonly Loan[], locale: string): readonly Text[] {
  if (loans.length === 0) return [];
  const sums = owedByCoin(loans).map(({ coin, amount }) => verbatim(owedText(amount, coin, locale)));
  return [[words('Owed together'), ...sums]];
}

export function isDueSoon(due: number | undefined, now: number): boolean {
  return due !== undefined && due - now < SOON_MS;
}

/** The rows under a loan as lines of its tooltip: name and figure side by side. */
export function lines(rows: readonly Row[]): readonly Text[] {
  return rows.map(({ label, description = [] }) => [
    label,
    ...('text' in description ? [description] : description),
  ]);
}

/** The moment itself, UTC. */
export function dateRow(id: string, label: Words, time: number | undefined): readonly Row[] {
  return time === undefined ? [] : [{ id, label, description: verbatim(utcMinute(time)) }];
}

export function amountRow(id: string, label: Words, text: string | undefined): readonly Row[] {
  return text === undefined ? [] : [{ id, label, description: verbatim(text) }];
}

export function rateRow(annualRate: Decimal | undefined, locale: string): readonly Row[] {
  if (annualRate === undefined) return [];
  return [{ id: 'rate', label: words('Rate'), description: rateWords(annualRate, locale) }];
}

export function pricesOf({ desk }: LoansView): Prices | undefined {
  return desk.book?.prices ?? desk.snapshot.parts.prices.value;
}

/** What amounts are worth together, USD; says when a price is missing. */
export function worthWords(view: LoansView, amounts: readonly CoinAmount[]): Words {
  const prices = pricesOf(view);
  const values = amounts.map(({ coin, amount }) => {
    const price = prices?.get(coin);
    return price === undefined ? undefined : mul(amount, price);
  });
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 && values.length > 0) return words('no price');
  const sum = formatUsd(add(...known, ZERO), view.locale);
  return known.length === values.length ? verbatim(sum) : words('{0} and coins without a price', sum);
}
