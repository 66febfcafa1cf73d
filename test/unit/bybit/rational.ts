import type { Rounding } from '../../../src/bybit/decimal';

/** A decimal number as a whole number over a power of ten: an oracle that shares nothing with big.js. */
export interface Rational {
  readonly digits: bigint;
  readonly scale: number;
}

/** Reads plain decimal text, with an optional exponent. */
export function rational(text: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) throw new Error(`no number: ${text}`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The one way to write it: no exponent, no needless zeros, no "-0". */
export function written({ digits, scale }: Rational): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const [whole, fraction] = [text.slice(0, text.length - scale), text.slice(text.length - scale)];
  const trimmed = fraction.replace(/0+$/, '');
  return `${sign}${whole}${trimmed === '' ? '' : `.${trimmed}`}`;
}

function aligned(a: Rational, b: Rational): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale];
}

export function sum(a: Rational, b: Rational): Rational {
  const [x, y, scale] = aligned(a, b);
  return { digits: x + y, scale };
}

export function product(a: Rational, b: Rational): Rational {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

export function order(a: Rational, b: Rational): -1 | 0 | 1 {
  const [x, y] = aligned(a, b);
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

/** a / b at `places` decimals. */
export function quotient(a: Rational, b: Rational, places: number, rounding: Rounding): Rational {
  const [x, y] = aligned(a, b);
  const above = (x < 0n ? -x : x) * 10n ** BigInt(places);
  const below = y < 0n ? -y : y;
  const rest = above % below;
  const isUp = rounding === 'up' ? rest > 0n : rounding === 'half' && rest * 2n >= below;
  const size = above / below + (isUp ? 1n : 0n);
  return { digits: x < 0n !== y < 0n ? -size : size, scale: places };
}
