import { type Decimal, gt, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { usdWords } from '../../../desk/effect';
import { formatCoin } from '../../../desk/format';
import { COLLATERAL_PLACES } from '../../../desk/limits';
import { coinName } from '../../coin-name';
import type { Choice, Remark } from '../../flow/question';
import { manyStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import { verbatim } from '../../tree/row';
import type { Host } from '../host';

/** The part of a flow's answers that names pledged coins to sell. */
export interface SoldAnswers {
  readonly coin: string | undefined;
  /** Coins to sell, in that order. */
  readonly sold: readonly string[] | undefined;
}

/** Id of the step, and the field of findings on all of its coins. */
export const SOLD = 'collateralCoins';

/** The step that answers a finding's field, e.g. `collateralCoins.ETH`. */
export function soldStepOf(field: string): string | undefined {
  return field === SOLD || field.startsWith(`${SOLD}.`) ? SOLD : undefined;
}

/** The coin to sell that a flow was started with, where it is pledged. */
export function soldToBeginWith({ book }: Host['desk'], sold: string | undefined): SoldAnswers['sold'] {
  const isPledged = book?.collateral.some(({ coin }) => coin === sold) === true;
  return sold !== undefined && isPledged ? [sold] : undefined;
}

/** Which pledged coins to sell; `most` is what they could repay, in the coin of the debt. */
export function soldStep<C extends SoldAnswers>(
  host: Host,
  most: (context: C, picked: readonly string[]) => Decimal,
): Step<C> {
  return manyStep<C, string>(
    SOLD,
    (context) => ({
      placeholder: words('Tick the pledged coins to sell'),
      choices: () => pledgedRows(host),
      isPicked: (coin) => context.sold?.includes(coin) === true,
      remark: (picked) => worth(host, context, picked, most(context, picked)),
    }),
    (context, sold) => ({ ...context, sold }),
  );
}

function pledgedRows({ desk, locale }: Host): Choice<string>[] {
  const { book } = desk;
  if (book === undefined) return [];
  return book.collateral.map(({ coin, amount }) => {
    const usd = usdWords(book, coin, amount, locale);
    const held = formatCoin(amount, coinName(coin), { locale, maxPlaces: COLLATERAL_PLACES });
    return {
      value: coin,
      label: verbatim(coinName(coin)),
      description: [words('{0} pledged', held), ...(usd ? [usd] : [])],
    };
  });
}

/** What the ticked coins would repay. */
function worth(
  { locale }: Host,
  { coin = '' }: SoldAnswers,
  picked: readonly string[],
  most: Decimal,
): Remark {
  if (picked.length === 0)
    return { severity: 'error', words: words('Tick at least one pledged coin to sell') };
  const text = formatCoin(most, coinName(coin), { locale, maxPlaces: COLLATERAL_PLACES });
  return gt(most, ZERO)
    ? { severity: 'info', words: words('They repay up to {0}, before the fee', text) }
    : { severity: 'error', words: words('They are worth nothing that could be told: tick other coins') };
}
