import { type Decimal, gte, ONE, shift } from '../../bybit/decimal';
import { formatAmount } from '../../desk/format';
import { readSpark } from '../../desk/history/sparkline';
import { annualToHourly } from '../../desk/interest';
import type { Kind, View } from '../contract';

/** Of a fraction in percent. */
const PERCENT = 2;
const PERCENT_PLACES = { year: 2, hour: 6 } as const;
const SMALL_PLACES = 4;

export interface CellStyle {
  readonly locale: string;
  readonly period: View['period'];
}

/** What stands in a cell; its unit stands in the column's head. */
export function cellText(cell: string, kind: Kind, style: CellStyle): string {
  const { locale, period } = style;
  switch (kind) {
    case 'name':
    case 'moment':
    case 'text':
    case 'short':
    case 'long':
      return cell;
    case 'spark':
      return range(cell, style);
    case 'rate':
    case 'ratio': {
      const count = PERCENT_PLACES[kind === 'rate' ? period : 'year'];
      const value = inUnit(cell as Decimal, kind, period);
      return formatAmount(value, { locale, minPlaces: count, maxPlaces: count, rounding: 'half' });
    }
    case 'usd':
      return formatAmount(cell as Decimal, { locale, minPlaces: 2, maxPlaces: 2, rounding: 'half' });
    case 'cost':
      return cost(cell as Decimal, locale);
    case 'days':
      return formatAmount(cell as Decimal, { locale, maxPlaces: 1, rounding: 'up' });
    case 'amount':
    case 'count':
    case 'times':
      return formatAmount(cell as Decimal, { locale });
  }
}

/** The lowest and the highest rate of a small line. */
function range(cell: string, style: CellStyle): string {
  const line = readSpark(cell);
  return line === undefined
    ? ''
    : [line.low, line.high].map((rate) => cellText(rate, 'rate', style)).join(' – ');
}

/** Cents, and digits enough to tell small costs apart; rounded up as a price to pay is. */
function cost(usd: Decimal, locale: string): string {
  const maxPlaces = gte(usd, ONE) ? 2 : SMALL_PLACES;
  return formatAmount(usd, { locale, minPlaces: 2, maxPlaces, rounding: 'up' });
}

/** A cell's number in the unit that stands in the column's head: exact, but for hourly rates, which have 16 decimals. */
export function inUnit(cell: Decimal, kind: Kind, period: View['period']): Decimal {
  if (kind === 'ratio') return shift(cell, PERCENT);
  if (kind !== 'rate') return cell;
  return shift(period === 'hour' ? annualToHourly(cell) : cell, PERCENT);
}
