import type { LoanableCoin, VipLevel } from '../../../bybit/common';
import { type RateRow, rateRows } from '../../../desk/rates';
import { utcTime } from '../../../desk/utc';
import type { Row } from '../../tree/row';
import type { Choices } from './choices';
import { type CoinContext, coinRow } from './coin-row';
import { matches } from './filter';
import { ordered } from './order';

/** What the list is made from. */
export interface CoinListInput {
  readonly coins: readonly LoanableCoin[];
  readonly vipLevel: VipLevel;
  /** Local epoch milliseconds. */
  readonly readAt: number;
  readonly choices: Choices;
  readonly locale: string;
  readonly standing?: CoinContext['standing'];
}

interface Drawn {
  readonly source: LoanableCoin;
  readonly isFavourite: boolean;
  readonly row: Row;
}

/**
 * The rows of the coins, of which there may be thousands: they are made anew only when what they show has changed, each
 * on its own, so that a reading that changed three rates draws three rows.
 */
export class CoinList {
  #input: CoinListInput | undefined;
  #rows: readonly Row[] = [];
  #drawn = new Map<string, Drawn>();
  #context: CoinContext | undefined;
  #now = 0;

  /** The same rows as before, and the same array, where nothing differs. `now` dates the time of reading. */
  rows(input: CoinListInput, now: number): readonly Row[] {
    const before = this.#input;
    this.#input = input;
    this.#now = now;
    const isSameSource = before?.coins === input.coins;
    const isSameContext = before?.vipLevel === input.vipLevel && before.locale === input.locale;
    if (isSameSource && isSameContext && before.choices === input.choices) return this.#rows;
    if (!isSameContext || this.#context === undefined) {
      this.#drawn = new Map();
      const { locale, vipLevel, standing } = input;
      const readAt = () => utcTime(this.#input?.readAt ?? input.readAt, this.#now);
      this.#context = { locale, vipLevel, readAt, ...(standing === undefined ? {} : { standing }) };
    }
    this.#rows = this.#draw(input, this.#context);
    return this.#rows;
  }

  #draw({ coins, choices }: CoinListInput, context: CoinContext): readonly Row[] {
    const { filter, order, favourites } = choices;
    const found = new Map(coins.filter(matches(filter)).map((coin) => [coin.currency, coin]));
    const rates = rateRows([...found.values()]);
    return ordered(rates, order, favourites).flatMap((row) => {
      const source = found.get(row.coin);
      return source === undefined ? [] : [this.#row(row, source, favourites.has(row.coin), context)];
    });
  }

  #row(rates: RateRow, source: LoanableCoin, isFavourite: boolean, context: CoinContext): Row {
    const known = this.#drawn.get(rates.coin);
    if (known !== undefined && known.isFavourite === isFavourite && isSameCoin(known.source, source)) {
      return known.row;
    }
    const row = coinRow(rates, isFavourite, context);
    this.#drawn.set(rates.coin, { source, isFavourite, row });
    return row;
  }
}

/** Whether two answers say the same of a coin. Fields are texts, numbers and truth values. */
function isSameCoin(a: LoanableCoin, b: LoanableCoin): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
