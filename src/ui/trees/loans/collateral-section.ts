import { type Decimal, decimal, gte } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import type { Band } from '../../../desk/book';
import { formatCoin, formatLevel, formatUsd } from '../../../desk/format';
import { type CollateralLine, collateralLines } from '../../../desk/holdings';
import { coinName } from '../../coin-name';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import { asOf } from '../read-rows';
import type { LoansView, Section } from './section';

/** What is pledged, what it is worth and what of it counts. */
export const collateralSection: Section = (view) => {
  const { book, figures, snapshot } = view.desk;
  if (book === undefined || figures === undefined || book.collateral.length === 0) return [];
  return [
    {
      id: 'collateral',
      label: words('Collateral'),
      description: texts(
        words('counts {0}', formatUsd(figures.collateralUsd, view.locale)),
        asOf(snapshot.parts, ['position'], view.now),
      ),
      tooltip: [
        words('Pledged for the flexible and fixed loans together.'),
        words('Collateral counts with less than it is worth: by tiers of its value, less the more there is.'),
      ],
      icon: { id: 'lock' },
      expanded: true,
      children: [...limitRow(view), ...collateralLines(book).map((line) => collateralRow(line, view.locale))],
    },
  ];
};

/** The exchange's word on whether it takes more collateral (`colRes`, API.md §6). */
function limitRow({ desk }: LoansView): readonly Row[] {
  const told = desk.snapshot.parts.position.value?.colRes;
  const label =
    told === '1'
      ? words('Bybit holds almost as much of this collateral as it takes')
      : told === '2'
        ? words('Bybit takes no more of this collateral now')
        : undefined;
  if (label === undefined) return [];
  return [{ id: 'limit', label, icon: { id: 'warning', color: 'list.warningForeground' } }];
}

function collateralRow(line: CollateralLine, locale: string): Row {
  const name = coinName(line.coin);
  return {
    id: `coin:${line.coin}`,
    label: verbatim(formatCoin(line.amount, name, { locale })),
    description: countedWords(line, locale),
    tooltip: collateralTooltip(line, locale),
    icon: { id: 'lock-small' },
    tokens: ['collateral'],
    about: { coin: line.coin },
  };
}

function countedWords({ countedUsd, haircut }: CollateralLine, locale: string): readonly Words[] {
  if (countedUsd === undefined) return [words('counts nothing: no price or no tiers known')];
  return texts(
    words('counts {0}', formatUsd(countedUsd, locale)),
    haircut === undefined ? undefined : words('haircut {0}', formatLevel(haircut, locale, 2)),
  );
}

function collateralTooltip(line: CollateralLine, locale: string): readonly Text[] {
  const { coin, amount, marketUsd, countedUsd, haircut, bands } = line;
  return texts<Text>(
    words('{0} pledged', formatCoin(amount, coinName(coin), { locale })),
    marketUsd === undefined
      ? words('No price is known: it is left out of the figures.')
      : words('Worth {0} at the market', formatUsd(marketUsd, locale)),
    countedUsd === undefined ? undefined : words('Counts {0} after the tiers', formatUsd(countedUsd, locale)),
    haircut === undefined ? undefined : words('Haircut {0}', formatLevel(haircut, locale, 4)),
    ...bandTexts(bands, locale),
  );
}

/** What the exchange writes for "no upper edge" (responses/getCollateralCoins). */
const NO_EDGE = decimal('99999999999');

function bandTexts(bands: readonly Band[], locale: string): readonly Text[] {
  if (bands.length === 0) return [];
  const usd = (value: Decimal) => formatCoin(value, 'USD', { locale });
  return [
    words('Tiers of its worth:'),
    ...bands.map(({ from, to, ratio }) =>
      to === undefined || gte(to, NO_EDGE)
        ? words('above {0} counts {1}', usd(from), formatLevel(ratio, locale))
        : words('{0} to {1} counts {2}', usd(from), usd(to), formatLevel(ratio, locale)),
    ),
  ];
}
