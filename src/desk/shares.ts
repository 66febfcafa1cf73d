import { type Decimal, decimal, div, gte, mul, ONE, type Rounding, round } from '../bybit/decimal';

const HUNDRED = decimal('100');

/** A share in percent of the most there is, rounded down at `places`. All of it is exact, however many decimals it has. */
export function shareOf(most: Decimal, percent: Decimal, places: number): Decimal {
  return percent === HUNDRED ? most : round(div(mul(most, percent), HUNDRED), places, 'down');
}

/**
 * The value with about five digits, for proposals that people read: none of its whole digits is lost, and it never has
 * more than `places` decimals. 4.18273641 up becomes 4.1828.
 */
export function roundShort(value: Decimal, places: number, rounding: Rounding): Decimal {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const digits = gte(value, ONE) ? 5 - whole.length : (/^0*/.exec(fraction)?.[0].length ?? 0) + 5;
  return round(value, Math.min(Math.max(digits, 0), places), rounding);
}
