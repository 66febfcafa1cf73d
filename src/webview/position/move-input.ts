import { type Decimal, decimal, gt, lt, lte, negate, ZERO } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import { formatAmount } from '../../desk/format';
import type { ParsedAmount } from '../../desk/parse';
import { readPercent } from '../../desk/percent-input';

const PLACES = 4;
const HUNDRED = decimal('100');
/** Percent; what a price could do beyond helps nobody to decide. */
const MOST = decimal('10000');
const EXAMPLE = decimal('60');

/**
 * A move of a price as typed, in percent: "-30", "+2.5 %", with the marks of the locale. Nothing typed is no move. The problem
 * says what would pass.
 */
export function readMove(text: string, locale: string): ParsedAmount {
  const [, sign = '', size = ''] = /^\s*([+\-−–]?)\s*(.*)$/s.exec(text) ?? [];
  if (size.trim() === '' && sign === '') return { value: ZERO };
  const read = readPercent(size, { locale, maxPlaces: PLACES });
  if ('problem' in read) return read;
  const isFall = sign !== '' && sign !== '+';
  if (isFall && gt(read.value, HUNDRED)) return { problem: words('A price falls by 100 % at most.') };
  if (gt(read.value, MOST)) {
    return { problem: words('At most {0} %.', formatAmount(MOST, { locale })) };
  }
  return { value: isFall ? negate(read.value) : read.value };
}

/** A move as {@link readMove} reads it, with its sign. */
export function moveText(percent: Decimal, locale: string): string {
  const text = formatAmount(percent, { locale, maxPlaces: PLACES });
  return gt(percent, ZERO) ? `+${text}` : lt(percent, ZERO) ? text.replace('-', '−') : text;
}

/** A target LTV as typed, in percent: above 0 and up to 100. */
export function readTarget(text: string, locale: string): ParsedAmount {
  const read = readPercent(text, { locale, maxPlaces: PLACES, example: EXAMPLE });
  if ('problem' in read) return read;
  const isWithin = gt(read.value, ZERO) && lte(read.value, HUNDRED);
  return isWithin ? read : { problem: words('Type a percentage above 0 and up to 100.') };
}
