/** The marks a locale writes numbers with, always with the digits 0 to 9. */
export interface Marks {
  readonly decimal: string;
  /** Between groups of digits; undefined where the locale does not group. */
  readonly group: string | undefined;
}

const wholes = new Map<string, Intl.NumberFormat>();
const marks = new Map<string, Marks>();

/** A format of whole numbers in the locale with ASCII digits; English where the locale is no locale. */
export function wholeFormat(locale: string): Intl.NumberFormat {
  const known = wholes.get(locale);
  if (known !== undefined) return known;
  const made = makeFormat(locale, 0);
  wholes.set(locale, made);
  return made;
}

function makeFormat(locale: string, places: number): Intl.NumberFormat {
  const options: Intl.NumberFormatOptions = {
    numberingSystem: 'latn',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  };
  try {
    return new Intl.NumberFormat(locale, options);
  } catch {
    return new Intl.NumberFormat('en', options);
  }
}

/** The marks of the locale. */
export function marksOf(locale: string): Marks {
  const known = marks.get(locale);
  if (known !== undefined) return known;
  const parts = makeFormat(locale, 1).formatToParts(12345678.5);
  const made = {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value,
  };
  marks.set(locale, made);
  return made;
}
