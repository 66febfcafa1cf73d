import { type Words, words } from '../../../bybit/words';
import { formatCoin, formatPercent } from '../../../desk/format';
import { type RateRow, rateRows } from '../../../desk/rates';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import { verbatim } from '../../tree/row';
import type { Host } from '../host';

/** A step that picks the coin to borrow: favourites first, then coins that are owed already, then all others. */
export function borrowableCoinStep<C>(
  id: string,
  host: Host,
  placeholder: Words,
  isOffered: (row: RateRow) => boolean,
  coinOf: (context: C) => string | undefined,
  take: (context: C, coin: string) => C,
  kind: 'flexible' | 'fixed' = 'flexible',
): Step<C> {
  return pickStep<C, string>(
    id,
    (context) => ({
      placeholder,
      choices: () => rows(host, isOffered, kind),
      isCurrent: (coin) => coin === coinOf(context),
    }),
    take,
  );
}

function rows(
  { desk, favourites, locale }: Host,
  isOffered: (row: RateRow) => boolean,
  kind: 'flexible' | 'fixed',
): Choice<string>[] {
  const all = rateRows(desk.snapshot.parts.coins.value ?? []).filter(isOffered);
  const stars = favourites();
  const owed = new Set(desk.book?.debts.map(({ coin }) => coin));
  const groups = [
    { title: words('Favourites'), isIn: (coin: string) => stars.has(coin) },
    { title: words('Owed already'), isIn: (coin: string) => owed.has(coin) },
  ];
  return grouped(all, groups, (row) => (kind === 'fixed' ? fixedRow : coinRow)(row, locale));
}

/** Rows under headings, each under the first that it belongs to; the rest under “All coins”. */
export function grouped<Row extends { readonly coin: string }>(
  all: readonly Row[],
  groups: readonly { readonly title: Words; readonly isIn: (coin: string) => boolean }[],
  rowOf: (row: Row) => Choice<string>,
): Choice<string>[] {
  const every = [...groups, { title: words('All coins'), isIn: () => true }];
  const groupOf = ({ coin }: Row) => every.find(({ isIn }) => isIn(coin));
  return every.flatMap((group) =>
    all
      .filter((row) => groupOf(row) === group)
      .map((row, index) => ({ ...rowOf(row), ...(index === 0 && { group: group.title }) })),
  );
}

function coinRow({ coin, flexible, minimum, maximum }: RateRow, locale: string): Choice<string> {
  const rate =
    flexible === undefined ? words('no rate now') : words('{0} a year', formatPercent(flexible, 2, locale));
  const amount = (value: NonNullable<typeof minimum>) => formatCoin(value, coinName(coin), { locale });
  const limits = [
    ...(minimum === undefined ? [] : [words('from {0}', amount(minimum))]),
    ...(maximum === undefined ? [] : [words('to {0}', amount(maximum))]),
  ];
  return { value: coin, label: verbatim(coinName(coin)), description: [rate, ...limits] };
}

function fixedRow({ coin, best, fixedMinimum, maximum }: RateRow, locale: string): Choice<string> {
  const rate =
    best === undefined
      ? words('nobody offers now')
      : words('{0} a year for {1} days', formatPercent(best.rate, 2, locale), best.term);
  const amount = (value: NonNullable<typeof maximum>) => formatCoin(value, coinName(coin), { locale });
  const limits = [
    ...(fixedMinimum === undefined ? [] : [words('from {0}', amount(fixedMinimum))]),
    ...(maximum === undefined ? [] : [words('to {0}', amount(maximum))]),
  ];
  return { value: coin, label: verbatim(coinName(coin)), description: [rate, ...limits] };
}
