import { type Words, words } from '../../../bybit/words';
import type { Debt } from '../../../desk/book';
import { usdWords } from '../../../desk/effect';
import { formatCoin, formatPercent } from '../../../desk/format';
import { hourlyToAnnual } from '../../../desk/interest';
import { COLLATERAL_PLACES } from '../../../desk/limits';
import type { Desk } from '../../../desk/operation';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import { verbatim } from '../../tree/row';
import type { Host } from '../host';

/** What is owed as flexible loans, a row a coin. */
export function flexibleDebts({ book }: Desk): readonly Debt[] {
  return book?.debts.filter(({ system }) => system === 'flexible') ?? [];
}

/** The coin that a repayment begins with: the one it was started from, or the only one; undefined when it is asked. */
export function debtToBeginWith(desk: Desk, coin: string | undefined): string | undefined {
  const debts = flexibleDebts(desk);
  const named = debts.find((debt) => debt.coin === coin);
  return (named ?? (debts.length === 1 ? debts[0] : undefined))?.coin;
}

/** A step that picks the debt; none when there is only one. `beside` tells more of each. */
export function debtSteps<C>(
  host: Host,
  beside: (debt: Debt) => readonly Words[],
  coinOf: (context: C) => string | undefined,
  take: (context: C, coin: string) => C,
): readonly Step<C>[] {
  if (flexibleDebts(host.desk).length < 2) return [];
  const step = pickStep<C, string>(
    'coin',
    (context) => ({
      placeholder: words('Which debt to repay?'),
      choices: () => flexibleDebts(host.desk).map((debt) => debtRow(debt, host, beside(debt))),
      isCurrent: (coin) => coin === coinOf(context),
    }),
    take,
  );
  return [step];
}

function debtRow(debt: Debt, { desk, locale }: Host, beside: readonly Words[]): Choice<string> {
  const owed = formatCoin(debt.amount, coinName(debt.coin), {
    locale,
    maxPlaces: COLLATERAL_PLACES,
    rounding: 'up',
  });
  return {
    value: debt.coin,
    label: verbatim(coinName(debt.coin)),
    description: [words('{0} owed', owed), ...debtWords(debt, desk, locale), ...beside],
  };
}

/** What a debt is worth and costs. */
export function debtWords(
  { coin, amount, hourlyRate }: Debt,
  desk: Pick<Desk, 'book'>,
  locale: string,
): readonly Words[] {
  const usd = desk.book === undefined ? undefined : usdWords(desk.book, coin, amount, locale);
  const rate =
    hourlyRate === undefined
      ? []
      : [words('{0} a year', formatPercent(hourlyToAnnual(hourlyRate), 2, locale))];
  return [...(usd ? [usd] : []), ...rate];
}
