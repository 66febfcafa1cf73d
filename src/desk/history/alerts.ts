import * as v from 'valibot';
import { abs, type Decimal, decimal, div, gte, lt, lte, mul, sub, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { formatExactPercent, formatPercent } from '../format';
import { decimalText } from '../operations/params';
import type { Condition, Report } from '../watch/event';
import { type Rates, SERIES, type SeriesName } from './series';

/** What a person wants to be told of a coin's rate. */
export interface RateAlert {
  readonly id: string;
  readonly coin: string;
  readonly series: SeriesName;
  /** At or above, at or below a level (annual fraction), or a change within a day by this share of the rate before. */
  readonly kind: 'above' | 'below' | 'jump';
  readonly value: Decimal;
}

const stored = v.object({
  v: v.literal(1),
  alerts: v.array(
    v.object({
      id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
      coin: v.pipe(v.string(), v.minLength(1), v.maxLength(400)),
      series: v.picklist(SERIES),
      kind: v.picklist(['above', 'below', 'jump']),
      value: decimalText,
    }),
  ),
});

/** The alerts as they stand in their file; undefined when it holds something else. */
export function readAlerts(value: unknown): readonly RateAlert[] | undefined {
  const read = v.safeParse(stored, value);
  return read.success ? read.output.alerts : undefined;
}

export function alertsValue(alerts: readonly RateAlert[]): unknown {
  return { v: 1, alerts };
}

/** What an alert is judged by. */
export interface AlertFacts {
  /** The rates of a coin now; undefined while they are not known. */
  readonly now: (coin: string) => Rates | undefined;
  /** The rate a day ago, where it was recorded. */
  readonly dayAgo: (coin: string, series: SeriesName) => Decimal | undefined;
}

/** A level must be left by a fiftieth of itself before it can be told again, a jump must have halved. */
const BAND = decimal('0.02');
const HALF = decimal('0.5');

/** What the alerts have to say. Those whose rate is not known now keep their state: they are reported as holding on. */
export function alertReport(alerts: readonly RateAlert[], facts: AlertFacts, locale: string): Report {
  return { scope: 'rate', conditions: alerts.map((alert) => conditionOf(alert, facts, locale)) };
}

function conditionOf(alert: RateAlert, facts: AlertFacts, locale: string): Condition {
  const rate = facts.now(alert.coin)?.get(alert.series);
  const before = alert.kind === 'jump' ? facts.dayAgo(alert.coin, alert.series) : undefined;
  return {
    holds: rate === undefined ? 'hold' : holdsAt(alert, rate, before),
    event: {
      key: `rate:${alert.id}`,
      severity: 'info',
      title: titleOf(alert, rate ?? ZERO, locale),
      detail: askedFor(alert, locale),
      help: [{ deed: 'openRates', coin: alert.coin }],
    },
  };
}

function holdsAt({ kind, value }: RateAlert, rate: Decimal, before: Decimal | undefined): Condition['holds'] {
  const band = mul(value, BAND);
  switch (kind) {
    case 'above':
      return gte(rate, value) ? 'yes' : lt(rate, sub(value, band)) ? 'no' : 'hold';
    case 'below':
      return lte(rate, value) ? 'yes' : lt(mul(value, decimal('1.02')), rate) ? 'no' : 'hold';
    case 'jump': {
      if (before === undefined || before === ZERO) return 'hold';
      const change = abs(div(sub(rate, before), before, 18));
      return gte(change, value) ? 'yes' : lt(change, mul(value, HALF)) ? 'no' : 'hold';
    }
  }
}

function titleOf({ coin, series }: RateAlert, rate: Decimal, locale: string): Words {
  const shown = formatPercent(rate, 2, locale);
  return series === 'flexible'
    ? words('{0}: the flexible rate is {1} a year', coin, shown)
    : words('{0}: the best rate for {1} days is {2} a year', coin, series, shown);
}

/** What of the rate in the title was asked for. */
function askedFor({ kind, value }: RateAlert, locale: string): Words {
  const shown = formatExactPercent(value, locale);
  switch (kind) {
    case 'above':
      return words('You asked to be told at {0} a year or more.', shown);
    case 'below':
      return words('You asked to be told at {0} a year or less.', shown);
    case 'jump':
      return words('You asked to be told of a change by {0} within a day.', shown);
  }
}

/** "BTC flexible ≥ 5.00 % a year", "BTC 30 days ± 25.00 % within a day", for lists; a coin's name is data and stays as it is. */
export function inOneLine({ coin, series, kind, value }: RateAlert, locale: string): Words {
  const sign = { above: '≥', below: '≤', jump: '±' }[kind];
  const level = `${sign} ${formatExactPercent(value, locale)}`;
  if (series === 'flexible') {
    return kind === 'jump'
      ? words('{0} flexible {1} within a day', coin, level)
      : words('{0} flexible {1} a year', coin, level);
  }
  return kind === 'jump'
    ? words('{0} {1} days {2} within a day', coin, series, level)
    : words('{0} {1} days {2} a year', coin, series, level);
}
