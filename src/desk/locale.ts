/** How a locale writes numbers, always with the digits 0 to 9. */
export interface Marks {
  readonly decimal: string;
  /** Between groups of digits; undefined where the locale does not group. */
  readonly group?: string | undefined;
  /** Before a number below zero. */
  readonly minus: string;
  /** Digits of the last group, and of those before it: 3 and 3, in India 3 and 2. */
  readonly sizes: readonly [last: number, others: number];
  /** Digits before the first mark that it takes to group at all: 1, in Spanish 2. */
  readonly least: number;
}

const known = new Map<string, Marks>();

/** The marks of the locale; English ones where the locale is none. Asks Intl once, since making a format takes milliseconds. */
export function marksOf(locale: string): Marks {
  const found = known.get(locale);
  if (found !== undefined) return found;
  const made = readMarks(locale);
  known.set(locale, made);
  return made;
}

/** Says what the marks of a locale are: a page that is told need not make a format before its first rows. */
export function knowMarks(locale: string, marks: Marks): void {
  known.set(locale, marks);
}

/** A whole number, given as digits with or without a minus, in the marks of the locale. Exact, however long it is. */
export function wholeText(whole: string, locale: string): string {
  const { group, minus, sizes, least } = marksOf(locale);
  const isNegative = whole.startsWith('-');
  const digits = isNegative ? whole.slice(1) : whole;
  const written =
    group === undefined || digits.length < sizes[0] + least ? digits : grouped(digits, group, sizes);
  return isNegative ? `${minus}${written}` : written;
}

/** How many of something there are, in the marks of the locale. */
export function countText(count: number, locale: string): string {
  return wholeText(String(count), locale);
}

function grouped(digits: string, group: string, [last, others]: Marks['sizes']): string {
  let end = digits.length - last;
  let written = digits.slice(end);
  while (end > 0) {
    const start = Math.max(0, end - others);
    written = `${digits.slice(start, end)}${group}${written}`;
    end = start;
  }
  return written;
}

function formatOf(locale: string): Intl.NumberFormat {
  const options: Intl.NumberFormatOptions = { numberingSystem: 'latn', minimumFractionDigits: 1 };
  try {
    return new Intl.NumberFormat(locale, options);
  } catch {
    return new Intl.NumberFormat('en', options);
  }
}

/** How the locale writes moments; as in English where the locale is none. */
export function momentFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    return new Intl.DateTimeFormat('en', options);
  }
}

function readMarks(locale: string): Marks {
  const format = formatOf(locale);
  const parts = format.formatToParts(-123_456_789.5);
  const wholes = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
  const mark = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value;
  // With marks of direction around the minus, where the locale writes them.
  const first = parts.findIndex(({ type }) => type === 'integer');
  const minus = parts.slice(0, first).map(({ value }) => value);
  const least = [1_234, 12_345].findIndex((value) =>
    format.formatToParts(value).some(({ type }) => type === 'group'),
  );
  return {
    decimal: mark('decimal') ?? '.',
    group: mark('group'),
    minus: minus.join(''),
    sizes: [wholes.at(-1) ?? 3, wholes.at(-2) ?? 3],
    least: least < 0 ? 3 : least + 1,
  };
}
