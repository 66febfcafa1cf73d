import { type Decimal, decimal, div, gt, mul, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { formatAmount } from '../format';
import { figureAndUnit, parseAmountInput, shorthandWords } from '../parse';
import type { Prices } from '../snapshot';
import { amountAndTime, countOfDays } from './typed';

/** What somebody would borrow, and for how long. */
export interface CostAsk {
  /** In `coin`, or in US dollars where none is named. */
  readonly amount: Decimal;
  readonly coin: string | undefined;
  readonly days: number;
}

const DOLLARS = new Set(['USD', '$']);
const MOST_PLACES = 18;
const MOST_DAYS = 3_650;
const EXAMPLE = decimal('10000');

/**
 * Reads an amount with its coin, "10,000 USDT", "USDT 10,000", "0.5btc" or "500" (US dollars), and a number of days, "30" or
 * "30 days". Days behind the amount, "10,000 USDT for 30 days", count instead of those. The problem names what was not understood
 * and what would pass. Coins are known by their price in US dollars: `isWaiting` where prices, undefined then, are not known yet
 * and nothing else is wrong.
 */
export function readCostAsk(
  amountText: string,
  daysText: string,
  { locale, prices }: { readonly locale: string; readonly prices: Prices | undefined },
): { readonly ask: CostAsk } | { readonly problem: Words } | { readonly isWaiting: true } {
  const { amount: typed, time = daysText } = amountAndTime(amountText);
  const { figure, unit } = figureAndCoin(typed);
  const marks = { locale, maxPlaces: MOST_PLACES };
  const inFull = shorthandWords(figure, marks);
  if (inFull !== undefined) return { problem: inFull };
  const odd = /[^\s\d.,'’−-]+/u.exec(figure)?.[0];
  if (odd !== undefined) {
    const example = formatAmount(EXAMPLE, { locale });
    return {
      problem: words(
        '“{0}” is not understood. Type a figure and its coin, for example {1} USDT.',
        odd,
        example,
      ),
    };
  }
  const amount = parseAmountInput(figure, marks);
  if ('problem' in amount) return amount;
  if (!gt(amount.value, ZERO)) return { problem: words('The amount must be more than 0.') };
  const days = readDays(time);
  if ('problem' in days) return days;
  if (prices === undefined) return { isWaiting: true };
  const coin = unit === '' || DOLLARS.has(unit.toUpperCase()) ? undefined : named(unit, prices);
  if (coin === null) {
    const unknown = words('No price is known of a coin {0}.', unit);
    return { problem: shorthandWords(typed, marks) ?? unknown };
  }
  return { ask: { amount: amount.value, coin, days: days.value } };
}

function readDays(text: string): { readonly value: number } | { readonly problem: Words } {
  const { count, unit, isDays } = countOfDays(text);
  if (/^\p{L}/u.test(unit) && !isDays) {
    return {
      problem: words(
        '“{0}” is not understood. The time is counted in days, for example {1} days.',
        unit,
        '30',
      ),
    };
  }
  const value = isDays && /^\d{1,4}$/.test(count) ? Number(count) : 0;
  if (value >= 1 && value <= MOST_DAYS) return { value };
  return { problem: words('The days must be a whole number from 1 to {0}.', String(MOST_DAYS)) };
}

/** The coin may stand on either side; a dollar sign, too. */
function figureAndCoin(text: string): ReturnType<typeof figureAndUnit> {
  if (text.startsWith('$')) return { figure: text.slice(1), unit: '' };
  const [, unit, figure] = /^(\S*\p{L}\S*)\s+(\d[\d.,'’\s]*(?:[km]|e\d+)?)$/iu.exec(text) ?? [];
  return unit === undefined || figure === undefined ? figureAndUnit(text) : { figure, unit };
}

/** The coin as the exchange writes it; null where it is none that has a price. */
function named(unit: string, prices: Prices): string | null {
  if (prices.has(unit)) return unit;
  const upper = unit.toUpperCase();
  return prices.has(upper) ? upper : null;
}

/**
 * What is asked for as an amount of `coin` worth as much, nearest at `places` decimals; undefined where a price is missing
 * or the amount is less than the last decimal.
 */
export function amountIn(coin: string, places: number, ask: CostAsk, prices: Prices): Decimal | undefined {
  if (ask.coin === coin) return ask.amount;
  const own = prices.get(coin);
  const value = ask.coin === undefined ? ask.amount : worth(ask.amount, prices.get(ask.coin));
  if (own === undefined || value === undefined || !gt(own, ZERO)) return undefined;
  const amount = div(value, own, places);
  return gt(amount, ZERO) ? amount : undefined;
}

function worth(amount: Decimal, price: Decimal | undefined): Decimal | undefined {
  return price === undefined ? undefined : mul(amount, price);
}
