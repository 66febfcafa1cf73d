import { randomUUID } from 'node:crypto';
import { TERMS } from '../../bybit/common';
import { abs, type Decimal, decimal, div, gt, gte, lte, mul, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { formatLevel, formatPercent } from '../../desk/format';
import type { RateAlert } from '../../desk/history/alerts';
import { type Rates, ratesOf, type SeriesName } from '../../desk/history/series';
import type { Desk } from '../../desk/operation';
import { readPercent } from '../../desk/percent-input';
import { type RateRow, rateRows } from '../../desk/rates';
import { environmentWords } from '../accounts/account-words';
import { coinName } from '../coin-name';
import type { Asker } from '../flow/asker';
import type { Choice, Remark } from '../flow/question';
import { inputStep, pickStep } from '../flow/steps';
import { type Flow, walk } from '../flow/walk';
import { texts, verbatim } from '../tree/row';
import type { ShownAlerts } from './rate-alerts';

export interface AlertFlowOptions {
  readonly asker: Asker;
  /** BCP 47 of the person. */
  readonly locale: string;
  /** Coins that stand first. */
  readonly favourites: () => ReadonlySet<string>;
}

/** The answers so far. */
export interface AlertDraft {
  readonly id?: string;
  readonly coin?: string;
  readonly series?: SeriesName;
  readonly kind?: RateAlert['kind'];
  readonly value?: Decimal;
}

const HUNDRED = decimal('100');
/** Percent, and decimals of one. */
const MOST_PERCENT = decimal('10000');
const PLACES = 6;

const KINDS: readonly { readonly kind: RateAlert['kind']; readonly label: Words; readonly detail: Words }[] =
  [
    { kind: 'below', label: words('At or below a rate'), detail: words('When borrowing has become cheap.') },
    { kind: 'above', label: words('At or above a rate'), detail: words('When a loan has become dear.') },
    {
      kind: 'jump',
      label: words('A jump within a day'),
      detail: words('When it has changed by so much of what it was a day ago, either way.'),
    },
  ];

/** Asks for an alert, or changes one. Rejects when the person escapes. */
export async function askAlert(
  draft: AlertDraft,
  { source, desk }: Pick<ShownAlerts, 'source' | 'desk'>,
  options: AlertFlowOptions,
): Promise<RateAlert> {
  const flow = flowOf(desk, options, [environmentWords(source.environment)], draft);
  const { coin, series, kind, value } = await walk(flow, options.asker, draft);
  if (coin === undefined || series === undefined || kind === undefined || value === undefined) {
    throw new RangeError('A flow ends with every step answered.');
  }
  return { id: randomUUID(), coin, series, kind, value };
}

function flowOf(
  desk: Desk,
  options: AlertFlowOptions,
  where: readonly Words[],
  draft: AlertDraft,
): Flow<AlertDraft> {
  const { locale, favourites } = options;
  const rows = () => rateRows(desk.snapshot.parts.coins.value ?? []);
  const ratesFor = (coin: string | undefined): Rates => {
    const row = rows().find((one) => one.coin === coin);
    return row === undefined ? new Map() : ratesOf(row);
  };
  // A coin that the flow was started from is not asked for again; the alert of a row that is changed is, all of it.
  const coinSteps =
    draft.coin !== undefined && draft.id === undefined
      ? []
      : [
          pickStep<AlertDraft, string>(
            'coin',
            ({ coin }) => ({
              placeholder: words('Whose rate?'),
              choices: () => [...unreadRow(desk), ...coinChoices(rows(), favourites(), locale)],
              buttons: [
                { icon: 'refresh', tooltip: words('Read Again'), press: () => desk.refresh(['coins']) },
              ],
              isCurrent: (one) => one === coin,
            }),
            (context, coin) => ({ ...context, coin }),
          ),
        ];
  return {
    title: draft.id === undefined ? words('Add a Rate Alert') : words('Change a Rate Alert'),
    where: [...where, ...(coinSteps.length > 0 ? [] : [verbatim(coinName(draft.coin ?? ''))])],
    plan: () => [
      ...coinSteps,
      pickStep<AlertDraft, SeriesName>(
        'series',
        ({ coin, series }) => ({
          placeholder: words('Which of its rates?'),
          choices: () => seriesChoices(ratesFor(coin), locale),
          isCurrent: (one) => one === series,
        }),
        (context, series) => ({ ...context, series }),
      ),
      pickStep<AlertDraft, RateAlert['kind']>(
        'kind',
        ({ kind }) => ({
          placeholder: words('When should it be told?'),
          choices: () => KINDS.map(({ kind: value, label, detail }) => ({ value, label, detail })),
          isCurrent: (one) => one === kind,
        }),
        (context, kind) => ({ ...context, kind }),
      ),
      inputStep<AlertDraft>(
        'value',
        ({ coin, series = 'flexible', kind = 'below', value }) => ({
          prompt:
            kind === 'jump'
              ? words('By how many percent of the rate a day ago?')
              : words('Annual rate in percent'),
          ...(value === undefined ? {} : { text: percentText(value, locale) }),
          check: (text) => remarkOn(text, kind, ratesFor(coin).get(series), locale),
        }),
        (context, text) => {
          const read = fractionOf(text, locale);
          return 'value' in read ? { ...context, value: read.value } : context;
        },
      ),
    ],
  };
}

/** Why there is nothing to choose, and how to read again. */
function unreadRow({ snapshot }: Desk): readonly Choice<never>[] {
  const { value, failure } = snapshot.parts.coins;
  if (value !== undefined) return [];
  return [
    {
      value: undefined,
      label: words('Rates were not read'),
      icon: 'error',
      detail: texts(failure?.words, failure?.advice, words('The button above reads them again.')),
    },
  ];
}

function coinChoices(
  rows: readonly RateRow[],
  favourites: ReadonlySet<string>,
  locale: string,
): readonly Choice<string>[] {
  const groups = [
    { group: words('Favourites'), coins: rows.filter(({ coin }) => favourites.has(coin)) },
    { group: words('All coins'), coins: rows.filter(({ coin }) => !favourites.has(coin)) },
  ];
  return groups.flatMap(({ group, coins }) =>
    coins.map(({ coin, flexible }, index) => ({
      value: coin,
      label: verbatim(coinName(coin)),
      description: rateWords(flexible, locale),
      ...(index === 0 && { group }),
    })),
  );
}

function seriesChoices(rates: Rates, locale: string): readonly Choice<SeriesName>[] {
  const names: readonly SeriesName[] = ['flexible', ...TERMS];
  return names.map((name) => ({
    value: name,
    label: name === 'flexible' ? words('Flexible') : words('Best rate for {0} days', name),
    description: rateWords(rates.get(name), locale),
  }));
}

function rateWords(rate: Decimal | undefined, locale: string): Words {
  return rate === undefined ? words('no rate now') : words('{0} a year', formatPercent(rate, 2, locale));
}

function percentText(value: Decimal, locale: string): string {
  return formatLevel(value, locale, PLACES).replace(/\s*%$/, '');
}

/** A percentage as typed, with or without its sign, as a fraction. */
function fractionOf(text: string, locale: string): { readonly value: Decimal } | { readonly problem: Words } {
  const read = readPercent(text, { locale, maxPlaces: PLACES });
  if ('problem' in read) return read;
  if (read.value === ZERO) return { problem: words('More than 0 %.') };
  if (gt(read.value, MOST_PERCENT)) {
    return { problem: words('At most {0}.', formatLevel(div(MOST_PERCENT, HUNDRED), locale)) };
  }
  return { value: div(read.value, HUNDRED) };
}

function remarkOn(
  text: string,
  kind: RateAlert['kind'],
  now: Decimal | undefined,
  locale: string,
): Remark | undefined {
  const read = fractionOf(text, locale);
  if ('problem' in read) return { severity: 'error', words: read.problem };
  if (now === undefined) return { severity: 'warning', words: words('There is no such rate now.') };
  const shown = formatPercent(now, 2, locale);
  const { value } = read;
  if (kind === 'jump') {
    const share = formatPercent(abs(mul(now, value)), 2, locale);
    return { severity: 'info', words: words('It is {0} now: a change by {1}.', shown, share) };
  }
  const holds = kind === 'above' ? gte(now, value) : lte(now, value);
  return holds
    ? { severity: 'warning', words: words('It is {0} now: that will be told at once.', shown) }
    : { severity: 'info', words: words('It is {0} now.', shown) };
}
