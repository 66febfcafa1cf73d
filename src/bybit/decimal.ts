import Big from 'big.js';

/**
 * A decimal number as text in one canonical form: optional minus, digits, optional point and digits; no exponent,
 * no leading or trailing zeros, never "-0". Two `Decimal`s are equal exactly when the strings are. Money, rates,
 * ratios and prices are `Decimal` from wire to screen; see API.md §6.
 */
export type Decimal = string & { readonly __decimal: unique symbol };

/** How a result that does not fit is rounded: toward zero, away from zero, or to nearest with halves away from zero. */
export type Rounding = 'down' | 'up' | 'half';

// A constructor of our own, so that no other user of big.js can change its settings or be changed by ours.
const D = Big();
D.NE = -1000;
D.PE = 1000;

const SHAPE = /^-?\d{1,80}(?:\.\d{1,80})?(?:[eE][+-]?\d{1,2})?$/;
const CANONICAL = /^-?(?:0|[1-9]\d{0,999})(?:\.\d{0,999}[1-9])?$/;
const MODE = { down: Big.roundDown, half: Big.roundHalfUp, up: Big.roundUp } as const;
// The quotient is rounded once, in the caller's mode: one constructor for each, since big.js keeps the mode there.
function divider(mode: (typeof MODE)[Rounding]) {
  const Divider = Big();
  Divider.RM = mode;
  return Divider;
}
const DIVIDE = { down: divider(MODE.down), half: divider(MODE.half), up: divider(MODE.up) } as const;

function canonical(value: Big): Decimal {
  const text = value.toFixed();
  if (!text.includes('.')) return (text === '-0' ? '0' : text) as Decimal;
  const trimmed = text.replace(/\.?0+$/, '');
  return (trimmed === '-0' || trimmed === '' ? '0' : trimmed) as Decimal;
}

/**
 * Reads a decimal number as the exchange writes it: ASCII digits, a point, at most 80 digits on either side, an
 * exponent of at most two digits. Returns undefined for everything else ("", " 1", "0x10", "NaN", full-width digits).
 */
export function parseDecimal(text: string): Decimal | undefined {
  return SHAPE.test(text) ? canonical(new D(text)) : undefined;
}

/** Whether the text is a decimal number in the canonical form already, as our own parts hand it to each other. */
export function isDecimal(text: string): text is Decimal {
  return CANONICAL.test(text) && text !== '-0';
}

/** As {@link parseDecimal}, for text known to be a number. Throws RangeError when it is not. */
export function decimal(text: string | number | bigint): Decimal {
  if (typeof text === 'number' && !Number.isSafeInteger(text)) {
    throw new RangeError('Only whole numbers become decimals without text.');
  }
  const value = parseDecimal(String(text));
  if (value === undefined) throw new RangeError('Not a decimal number.');
  return value;
}

export const ZERO: Decimal = decimal('0');
export const ONE: Decimal = decimal('1');

/** a + b + …, exact. */
export function add(...values: readonly Decimal[]): Decimal {
  return canonical(values.reduce((sum, value) => sum.plus(value), new D('0')));
}

/** a - b, exact. */
export function sub(a: Decimal, b: Decimal): Decimal {
  return canonical(new D(a).minus(b));
}

/** a × b × …, exact. */
export function mul(...values: readonly Decimal[]): Decimal {
  return canonical(values.reduce((product, value) => product.times(value), new D('1')));
}

/** a / b with at most `places` decimals. Throws RangeError when b is zero. */
export function div(a: Decimal, b: Decimal, places = 40, rounding: Rounding = 'half'): Decimal {
  if (b === ZERO) throw new RangeError('Division by zero.');
  const Divider = DIVIDE[rounding];
  Divider.DP = places;
  return canonical(new Divider(a).div(b));
}

/**
 * The value with at most `most` decimals (0 or more). Works on the text alone, because every figure on a screen is rounded
 * with it.
 */
export function round(value: Decimal, most: number, rounding: Rounding): Decimal {
  const point = value.indexOf('.');
  if (point < 0 || value.length - point - 1 <= most) return value;
  const sign = value.startsWith('-') ? '-' : '';
  const kept = value.slice(sign.length, point) + value.slice(point + 1, point + 1 + most);
  // What is cut off is never zero: a canonical text does not end in one.
  const isAway = rounding === 'up' || (rounding === 'half' && (value[point + 1 + most] ?? '') >= '5');
  const digits = isAway ? String(BigInt(kept) + 1n).padStart(kept.length, '0') : kept;
  return written(sign, digits, most);
}

/** value × 10^by, exact; `by` is 0 or more. Works on the text alone: a rate becomes a percentage with it. */
export function shift(value: Decimal, by: number): Decimal {
  const sign = value.startsWith('-') ? '-' : '';
  const point = value.indexOf('.');
  const whole = point < 0 ? value.slice(sign.length) : value.slice(sign.length, point);
  const fraction = point < 0 ? '' : value.slice(point + 1);
  return written(sign, whole + fraction.padEnd(by, '0'), Math.max(0, fraction.length - by));
}

/** The canonical text of digits of which so many stand behind the point. */
function written(sign: string, digits: string, behind: number): Decimal {
  const at = digits.length - behind;
  const whole = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const fraction = digits.slice(at).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return (text === '0' ? '0' : `${sign}${text}`) as Decimal;
}

export function negate(value: Decimal): Decimal {
  return sub(ZERO, value);
}

export function abs(value: Decimal): Decimal {
  return canonical(new D(value).abs());
}

/**
 * -1, 0 or 1 as a is below, equal to or above b. Works on the text alone, because tables of thousands of rows are sorted
 * with it: the canonical form makes it the order of sign, length of the whole part, digits.
 */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  if (a === b) return 0;
  const negative = a.startsWith('-');
  if (negative !== b.startsWith('-')) return negative ? -1 : 1;
  return isBelow(a, b) === negative ? 1 : -1;
}

/** Whether a's digits are below b's; both of one sign, and not the same. */
function isBelow(a: Decimal, b: Decimal): boolean {
  const wholeA = a.indexOf('.');
  const wholeB = b.indexOf('.');
  const lengthA = wholeA < 0 ? a.length : wholeA;
  const lengthB = wholeB < 0 ? b.length : wholeB;
  return lengthA === lengthB ? a < b : lengthA < lengthB;
}

export const lt = (a: Decimal, b: Decimal): boolean => compare(a, b) < 0;
export const lte = (a: Decimal, b: Decimal): boolean => compare(a, b) <= 0;
export const gt = (a: Decimal, b: Decimal): boolean => compare(a, b) > 0;
export const gte = (a: Decimal, b: Decimal): boolean => compare(a, b) >= 0;

export function min(first: Decimal, ...rest: readonly Decimal[]): Decimal {
  return rest.reduce((least, value) => (lt(value, least) ? value : least), first);
}

export function max(first: Decimal, ...rest: readonly Decimal[]): Decimal {
  return rest.reduce((most, value) => (gt(value, most) ? value : most), first);
}

/** How many digits stand behind the point. */
export function places(value: Decimal): number {
  const point = value.indexOf('.');
  return point < 0 ? 0 : value.length - point - 1;
}
