import { decimal, div, gt, ZERO } from '../bybit/decimal';
import { words } from '../bybit/words';
import type { ParsedAmount } from './parse';
import { readPercent } from './percent-input';

const HUNDRED = decimal('100');
/** Decimals of a percent that may be typed; more than the market has shown (API.md §11, 148017). */
const PERCENT_PLACES = 4;

/** Reads an annual rate typed in percent, with or without the sign: "3.5" and "3.5 %" are the fraction 0.035. */
export function readRate(text: string, locale: string): ParsedAmount {
  const percent = readPercent(text, { locale, maxPlaces: PERCENT_PLACES });
  if ('problem' in percent) return percent;
  if (!gt(percent.value, ZERO)) return { problem: words('The rate must be more than 0 % a year.') };
  return { value: div(percent.value, HUNDRED, PERCENT_PLACES + 2) };
}
