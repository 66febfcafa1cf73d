import { add, compare, type Decimal, decimal, div, lt, mul, ONE, sub, ZERO } from '../bybit/decimal';
import type { Band, Book, CoinAmount, Debt } from './book';
import { hourlyToAnnual } from './interest';
import { countedValue } from './risk';
import type { Prices, Wallet } from './snapshot';

/** What an account owes, has pledged and has free, each coin with what it is worth: for lists that people read. */

const HOURS_A_DAY = decimal('24');
const HAIRCUT_PLACES = 6;

/** A debt as a list shows it. Amounts are in the coin, `…Usd` in US dollars and undefined without a price. */
export interface DebtLine extends Debt {
  /** Undefined where interest is. */
  readonly principal: Decimal | undefined;
  readonly usd: Decimal | undefined;
  /** Annual fraction. */
  readonly annualRate: Decimal | undefined;
  /** Interest at today's rate. */
  readonly perHour: Decimal | undefined;
  readonly perDayUsd: Decimal | undefined;
}

/** The debts of a book, the largest in USD first, those without a price before all. */
export function debtLines(book: Book): readonly DebtLine[] {
  return book.debts
    .map((debt): DebtLine => {
      const { coin, amount, interest, hourlyRate } = debt;
      const price = book.prices.get(coin);
      const perHour = hourlyRate === undefined ? undefined : mul(amount, hourlyRate);
      return {
        ...debt,
        principal: interest === undefined ? undefined : sub(amount, interest),
        usd: worth(amount, price),
        annualRate: hourlyRate === undefined ? undefined : hourlyToAnnual(hourlyRate),
        perHour,
        perDayUsd: perHour === undefined ? undefined : worth(mul(perHour, HOURS_A_DAY), price),
      };
    })
    .sort((a, b) => byWorth(b.usd, a.usd));
}

/** A pledged coin as a list shows it. */
export interface CollateralLine extends CoinAmount {
  /** At the market, USD; undefined without a price. */
  readonly marketUsd: Decimal | undefined;
  /** After the tiers, USD; undefined when it cannot be valued and counts nothing. */
  readonly countedUsd: Decimal | undefined;
  /** Fraction of the market value that does not count, nearest at 6 decimals. */
  readonly haircut: Decimal | undefined;
  readonly bands: readonly Band[];
}

/** The collateral of a book, what counts most first, what cannot be valued before all. */
export function collateralLines(book: Book): readonly CollateralLine[] {
  return book.collateral
    .map(({ coin, amount }): CollateralLine => {
      const marketUsd = worth(amount, book.prices.get(coin));
      const bands = book.bands.get(coin) ?? [];
      const isValued = marketUsd !== undefined && book.bands.has(coin);
      const countedUsd = isValued ? countedValue(book, coin, amount) : undefined;
      const share =
        marketUsd === undefined || countedUsd === undefined || marketUsd === ZERO
          ? undefined
          : div(countedUsd, marketUsd, HAIRCUT_PLACES);
      return {
        coin,
        amount,
        marketUsd,
        countedUsd,
        haircut: share === undefined ? undefined : sub(ONE, share),
        bands,
      };
    })
    .sort((a, b) => byWorth(b.countedUsd, a.countedUsd));
}

/** A free balance as a list shows it. */
export interface WalletLine extends CoinAmount {
  readonly usd: Decimal | undefined;
  /** Whether the coin counts as collateral; undefined while the rules were not read. */
  readonly pledgeable: boolean | undefined;
}

export interface WalletLines {
  /** The most valuable first; coins without a price after them, since nobody knows that they are dust. */
  readonly lines: readonly WalletLine[];
  /** Worth less than a dollar each. */
  readonly dust: readonly WalletLine[];
  /** Of all coins with a price. */
  readonly usd: Decimal;
  /** Coins without a price: `usd` leaves them out. */
  readonly unpriced: readonly string[];
}

/** The Funding wallet without empty balances. */
export function walletLines(
  wallet: Wallet,
  prices: Prices | undefined,
  bands: ReadonlyMap<string, unknown> | undefined,
): WalletLines {
  const all = [...wallet]
    .filter(([, amount]) => amount !== ZERO)
    .map(
      ([coin, amount]): WalletLine => ({
        coin,
        amount,
        usd: worth(amount, prices?.get(coin)),
        pledgeable: bands?.has(coin),
      }),
    );
  const priced = all.filter(({ usd }) => usd !== undefined).sort((a, b) => byWorth(b.usd, a.usd));
  const unpriced = all.filter(({ usd }) => usd === undefined);
  const isDust = ({ usd }: WalletLine) => usd !== undefined && lt(usd, ONE);
  return {
    lines: [...priced.filter((line) => !isDust(line)), ...unpriced],
    dust: priced.filter(isDust),
    usd: add(...priced.map(({ usd }) => usd ?? ZERO)),
    unpriced: unpriced.map(({ coin }) => coin),
  };
}

function worth(amount: Decimal, price: Decimal | undefined): Decimal | undefined {
  return price === undefined ? undefined : mul(amount, price);
}

/** Ascending; what has no worth is above everything. */
function byWorth(a: Decimal | undefined, b: Decimal | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compare(a, b);
}
