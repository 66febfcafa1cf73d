/** The marks a locale writes numbers with, always with the digits 0 to 9. */
export interface Marks {
  readonly decimal: string;
  /** Between groups of digits; undefined where the locale does not group. */
  readonly group: string | undefined;
}

/** One format a locale, since making one takes milliseconds. */
const formats = new Map<string, Intl.NumberFormat>();
const marks = new Map<string, Marks>();

/** A format of one decimal in the locale with ASCII digits; English where the locale is no locale. */
function formatOf(locale: string): Intl.NumberFormat {
  const known = formats.get(locale);
  if (known !== undefined) return known;
  const made = makeFormat(locale);
  formats.set(locale, made);
  return made;
}

function makeFormat(locale: string): Intl.NumberFormat {
  const options: Intl.NumberFormatOptions = {
    numberingSystem: 'latn',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  };
  try {
    return new Intl.NumberFormat(locale, options);
  } catch {
    return new Intl.NumberFormat('en', options);
  }
}

/** A whole number, given as text with or without a minus, in the marks of the locale. Exact, however long it is. */
export function wholeText(whole: string, locale: string): string {
  // Intl takes an integer as text exactly (ES2023); as a number it would become a float.
  const written = formatOf(locale).format(whole as Intl.StringNumericLiteral);
  return written.slice(0, -(marksOf(locale).decimal.length + 1));
}

/** The marks of the locale. */
export function marksOf(locale: string): Marks {
  const known = marks.get(locale);
  if (known !== undefined) return known;
  const parts = formatOf(locale).formatToParts(12345678.5);
  const made = {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value,
  };
  marks.set(locale, made);
  return made;
}
