import { compare, type Decimal, decimal, gt, mul, negate, places, round } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { hourlyToAnnual } from '../../desk/interest';
import { marksOf } from '../../desk/locale';
import { parseAmountInput } from '../../desk/parse';
import { type Column, isNumber, type Kind } from '../contract';
import { type ColumnFilter, MOST_FILTER_PLACES } from '../look-contract';
import { type CellStyle, inUnit } from './cell-text';

/** What was typed as a filter: null where nothing was. */
export type ReadFilter = { readonly filter: ColumnFilter | null } | { readonly problem: Words };

const PERCENT = decimal('0.01');
const MOST_LETTERS = 200;

const SIGNS: ReadonlyMap<string, ColumnFilter['op']> = new Map([
  ['', '='],
  ['=', '='],
  ['>', '>'],
  ['>=', '>='],
  ['≥', '>='],
  ['<', '<'],
  ['<=', '<='],
  ['≤', '<='],
]);

/**
 * Reads what a person typed as the filter of a column: text that cells contain, or for numbers `>5`, `<=3`, `>1 <3`, `2..4`,
 * `2..`, `..4` or `5`, in the unit the column is shown in and the marks of the locale. A number alone, or with `=`, is meant to the
 * digits that are typed: `5` is what rounds to 5, `5.00` what rounds to 5.00. A problem says what would pass.
 */
export function readFilter(text: string, { id, kind }: Column, style: CellStyle): ReadFilter {
  const typed = text.trim();
  if (typed === '') return { filter: null };
  const made = (op: ColumnFilter['op'], ...values: string[]): ReadFilter => ({
    filter: { column: id, kind, op, values, period: style.period },
  });
  if (!isNumber(kind)) return made('has', typed.slice(0, MOST_LETTERS));
  const range = /^(.*?)(?:\.\.|…)(.*)$/.exec(typed);
  if (range !== null) return readRange(range[1]?.trim() ?? '', range[2]?.trim() ?? '', style, made);
  const both = /^([<>]=?|[≤≥])([^<>≤≥]*)([<>]=?|[≤≥])(.*)$/s.exec(typed) ?? undefined;
  if (both !== undefined) return readBoth(both.slice(1), style, made);
  const [, sign = '', rest = ''] = /^([<>]=?|[=≤≥])?(.*)$/s.exec(typed) ?? [];
  const value = readNumber(rest, style);
  if (typeof value === 'object') return value;
  const op = SIGNS.get(sign) ?? '=';
  const digits = typedPlaces(rest, style.locale);
  const read = made(op, value);
  if (op !== '=' || digits <= places(value) || !('filter' in read) || read.filter === null) return read;
  return { filter: { ...read.filter, places: digits } };
}

/** Digits behind the decimal mark, zeros at the end too. */
function typedPlaces(text: string, locale: string): number {
  const [, digits] = text.split(marksOf(locale).decimal);
  return Math.min((digits ?? '').replace(/\D/g, '').length, MOST_FILTER_PLACES);
}

/** Two comparisons: one from below, one from above. */
function readBoth(
  [firstSign = '', first = '', secondSign = '', second = '']: readonly string[],
  style: CellStyle,
  made: (op: ColumnFilter['op'], ...values: string[]) => ReadFilter,
): ReadFilter {
  const isUpper = (sign: string) => /[<≤]/.test(sign);
  const isTurned = isUpper(firstSign);
  if (isUpper(secondSign) === isTurned)
    return { problem: words('Of two comparisons one goes each way: {0}', '>1 <3') };
  // A mark may stand between the two.
  const one = readNumber(first.trim().replace(/[,;]$/, ''), style);
  const other = readNumber(second, style);
  if (typeof one === 'object') return one;
  if (typeof other === 'object') return other;
  const [low, high] = isTurned ? [other, one] : [one, other];
  const [isLowOut, isHighOut] = [firstSign, secondSign].map((sign) => /^[<>]$/.test(sign));
  const without = outside(isTurned ? isHighOut : isLowOut, isTurned ? isLowOut : isHighOut);
  return ascending(low, high, style, () => {
    const read = made('..', low, high);
    return without === undefined || !('filter' in read) || read.filter === null
      ? read
      : { filter: { ...read.filter, without } };
  });
}

function outside(isLow = false, isHigh = false): ColumnFilter['without'] {
  if (isLow && isHigh) return 'both';
  if (isLow) return 'low';
  return isHigh ? 'high' : undefined;
}

function readRange(
  from: string,
  to: string,
  style: CellStyle,
  made: (op: ColumnFilter['op'], ...values: string[]) => ReadFilter,
): ReadFilter {
  const least = from === '' && to !== '' ? undefined : readNumber(from, style);
  const most = to === '' && from !== '' ? undefined : readNumber(to, style);
  if (typeof least === 'object') return least;
  if (typeof most === 'object') return most;
  if (least === undefined) return made('<=', most ?? '0');
  if (most === undefined) return made('>=', least);
  return ascending(least, most, style, () => made('..', least, most));
}

/** What a range makes, or that its ends are turned. */
function ascending(low: Decimal, high: Decimal, { locale }: CellStyle, made: () => ReadFilter): ReadFilter {
  if (!gt(low, high)) return made();
  const turned = `${written(high, locale)}..${written(low, locale)}`;
  return { problem: words('The smaller number comes first: {0}', turned) };
}

function readNumber(text: string, { locale }: CellStyle): Decimal | { readonly problem: Words } {
  const [, minus = '', rest = ''] = /^\s*([-−]?)\s*(.*?)\s*%?$/s.exec(text) ?? [];
  if (rest === '') return { problem: words('A number is missing: {0}', conditionExamples(locale)) };
  if (!/\d/.test(rest))
    return { problem: words('That is no number. These pass: {0}', conditionExamples(locale)) };
  const read = parseAmountInput(rest, { locale, maxPlaces: MOST_FILTER_PLACES });
  if ('problem' in read) return read;
  return minus === '' ? read.value : negate(read.value);
}

/** Whether the filter was made for this column. */
export function isOf(filter: ColumnFilter, { id, kind }: Column): boolean {
  return filter.column === id && filter.kind === kind;
}

/** What passes as a filter of numbers, for the person to imitate. */
export function conditionExamples(locale: string): string {
  return ['>5', '<=3', `${written(decimal('2.5'), locale)}..4`].join(' · ');
}

/** What a number alone finds, for a person who filters by one. */
export function exactExample(locale: string): Words {
  const [short, close, exact] = [decimal('5'), decimal('5.3'), '5.00'].map((value) => written(value, locale));
  return words(
    'A number alone finds what rounds to it: {0} also {1}, {2} not.',
    short ?? '',
    close ?? '',
    exact ?? '',
  );
}

/** Whether a cell passes. Without a value none does. */
export function passesFilter({
  kind,
  op,
  values,
  period,
  places: typed,
  without,
}: ColumnFilter): (cell: string | null) => boolean {
  const [first = '', second = first] = values;
  if (op === 'has') {
    const part = first.toLowerCase();
    return (cell) => cell?.toLowerCase().includes(part) === true;
  }
  // The contract let only decimals into columns of numbers.
  if (!isNumber(kind)) return () => true;
  const asked = first as Decimal;
  if (op === '=') {
    // To the digits that were typed: what reads 1.38 may be 1.3812.
    const digits = typed ?? places(asked);
    return (cell) => cell !== null && round(inUnit(cell as Decimal, kind, period), digits, 'half') === asked;
  }
  const low = inCells(asked, kind, period);
  const high = inCells(second as Decimal, kind, period);
  const leastLow = without === 'low' || without === 'both' ? 1 : 0;
  const mostHigh = without === 'high' || without === 'both' ? -1 : 0;
  const judge: Readonly<Record<Exclude<ColumnFilter['op'], 'has' | '='>, (cell: Decimal) => boolean>> = {
    '>': (cell) => compare(cell, low) > 0,
    '>=': (cell) => compare(cell, low) >= 0,
    '<': (cell) => compare(cell, low) < 0,
    '<=': (cell) => compare(cell, low) <= 0,
    '..': (cell) => compare(cell, low) >= leastLow && compare(cell, high) <= mostHigh,
  };
  const passes = judge[op];
  return (cell) => cell !== null && passes(cell as Decimal);
}

/** From the unit that is shown to that of the cells, exactly. */
function inCells(value: Decimal, kind: Kind, period: CellStyle['period']): Decimal {
  if (kind !== 'rate' && kind !== 'ratio') return value;
  const fraction = mul(value, PERCENT);
  return kind === 'rate' && period === 'hour' ? hourlyToAnnual(fraction) : fraction;
}

/** The filter as it can be typed again. */
export function filterText({ op, values, places: typed = 0, without }: ColumnFilter, locale: string): string {
  const [first = '', second = ''] = values;
  if (op === 'has') return first;
  const from = written(first, locale);
  if (op === '..') return rangeText(from, written(second, locale), without);
  if (op !== '=') return `${op}${from}`;
  const own = places(first as Decimal);
  const mark = own === 0 && typed > 0 ? marksOf(locale).decimal : '';
  return `${from}${mark}${'0'.repeat(Math.max(0, typed - own))}`;
}

function rangeText(low: string, high: string, without: ColumnFilter['without']): string {
  if (without === undefined) return `${low}..${high}`;
  return `${without === 'high' ? '>=' : '>'}${low} ${without === 'low' ? '<=' : '<'}${high}`;
}

function written(value: string, locale: string): string {
  return value.replace('.', marksOf(locale).decimal);
}
