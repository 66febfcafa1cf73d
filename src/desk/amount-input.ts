import { type Decimal, decimal, gt, ZERO } from '../bybit/decimal';
import { words } from '../bybit/words';
import { type ParsedAmount, type ParseOptions, parseAmountInput } from './parse';
import { shareOf } from './shares';

export interface AmountInputOptions extends ParseOptions {
  /** What `max` and shares are taken of; 0 when nothing is there to take. */
  readonly most: Decimal;
}

const HUNDRED = decimal('100');
const SHARE_PLACES = 4;

/** Reads an amount as {@link parseAmountInput} does, and besides `max` and shares of the most there is, like `50 %`. */
export function readAmount(text: string, options: AmountInputOptions): ParsedAmount {
  const typed = text.trim().toLowerCase();
  const share = typed === 'max' ? '100' : /^(.*)%$/.exec(typed)?.[1];
  if (share === undefined) return parseAmountInput(text, options);
  const percent = parseAmountInput(share, { locale: options.locale, maxPlaces: SHARE_PLACES });
  if ('problem' in percent) return percent;
  if (gt(percent.value, HUNDRED)) return { problem: words('At most 100 %.') };
  if (options.most === ZERO) return { problem: words('There is nothing to take a share of.') };
  return { value: shareOf(options.most, percent.value, options.maxPlaces) };
}
