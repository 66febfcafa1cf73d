import {
  add,
  type Decimal,
  decimal,
  div,
  gt,
  gte,
  lt,
  min,
  mul,
  round,
  sub,
  ZERO,
} from '../../bybit/decimal';
import { words } from '../../bybit/words';
import type { Book, CoinAmount } from '../book';
import { credit, release } from '../change';
import { formatUsd } from '../format';
import { MOST_SALE_USD } from '../limits';
import type { Finding } from '../operation';
import { pledgedOf } from '../risk';
import type { Situation } from './definition';
import { coinText, error, warning } from './rules';

/** What repaying with collateral has in common, whatever is repaid. */

/** A repayment, in the coin of the debt, and the pledged coins that are sold for it. */
export interface Sale extends CoinAmount {
  readonly collateralCoins: readonly string[];
}

const PLACES = 18;

/** What the coins fetch at today's prices, without the fee, which is not known; taken in the order they are named. */
export function sell(book: Book, { coin, amount, collateralCoins }: Sale): Book {
  let usd = mul(amount, book.prices.get(coin) ?? ZERO);
  let now = book;
  for (const held of collateralCoins) {
    const price = book.prices.get(held);
    if (price === undefined || price === ZERO || !gt(usd, ZERO)) continue;
    const sold = min(pledgedOf(now, held), div(usd, price, PLACES, 'up'));
    // The proceeds pay the debt: nothing reaches the wallet.
    now = credit(release(now, held, sold), held, sub(ZERO, sold));
    usd = sub(usd, mul(sold, price));
  }
  return now;
}

/** Whether the coins are pledged. */
export function soldCoinFindings({ collateralCoins }: Sale, { book }: Situation): readonly Finding[] {
  if (collateralCoins.length === 0) {
    return [error('collateralCoins', words('Choose at least one pledged coin to sell.'))];
  }
  const seen = new Set<string>();
  return collateralCoins.flatMap((coin) => {
    const field = `collateralCoins.${coin}`;
    if (seen.has(coin)) return [error(field, words('{0} is named twice (148039).', coin))];
    seen.add(coin);
    // A comma would become two coins in the request.
    if (coin === '' || coin.includes(',')) return [error(field, words('Choose a coin.'))];
    return book === undefined || gt(pledgedOf(book, coin), ZERO)
      ? []
      : [error(field, words('No {0} is pledged (148040).', coin))];
  });
}

/** Whether the sale is under the exchange's limit, and the coins are worth it. */
export function soldValueFindings(sale: Sale, situation: Situation): readonly Finding[] {
  const { coin, amount, collateralCoins } = sale;
  const { book, locale } = situation;
  const price = book?.prices.get(coin);
  if (book === undefined || price === undefined || price === ZERO) return [];
  const usd = mul(amount, price);
  if (gte(usd, MOST_SALE_USD)) {
    const passing = coinText(largestBelow(usd, amount), coin, situation);
    return [
      error(
        'amount',
        words(
          'Less than {0} at a time: about {1}, the rest after it (148047).',
          formatUsd(MOST_SALE_USD, locale),
          passing,
        ),
      ),
    ];
  }
  const held = collateralCoins.map((name) => mul(pledgedOf(book, name), book.prices.get(name) ?? ZERO));
  const worth = add(...held);
  if (!lt(worth, usd)) return [];
  const most = coinText(div(worth, price, PLACES, 'down'), coin, situation);
  return [
    error(
      'amount',
      words(
        'The coins to sell are worth {0}: at most {1}, or more coins (148012).',
        formatUsd(worth, locale),
        most,
      ),
    ),
  ];
}

/** A round amount safely under the limit: prices move until it arrives. */
function largestBelow(usd: Decimal, amount: Decimal): Decimal {
  return round(div(mul(amount, mul(MOST_SALE_USD, decimal('0.99'))), usd, PLACES, 'down'), 4, 'down');
}

export function feeWarning(): Finding {
  return warning(
    'collateralCoins',
    words(
      'A fee comes on top, the higher rate of the coins involved; the exchange does not publish it to programs.',
    ),
  );
}
