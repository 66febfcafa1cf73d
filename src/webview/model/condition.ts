import { compare, type Decimal, decimal, gt, mul, negate, places, round } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { hourlyToAnnual } from '../../desk/interest';
import { marksOf } from '../../desk/locale';
import { parseAmountInput } from '../../desk/parse';
import { type Column, isNumber, type Kind } from '../contract';
import type { ColumnFilter } from '../look-contract';
import { type CellStyle, inUnit } from './cell-text';

/** What was typed as a filter: null where nothing was. */
export type ReadFilter = { readonly filter: ColumnFilter | null } | { readonly problem: Words };

const PERCENT = decimal('0.01');
/** More than any cell has. */
const MOST_PLACES = 40;
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
 * Reads what a person typed as the filter of a column: text that cells contain, or for numbers `>5`, `<=3`, `2..4`, `2..`,
 * `..4` or `5`, in the unit the column is shown in and the marks of the locale. A problem says what would pass.
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
  const [, sign = '', rest = ''] = /^([<>]=?|[=≤≥])?(.*)$/s.exec(typed) ?? [];
  const value = readNumber(rest, style);
  return typeof value === 'string' ? made(SIGNS.get(sign) ?? '=', value) : value;
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
  if (!gt(least, most)) return made('..', least, most);
  const turned = `${written(most, style.locale)}..${written(least, style.locale)}`;
  return { problem: words('The smaller number comes first: {0}', turned) };
}

function readNumber(text: string, { locale }: CellStyle): Decimal | { readonly problem: Words } {
  const [, minus = '', rest = ''] = /^\s*([-−]?)\s*(.*?)\s*%?$/s.exec(text) ?? [];
  if (rest === '') return { problem: words('A number is missing: {0}', conditionExamples(locale)) };
  if (!/\d/.test(rest))
    return { problem: words('That is no number. These pass: {0}', conditionExamples(locale)) };
  const read = parseAmountInput(rest, { locale, maxPlaces: MOST_PLACES });
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

/** Whether a cell passes. Without a value none does. */
export function passesFilter({ kind, op, values, period }: ColumnFilter): (cell: string | null) => boolean {
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
    const digits = places(asked);
    return (cell) => cell !== null && round(inUnit(cell as Decimal, kind, period), digits, 'half') === asked;
  }
  const low = inCells(asked, kind, period);
  const high = inCells(second as Decimal, kind, period);
  const judge: Readonly<Record<Exclude<ColumnFilter['op'], 'has' | '='>, (cell: Decimal) => boolean>> = {
    '>': (cell) => compare(cell, low) > 0,
    '>=': (cell) => compare(cell, low) >= 0,
    '<': (cell) => compare(cell, low) < 0,
    '<=': (cell) => compare(cell, low) <= 0,
    '..': (cell) => compare(cell, low) >= 0 && compare(cell, high) <= 0,
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
export function filterText({ op, values }: ColumnFilter, locale: string): string {
  const [first = '', second = ''] = values;
  if (op === 'has') return first;
  const from = written(first, locale);
  if (op === '..') return `${from}..${written(second, locale)}`;
  return op === '=' ? from : `${op}${from}`;
}

function written(value: string, locale: string): string {
  return value.replace('.', marksOf(locale).decimal);
}
