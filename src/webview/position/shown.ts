import type { Decimal } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import {
  type FormatOptions,
  formatCoin,
  formatLevel,
  formatPercent,
  formatPoints,
  formatPrice,
  formatUsd,
} from '../../desk/format';
import type { PositionState } from '../position-contract';
import type { Say } from '../sentences';

const PLACES = 8;
/** Stands for an amount that is hidden; its unit stays. */
const HIDDEN = '•••';

export interface ShownOptions {
  readonly say: Say;
  /** BCP 47. */
  readonly locale: string;
}

/** How the position page writes figures: in the locale, each with its unit, amounts hidden where they are to be. */
export class Shown {
  readonly say: Say;
  readonly locale: string;
  readonly #isHidden: boolean;
  readonly #names: ReadonlyMap<string, string>;

  constructor({ say, locale }: ShownOptions, state: Pick<PositionState, 'areAmountsHidden' | 'names'>) {
    this.say = say;
    this.locale = locale;
    this.#isHidden = state.areAmountsHidden;
    this.#names = new Map(state.names.map(({ coin, shown }) => [coin, shown]));
  }

  words(sentence: Words): string {
    return this.say(sentence);
  }

  /** A coin's name, without what could hide in one. */
  name(coin: string): string {
    return this.#names.get(coin) ?? coin;
  }

  /** What is owed, rounded up. */
  owed(amount: Decimal, coin: string): string {
    return this.#coin(amount, coin, 'up');
  }

  /** What is had or may be taken, rounded down. */
  had(amount: Decimal, coin: string): string {
    return this.#coin(amount, coin, 'down');
  }

  usd(value: Decimal): string {
    return this.#isHidden ? `${HIDDEN} USD` : formatUsd(value, this.locale);
  }

  /** USD for a value that is not known without a price. */
  worth(value: Decimal | undefined): string {
    return value === undefined ? this.say(words('no price')) : this.usd(value);
  }

  /** Market prices are no secret. */
  price(value: Decimal, rounding: 'up' | 'down' | 'half' = 'half'): string {
    return formatPrice(value, this.locale, rounding);
  }

  /** A price that leads to liquidation: with the LTV it tells of the amounts, so it is hidden with them, as in the tree. */
  dangerPrice(value: Decimal, rounding: 'up' | 'down'): string {
    return this.#isHidden ? `${HIDDEN} USD` : formatPrice(value, this.locale, rounding);
  }

  percent(fraction: Decimal): string {
    return formatPercent(fraction, 2, this.locale);
  }

  /** Without idle zeros. */
  level(fraction: Decimal, most = 4): string {
    return formatLevel(fraction, this.locale, most);
  }

  points(fraction: Decimal): string {
    return formatPoints(fraction, this.locale);
  }

  #coin(amount: Decimal, coin: string, rounding: NonNullable<FormatOptions['rounding']>): string {
    if (this.#isHidden) return `${HIDDEN} ${this.name(coin)}`;
    return formatCoin(amount, this.name(coin), { locale: this.locale, maxPlaces: PLACES, rounding });
  }
}
