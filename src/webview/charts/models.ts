import type { Decimal } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import { formatAmount, formatLevel, formatPercent } from '../../desk/format';
import { extremesOf } from '../../desk/history/sparkline';
import { momentFormat } from '../../desk/locale';
import { utcMinute } from '../../desk/utc';
import { aloneOf, type HistoryAnswer } from '../history-contract';
import type { Say } from '../sentences';
import { alignedInTime } from './align';
import { depthLines, openEnd, type Side } from './depth';
import type { FigureModel } from './figure';

export interface Speech {
  readonly say: Say;
  /** BCP 47. */
  readonly locale: string;
}

/** Decimals of a rate in percent that is read at the cursor: as many as it has, up to these. */
const EXACT_PLACES = 8;
const DAY_S = 86_400;

const positions = (values: readonly (Decimal | null)[]): (number | null)[] =>
  values.map((value) => (value === null ? null : Number(value)));

/** Rates of several coins over time. */
export function historyFigure(answer: HistoryAnswer, { say, locale }: Speech): FigureModel {
  const { lines, until, ask, isSimulated } = answer;
  const points = lines.map((line) => line.points);
  const { xs, values } = alignedInTime(points, until);
  const told = new Set([...points.flatMap((line) => line.map(([time]) => time)), until]);
  const exact = (rate: Decimal) => formatLevel(rate, locale, EXACT_PLACES);
  return {
    id: 'history',
    title:
      ask.series === 'flexible'
        ? say(words('Flexible rates a year'))
        : say(words('Best rates a year for {0} days', ask.series)),
    note: isSimulated ? say(words('simulated market')) : undefined,
    plot: {
      xs: xs.map((time) => time / 1000),
      lines: lines.map(({ coin }, index) => ({
        name: coin,
        ys: positions(values[index] ?? []),
        path: 'until',
        hasPoints: false,
      })),
      x: { kind: 'time', label: (seconds, step) => timeLabel(seconds, step, locale) },
      yLabel: (value) => formatLevel(value, locale),
    },
    places: xs.map(utcMinute),
    placeTitle: say(words('Time')),
    values: values.map((line) => line.map((rate) => (rate === null ? null : exact(rate)))),
    stops: xs.flatMap((time, index) => (told.has(time) ? [index] : [])),
    summaries: lines.map(({ standing }, index) => {
      const found = extremesOf(points[index] ?? []);
      if (found === undefined) return say(words('nothing known'));
      const { low, high, last } = found;
      const short = (rate: Decimal) => formatPercent(rate, 2, locale);
      const now = last === null ? say(words('nothing now')) : say(words('now {0}', short(last)));
      const span = say(words('lowest {0}, highest {1}', short(low), short(high)));
      return [now, span, ...(standing === null ? [] : [standing])].join(' · ');
    }),
    empty: answer.isRecording
      ? say(
          words(
            'Nothing is recorded of this yet. The desk records rates while a window is open in which it was used.',
          ),
        )
      : say(words('Nothing is recorded of this: recording is off in the settings.')),
  };
}

/** A moment on the axis, in UTC: the day, or within a day the time. */
function timeLabel(seconds: number, step: number, locale: string): string {
  const date = new Date(seconds * 1000);
  // Further from the epoch than a date can be.
  if (Number.isNaN(date.getTime())) return '';
  const isDay = step >= DAY_S || seconds % DAY_S === 0;
  const options: Intl.DateTimeFormatOptions =
    step >= 300 * DAY_S
      ? { year: 'numeric' }
      : isDay
        ? { day: 'numeric', month: 'short' }
        : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(step < 60 && { second: '2-digit' }) };
  return momentFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
}

/** Rates of one coin by term: now, a week and a month ago. */
export function termsFigure(
  { terms, ask, isSimulated }: HistoryAnswer,
  { say, locale }: Speech,
): FigureModel {
  const exact = (rate: string | null) =>
    rate === null ? null : formatLevel(rate as Decimal, locale, EXACT_PLACES);
  const columns = [
    { name: say(words('Now')), rates: terms.map(({ now }) => now) },
    { name: say(words('A week ago')), rates: terms.map(({ week }) => week) },
    { name: say(words('A month ago')), rates: terms.map(({ month }) => month) },
  ];
  const places = terms.map(({ series }) =>
    series === 'flexible' ? say(words('Flexible')) : say(words('{0} days', series)),
  );
  const xs = terms.map((_, index) => index);
  return {
    id: 'terms',
    title: say(words('{0}: rates a year by term', aloneOf(ask) ?? '')),
    note: isSimulated ? say(words('simulated market')) : undefined,
    plot: {
      xs,
      lines: columns.map(({ name, rates }) => ({
        name,
        ys: positions(rates),
        path: 'straight',
        hasPoints: true,
      })),
      x: {
        kind: 'names',
        names: terms.map(({ series }) =>
          series === 'flexible' ? say(words('flexible')) : say(words('{0} d', series)),
        ),
      },
      yLabel: (value) => formatLevel(value, locale),
    },
    places,
    placeTitle: say(words('Term')),
    values: columns.map(({ rates }) => rates.map(exact)),
    stops: xs,
    summaries: columns.map(({ rates }) => {
      const known = rates.filter((rate) => rate !== null).length;
      return known === 0
        ? say(words('nothing known'))
        : say(words('{0} of {1} known', String(known), String(rates.length)));
    }),
    empty: say(words('No rate of this coin is known, now or before.')),
  };
}

/** Both sides of the fixed market of one coin and term, added up from the best rate. */
export function depthFigure(
  { depth, ask, isSimulated }: HistoryAnswer,
  { say, locale }: Speech,
): FigureModel {
  const coin = aloneOf(ask) ?? '';
  const depths = depthLines(depth?.offers ?? [], depth?.demand ?? []);
  const { rates, offers, demand } = depths;
  const isCut = depth?.isCut ?? { offers: false, demand: false };
  const isAnyCut = isCut.offers || isCut.demand;
  const notes = [
    ...(isSimulated ? [say(words('simulated market'))] : []),
    ...(ask.series === 'flexible' && depth !== null
      ? [say(words('flexible loans have no such market'))]
      : []),
    ...(isAnyCut ? [say(words('the best rates only: more may wait'))] : []),
  ];
  const amount = (value: Decimal, isLeast: boolean) => {
    const text = `${formatAmount(value, { locale })} ${coin}`;
    return isLeast ? say(words('at least {0}', text)) : text;
  };
  const amounts = (side: Side, sums: readonly (Decimal | null)[]) => {
    const isOpen = isCut[side] ? openEnd(side, depths) : [];
    return sums.map((sum, index) => (sum === null ? null : amount(sum, isOpen[index] === true)));
  };
  const sides = [
    { side: 'offers', name: say(words('Offered')), sums: offers, path: 'until' },
    { side: 'demand', name: say(words('Asked for')), sums: demand, path: 'since' },
  ] as const;
  return {
    id: 'depth',
    title: say(words('{0}: fixed market for {1} days', coin, depth?.term ?? '')),
    note: notes.length === 0 ? undefined : notes.join(' · '),
    plot: {
      xs: rates.map(Number),
      lines: sides.map(({ name, sums, path }) => ({ name, ys: positions(sums), path, hasPoints: true })),
      x: { kind: 'number', label: (value) => formatLevel(value, locale) },
      yLabel: (value) => formatAmount(value, { locale }),
      yUnit: coin,
    },
    places: rates.map((rate) => say(words('{0} a year', formatLevel(rate, locale, EXACT_PLACES)))),
    placeTitle: say(words('Rate a year')),
    values: sides.map(({ side, sums }) => amounts(side, sums)),
    stops: rates.map((_, index) => index),
    summaries: [
      sideSummary('offers', offers.at(-1) ?? null, offers),
      sideSummary('demand', demand[0] ?? null, demand),
    ],
    empty:
      depth === null
        ? say(words('The market was not read yet.'))
        : isAnyCut
          ? say(
              words('Nothing of this term could be seen: the exchange tells the best rates of a coin only.'),
            )
          : say(words('Nobody offers or asks for anything now.')),
  };

  function sideSummary(side: Side, total: Decimal | null, sums: readonly (Decimal | null)[]): string {
    const known = rates.filter((_, index) => sums[index] !== null);
    const best = side === 'offers' ? known[0] : known.at(-1);
    if (total === null || best === undefined)
      return isCut[side] ? say(words('more may wait')) : say(words('nothing'));
    return say(words('{0} in all, best {1}', amount(total, isCut[side]), formatPercent(best, 2, locale)));
  }
}
