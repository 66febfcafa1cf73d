import { type Decimal, div, gt, mul, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { figureAndUnit, parseAmountInput } from '../parse';
import type { Prices } from '../snapshot';

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

/**
 * Reads an amount with its coin, "10,000 USDT", "0.5btc" or "500" (US dollars), and a number of days. The problem names what
 * would pass. Coins are known by their price in US dollars: `isWaiting` where prices, undefined then, are not known yet and
 * nothing else is wrong.
 */
export function readCostAsk(
  amountText: string,
  daysText: string,
  { locale, prices }: { readonly locale: string; readonly prices: Prices | undefined },
): { readonly ask: CostAsk } | { readonly problem: Words } | { readonly isWaiting: true } {
  const { figure, unit } = withoutDollar(amountText.trim());
  const amount = parseAmountInput(figure, { locale, maxPlaces: MOST_PLACES });
  if ('problem' in amount) return amount;
  if (!gt(amount.value, ZERO)) return { problem: words('The amount must be more than 0.') };
  const days = /^\d{1,4}$/.test(daysText.trim()) ? Number(daysText) : 0;
  if (days < 1 || days > MOST_DAYS) {
    return { problem: words('The days must be a whole number from 1 to {0}.', String(MOST_DAYS)) };
  }
  if (prices === undefined) return { isWaiting: true };
  const coin = unit === '' || DOLLARS.has(unit.toUpperCase()) ? undefined : named(unit, prices);
  if (coin === null) return { problem: words('No price is known of a coin {0}.', unit) };
  return { ask: { amount: amount.value, coin, days } };
}

function withoutDollar(text: string): ReturnType<typeof figureAndUnit> {
  return text.startsWith('$') ? { figure: text.slice(1), unit: '' } : figureAndUnit(text);
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
