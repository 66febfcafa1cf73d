import {
  abs,
  type Decimal,
  decimal,
  gte,
  lt,
  ONE,
  type Rounding,
  round,
  shift,
  ZERO,
} from '../bybit/decimal';
import { type Words, words } from '../bybit/words';
import { marksOf, wholeText } from './locale';

export interface FormatOptions {
  /** BCP 47, e.g. `vscode.env.language`; English without one. */
  readonly locale?: string;
  /** Most decimals shown, 0 to 80; 18 without. */
  readonly maxPlaces?: number;
  /** Least decimals shown; none without. */
  readonly minPlaces?: number;
  /** `down` without: right for what one has or may take. Debt and interest are rounded `up`. */
  readonly rounding?: Rounding;
}

const MOST_PLACES = 18;
const HUNDRED = decimal('100');
/** Decimals of a fraction that become whole in percent. */
const PERCENT = 2;
const CENT = decimal('0.01');

/** The amount in the locale's marks, e.g. "1,234.5". Exact up to `maxPlaces`, then rounded as named. */
export function formatAmount(value: Decimal, options: FormatOptions = {}): string {
  const { locale = 'en', maxPlaces = MOST_PLACES, minPlaces = 0, rounding = 'down' } = options;
  const shown = round(value, maxPlaces, rounding);
  const [whole = '', fraction = ''] = shown.split('.');
  // Digits behind the mark need no marks of their own, so one format serves all amounts.
  const head = wholeText(whole, locale);
  const digits = fraction.padEnd(Math.min(minPlaces, maxPlaces), '0');
  return digits === '' ? head : `${head}${marksOf(locale).decimal}${digits}`;
}

/** The amount with its coin, e.g. "0.1 BTC". */
export function formatCoin(value: Decimal, coin: string, options: FormatOptions = {}): string {
  return `${formatAmount(value, options)} ${coin}`;
}

/**
 * US dollars with two decimals, nearest: "9,638.17 USD". What is less than a cent shows its first two digits instead,
 * so that the interest of an hour is not "0.00".
 */
export function formatUsd(value: Decimal, locale = 'en'): string {
  const count = value !== ZERO && lt(abs(value), CENT) ? leadingZeros(value) + 2 : 2;
  return `${formatAmount(value, { locale, maxPlaces: count, minPlaces: 2, rounding: 'half' })} USD`;
}

function leadingZeros(value: Decimal): number {
  return /\.(0*)/.exec(value)?.[1]?.length ?? 0;
}

/** A fraction in percent, nearest: 0.524344 is "52.43 %". */
export function formatPercent(fraction: Decimal, count = 2, locale = 'en'): string {
  const value = shift(fraction, PERCENT);
  return `${formatAmount(value, { locale, maxPlaces: count, minPlaces: count, rounding: 'half' })} %`;
}

/** In percent to its last digit, with two decimals at least: what a person named is not rounded. 0.08125 is "8.125 %". */
export function formatExactPercent(fraction: Decimal, locale = 'en'): string {
  return `${formatAmount(shift(fraction, PERCENT), { locale, maxPlaces: MOST_PLACES, minPlaces: 2 })} %`;
}

/** In percent without idle zeros, nearest at `most` decimals: 0.8 is "80 %", 0.825 is "82.5 %". */
export function formatLevel(fraction: Decimal, locale = 'en', most = MOST_PLACES): string {
  return `${formatAmount(shift(fraction, PERCENT), { locale, maxPlaces: most, rounding: 'half' })} %`;
}

/** A difference of two percentages, nearest: 0.2757 is "27.57 points". The word is the caller's, the number is here. */
export function formatPoints(fraction: Decimal, locale = 'en'): string {
  return formatAmount(shift(fraction, PERCENT), { locale, maxPlaces: 2, minPlaces: 2, rounding: 'half' });
}

const MOST_PRICE_PLACES = 18;

/**
 * A price in US dollars with enough digits to tell two of them apart: two decimals from 100 USD on, four from 1 USD on, five
 * digits below. `rounding` is to the safe side where there is one.
 */
export function formatPrice(value: Decimal, locale = 'en', rounding: Rounding = 'half'): string {
  const size = abs(value);
  const most = gte(size, HUNDRED) ? 2 : gte(size, ONE) ? 4 : leadingZeros(value) + 5;
  const maxPlaces = Math.min(most, MOST_PRICE_PLACES);
  return `${formatAmount(value, { locale, maxPlaces, minPlaces: 2, rounding })} USD`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, from milliseconds passed; a negative age (a clock set back) counts as now. */
export function formatAge(ms: number): Words {
  if (ms < 5 * SECOND) return words('just now');
  if (ms < MINUTE) return words('{0} s ago', String(Math.floor(ms / SECOND)));
  if (ms < HOUR) return words('{0} min ago', String(Math.floor(ms / MINUTE)));
  if (ms < DAY) return words('{0} h ago', String(Math.floor(ms / HOUR)));
  return words('{0} d ago', String(Math.floor(ms / DAY)));
}
