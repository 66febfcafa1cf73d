import { TERMS, type Term, type VipLevel } from '../../../bybit/common';
import type { Decimal } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { formatCoin, formatLevel, formatPercent } from '../../../desk/format';
import { annualToHourly } from '../../../desk/interest';
import type { RateRow } from '../../../desk/rates';
import { coinName } from '../../coin-name';
import { type Row, type Text, texts, verbatim } from '../../tree/row';

/** What all rows of one reading share. */
export interface CoinContext {
  readonly locale: string;
  readonly vipLevel: VipLevel;
  /** When the rates were read, as text with its zone; asked when a tooltip is made. */
  readonly readAt: () => string;
  /** How a coin's rates stand among the recorded ones. Never rejects. */
  readonly standing?: (coin: string) => Promise<readonly Text[]>;
}

/** A coin with its flexible and its cheapest fixed rate, both a year, as the title of the view says; its terms are made when it is unfolded. */
export function coinRow(rates: RateRow, isFavourite: boolean, context: CoinContext): Row {
  const { coin, flexibleBorrowable, fixedBorrowable } = rates;
  return {
    id: `coin:${coin}`,
    label: verbatim(coinName(coin)),
    description: summary(rates, context.locale),
    tooltip: () => tooltip(rates, isFavourite, context),
    ...(context.standing === undefined
      ? {}
      : { more: () => context.standing?.(coin) ?? Promise.resolve([]) }),
    ...(isFavourite ? { icon: { id: 'star-full', color: 'charts.yellow' } } : {}),
    tokens: [
      'coin',
      ...(flexibleBorrowable ? ['borrowable'] : []),
      ...(fixedBorrowable ? ['fixable'] : []),
      ...(isFavourite ? ['favourite'] : []),
    ],
    about: { coin },
    children: () => detailRows(rates, context.locale),
  };
}

function summary({ flexible, flexibleBorrowable, best, fixedBorrowable }: RateRow, locale: string): Text {
  if (!flexibleBorrowable && !fixedBorrowable) return words('not lent now');
  return texts(
    flexible === undefined || !flexibleBorrowable
      ? words('no flexible loan')
      : words('flexible {0}', percent(flexible, locale)),
    best === undefined ? undefined : words('{0} d {1}', best.term, percent(best.rate, locale)),
  );
}

function tooltip(
  rates: RateRow,
  isFavourite: boolean,
  { locale, vipLevel, readAt }: CoinContext,
): readonly Text[] {
  return texts<Text>(
    texts(verbatim(coinName(rates.coin)), isFavourite ? words('favourite') : undefined),
    ...detailRows(rates, locale).map(({ label, description }) => texts<Text>(label, description).flat()),
    words('Decimals of an amount: {0}', String(rates.accuracy)),
    [words('Rates are a year'), words('as for {0}', vipLevel), words('read {0}', readAt())],
  );
}

function detailRows(rates: RateRow, locale: string): readonly Row[] {
  return [
    flexibleRow(rates, locale),
    ...TERMS.map((term) => termRow(rates, term, locale)),
    {
      id: 'minimum',
      label: words('Minimum'),
      description: minimum(rates, locale),
    },
    {
      id: 'maximum',
      label: words('Maximum'),
      description:
        rates.maximum === undefined
          ? words('not named')
          : verbatim(amount(rates.maximum, rates.coin, locale)),
    },
  ];
}

function flexibleRow({ flexible, flexibleBorrowable }: RateRow, locale: string): Row {
  const label = words('Flexible');
  if (!flexibleBorrowable) return { id: 'flexible', label, description: words('not lent now') };
  if (flexible === undefined) return { id: 'flexible', label, description: words('no rate named') };
  const hourly = formatLevel(annualToHourly(flexible), locale, 8);
  return {
    id: 'flexible',
    label,
    description: [words('{0} a year', percent(flexible, locale)), words('{0} an hour', hourly)],
  };
}

function termRow({ terms, best }: RateRow, term: Term, locale: string): Row {
  const rate = terms[term];
  const isBest = best?.term === term;
  return {
    id: `term:${term}`,
    label: words('{0} days', term),
    description:
      rate === undefined
        ? words('no offer')
        : texts(words('{0} a year', percent(rate, locale)), isBest ? words('best fixed rate') : undefined),
  };
}

function minimum({ coin, minimum: flexible, fixedMinimum }: RateRow, locale: string): Text {
  const known: (Words | undefined)[] = [
    flexible === undefined ? undefined : words('flexible {0}', amount(flexible, coin, locale)),
    fixedMinimum === undefined ? undefined : words('fixed {0}', amount(fixedMinimum, coin, locale)),
  ];
  const told = known.filter((part) => part !== undefined);
  return told.length === 0 ? words('not named') : told;
}

function percent(fraction: Decimal, locale: string): string {
  return formatPercent(fraction, 2, locale);
}

function amount(value: Decimal, coin: string, locale: string): string {
  return formatCoin(value, coinName(coin), { locale });
}
