import type { LoanableCoin } from '../../bybit/common';
import { type Decimal, gt, lte, places, round, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { CoinAmount } from '../book';
import { formatCoin } from '../format';
import { COLLATERAL_PLACES } from '../limits';
import type { Finding } from '../operation';
import type { Situation } from './definition';

/** Rules that several operations share. Each gives what it found; a code at the end names the exchange's own refusal. */

export function error(field: string, what: Words): Finding {
  return { severity: 'error', field, words: what };
}

export function warning(field: string, what: Words): Finding {
  return { severity: 'warning', field, words: what };
}

/** An amount with its coin in the person's marks. `most` is rounded down, what is owed up. */
export function coinText(value: Decimal, coin: string, { locale }: { readonly locale: string }): string {
  return formatCoin(value, coin, { locale, maxPlaces: COLLATERAL_PLACES });
}

export function exactText(value: Decimal, coin: string, { locale }: { readonly locale: string }): string {
  return formatCoin(value, coin, { locale, maxPlaces: 80 });
}

export function coinNamed(field: string, coin: string): readonly Finding[] {
  return coin === '' ? [error(field, words('Choose a coin.'))] : [];
}

export function positive(field: string, amount: Decimal): readonly Finding[] {
  return gt(amount, ZERO) ? [] : [error(field, words('The amount must be more than 0.'))];
}

/** At most so many decimals; says the next lower amount that passes, if there is one. */
export function fits(
  field: string,
  { coin, amount }: CoinAmount,
  most: number,
  code: string,
  situation: Situation,
): readonly Finding[] {
  if (places(amount) <= most) return [];
  const lower = round(amount, most, 'down');
  if (lower === ZERO) return [error(field, words('At most {0} decimals ({1}).', String(most), code))];
  const passing = exactText(lower, coin, situation);
  return [error(field, words('At most {0} decimals: {1} would pass ({2}).', String(most), passing, code))];
}

/** The Funding wallet holds it. Says nothing while the wallet is not known. */
export function inWallet(
  field: string,
  { coin, amount }: CoinAmount,
  code: string,
  situation: Situation,
): readonly Finding[] {
  if (situation.snapshot.parts.wallet.value === undefined) return [];
  const free = situation.snapshot.parts.wallet.value.get(coin) ?? ZERO;
  if (lte(amount, free)) return [];
  const held = coinText(free, coin, situation);
  return [error(field, words('The Funding wallet holds {0} ({1}).', held, code))];
}

/** The coin is one that the exchange takes as collateral. Says nothing while the rules are not known. */
export function acceptedAsCollateral(field: string, coin: string, { book }: Situation): readonly Finding[] {
  if (book === undefined || book.bands.has(coin)) return [];
  return [error(field, words('{0} is not accepted as collateral (148004).', coin))];
}

/** The platform takes more collateral (`colRes`, API.md §6). */
export function collateralOpen(field: string, { snapshot }: Situation): readonly Finding[] {
  const state = snapshot.parts.position.value?.colRes;
  if (state === '2') {
    return [
      error(field, words('The platform takes no more of this collateral now: choose another coin (148048).')),
    ];
  }
  return state === '1'
    ? [warning(field, words('The platform is close to its limit for collateral and may refuse more.'))]
    : [];
}

/** The row of a coin at the account's tier; undefined while the coins are not known. */
export function coinRow(coin: string, { snapshot }: Situation): LoanableCoin | undefined {
  return snapshot.parts.coins.value?.find((row) => row.currency === coin);
}
