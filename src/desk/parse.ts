import { type Decimal, decimal, parseDecimal, places, round, shift, ZERO } from '../bybit/decimal';
import { type Words, words } from '../bybit/words';
import { formatAmount } from './format';
import { type Marks, marksOf } from './locale';

export interface ParseOptions {
  /** BCP 47 of the person who types. */
  readonly locale: string;
  /** Decimals the amount may have. */
  readonly maxPlaces: number;
  /** What is named as one that would pass; 1234.5 without it. */
  readonly example?: Decimal;
}

export type ParsedAmount = { readonly value: Decimal } | { readonly problem: Words };

/** Spaces people and locales put between digits: plain, no-break, narrow no-break, thin, figure. */
const SPACES = /[\u0020\u00a0\u202f\u2009\u2007]/g;
const APOSTROPHES = /['\u2019]/g;
/** Beyond any amount; keeps what follows small. */
const LONGEST = 80;
const EXAMPLE = decimal('1234.5');

/**
 * Reads an amount as the locale writes it, without sign, exponent, unit or percent. Where the text could mean another
 * number to someone used to other marks, it is refused with words that say what to write: `1,5` in English, `1.5` in
 * German, and `1.500` in English (1500 to a German; nobody needs the zero of 1.5). Zero passes: checks judge it.
 */
export function parseAmountInput(text: string, options: ParseOptions): ParsedAmount {
  const typed = text.replace(SPACES, ' ').replace(APOSTROPHES, "'").trim();
  const marks = plainMarks(marksOf(options.locale));
  const example = formatAmount(options.example ?? EXAMPLE, { locale: options.locale });
  if (typed === '') return { problem: words('Type an amount, for example {0}.', example) };
  if (typed.length > LONGEST) return { problem: words('That is too long for a number.') };
  if (/^[-−]/.test(typed)) return { problem: words('The amount must be more than 0.') };
  if (!/^[\d., ']+$/.test(typed) || !/\d/.test(typed)) {
    return {
      problem: words('Only the digits 0 to 9 and the decimal mark “{0}”: {1}', marks.decimal, example),
    };
  }
  const plain = inPlainForm(typed, marks);
  if (plain === undefined) {
    return {
      problem: words('Unclear. The decimal mark here is “{0}”, for example {1}', marks.decimal, example),
    };
  }
  if (isThousandsElsewhere(typed, marks)) return ambiguous(plain, typed, options.locale);
  return within(plain, options);
}

function within(value: Decimal, { locale, maxPlaces }: ParseOptions): ParsedAmount {
  if (places(value) <= maxPlaces) return { value };
  const passing = round(value, maxPlaces, 'down');
  const text = (shown: Decimal) => formatAmount(shown, { locale, maxPlaces });
  return {
    problem:
      passing === ZERO
        ? words(
            'At most {0} decimals: {1} is the least.',
            String(maxPlaces),
            text(round(value, maxPlaces, 'up')),
          )
        : words('At most {0} decimals: {1} would pass.', String(maxPlaces), text(passing)),
  };
}

function ambiguous(value: Decimal, typed: string, locale: string): ParsedAmount {
  const other = formatAmount(typed.replace(/\D/g, '') as Decimal, { locale });
  return {
    problem: words(
      'This could mean {0} or {1}: leave out the zeros behind the mark, or the mark.',
      formatAmount(value, { locale }),
      other,
    ),
  };
}

type ReadMarks = Pick<Marks, 'decimal' | 'group'>;

function plainMarks(marks: Marks): ReadMarks {
  const group = marks.group?.replace(SPACES, ' ').replace(APOSTROPHES, "'");
  return { decimal: marks.decimal, group };
}

/** Canonical text of what was typed, or undefined when marks are foreign, doubled or in the wrong place. */
function inPlainForm(typed: string, marks: ReadMarks): Decimal | undefined {
  const [whole = '', fraction, ...more] = typed.split(marks.decimal);
  if (more.length > 0 || !/^\d*$/.test(fraction ?? '')) return undefined;
  const digits = ungrouped(whole, marks.group);
  if (digits === undefined) return undefined;
  const rest = fraction === undefined || fraction === '' ? '' : `.${fraction}`;
  return parseDecimal(`${digits === '' ? '0' : digits}${rest}`);
}

/** The digits without group marks; undefined unless they stand where groups end. */
function ungrouped(whole: string, group: string | undefined): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  for (const mark of new Set([group, ' '])) {
    if (mark === undefined || !whole.includes(mark)) continue;
    const [first = '', ...rest] = whole.split(mark);
    const last = rest.at(-1) ?? '';
    const inner = rest.slice(0, -1);
    // Groups of two are Indian; the last has three everywhere.
    const even = inner.every((part) => /^\d{3}$/.test(part)) || inner.every((part) => /^\d{2}$/.test(part));
    if (/^[1-9]\d{0,2}$/.test(first) && /^\d{3}$/.test(last) && even) return whole.split(mark).join('');
  }
  return undefined;
}

/** Whether someone used to the other mark would mean thousands: up to three digits, the mark, three that end in 0. */
function isThousandsElsewhere(typed: string, marks: ReadMarks): boolean {
  const [whole = '', fraction = ''] = typed.split(marks.decimal);
  return /^[1-9]\d{0,2}$/.test(whole) && /^\d{2}0$/.test(fraction);
}

/**
 * What is typed, parted into figure and unit: at the last space, or where the first letter stands ("10 USDT", "0.5btc"). The
 * unit is '' where there is none, and may begin with a digit as names of coins do ("5 1INCH").
 */
export function figureAndUnit(text: string): { readonly figure: string; readonly unit: string } {
  const last =
    /^(.*\S)\s+(\S*[^\s\d.,'’]\S*)$/u.exec(text) ?? /^([\d.,'’\s]*\d)([^\s\d.,'’]\S*)$/u.exec(text);
  return { figure: last?.[1] ?? text, unit: last?.[2] ?? '' };
}

/** More than any amount has; a larger exponent is a slip. */
const MOST_EXPONENT = 18;

/**
 * Of a figure with a thousand or a million as a letter behind it, or an exponent, "10k", "2.5 M", "1e6", the words that say what
 * to write; undefined for anything else. It is never taken for a number: the letter may be a coin's name.
 */
export function shorthandWords(text: string, options: ParseOptions): Words | undefined {
  const typed = text.trim();
  const [, figure, letter, exponent] = /^([\d.,'’\s]*\d)\s*(?:([km])|e\+?(\d{1,2}))$/iu.exec(typed) ?? [];
  if (figure === undefined) return undefined;
  const value = parseAmountInput(figure, options);
  const zeros = exponent === undefined ? (letter?.toLowerCase() === 'k' ? 3 : 6) : Number(exponent);
  if ('problem' in value || zeros > MOST_EXPONENT) return undefined;
  const meant = formatAmount(shift(value.value, zeros), { locale: options.locale });
  return words('“{0}” is not understood: write {1} in full.', typed, meant);
}
