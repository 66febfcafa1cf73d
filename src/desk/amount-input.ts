import { type Decimal, decimal, gt, ZERO } from '../bybit/decimal';
import { words } from '../bybit/words';
import {
  figureAndUnit,
  type ParsedAmount,
  type ParseOptions,
  parseAmountInput,
  shorthandWords,
} from './parse';
import { readPercent } from './percent-input';
import { shareOf } from './shares';

export interface AmountInputOptions extends ParseOptions {
  /** Whose amount it is, as shown to the person. Its name may be typed behind the figure. */
  readonly coin: string;
  /** What `max` and shares are taken of; 0 when nothing is there to take. */
  readonly most: Decimal;
}

const HUNDRED = decimal('100');
const SHARE_PLACES = 4;

/**
 * Reads an amount as {@link parseAmountInput} does, with or without the name of its coin, and besides `max` and shares of the
 * most there is, like `50 %`. Another unit is refused: an amount of another coin must not be taken for one of this.
 */
export function readAmount(text: string, options: AmountInputOptions): ParsedAmount {
  const typed = text.trim().toLowerCase();
  const share = typed === 'max' ? '100' : /%$/.test(typed) ? typed : undefined;
  if (share === undefined) return inOwnCoin(text.trim(), options);
  const percent = readPercent(share, { locale: options.locale, maxPlaces: SHARE_PLACES });
  if ('problem' in percent) return percent;
  if (gt(percent.value, HUNDRED)) return { problem: words('At most 100 %.') };
  if (options.most === ZERO) return { problem: words('There is nothing to take a share of.') };
  return { value: shareOf(options.most, percent.value, options.maxPlaces) };
}

function inOwnCoin(text: string, options: AmountInputOptions): ParsedAmount {
  const { figure, unit } = figureAndUnit(text);
  if (unit === '') return parseAmountInput(text, options);
  if (unit.toLowerCase() === options.coin.toLowerCase()) {
    const inFull = shorthandWords(figure, options);
    return inFull === undefined ? parseAmountInput(figure, options) : { problem: inFull };
  }
  return {
    problem:
      shorthandWords(text, options) ??
      words('This is an amount of {0}: type the figure alone, or with {0} behind it.', options.coin),
  };
}
