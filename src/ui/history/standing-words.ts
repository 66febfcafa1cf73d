import type { Decimal } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { Stretch } from '../../desk/history/coverage';
import { type Standing, standingOf } from '../../desk/history/percentile';
import type { CoinHistory, Rates, SeriesName } from '../../desk/history/series';

const DAY_MS = 86_400_000;
export const STANDING_DAYS = 30;
/** Below this share of the days the sentence says how many are known. */
const NEARLY_ALL = 0.9;

/** What rates of a coin a person hears of: its flexible one, and that of one term. */
export interface StandingAsked {
  readonly rates: Rates;
  readonly history: CoinHistory;
  readonly coverage: readonly Stretch[];
  /** Local epoch milliseconds. */
  readonly now: number;
}

/** How a rate stands among those of the last 30 days; undefined where too little is known. */
export function standingAt(
  series: SeriesName,
  { rates, history, coverage, now }: StandingAsked,
): Standing | undefined {
  const rate: Decimal | undefined = rates.get(series);
  if (rate === undefined) return undefined;
  const window = { from: now - STANDING_DAYS * DAY_MS, to: now };
  return standingOf(rate, history.get(series) ?? [], coverage, window);
}

/** "cheaper than 80 % of the last 30 days", and how much of them is known where that is not nearly all. */
export function standingWords({ cheaperThan, dearerThan, knownMs }: Standing): readonly Words[] {
  const days = String(STANDING_DAYS);
  const isCheap = cheaperThan >= dearerThan;
  const sentence =
    cheaperThan === 0 && dearerThan === 0
      ? words('as in all of the last {0} days', days)
      : isCheap
        ? words('cheaper than {0} % of the last {1} days', String(cheaperThan), days)
        : words('dearer than {0} % of the last {1} days', String(dearerThan), days);
  const known = Math.floor(knownMs / DAY_MS);
  return knownMs >= NEARLY_ALL * STANDING_DAYS * DAY_MS
    ? [sentence]
    : [sentence, words('{0} d of them known', String(known))];
}
