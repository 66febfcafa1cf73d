import { gte } from '../bybit/decimal';
import { type Words, words } from '../bybit/words';
import { formatLevel, formatPercent } from '../desk/format';
import type { Desk } from '../desk/operation';
import type { AccountPool } from '../desk/pools/pools';
import { type Standing, standingsOf } from '../desk/pools/standings';
import type { Snapshot } from '../desk/snapshot';
import { aheadWords, utcMinute } from '../desk/utc';
import type { DueDebt } from '../desk/watch/observation';
import { areDuesKnown, duesOf } from '../desk/watch/observe';
import { coinName } from './coin-name';

/** What the status bar says of an account; no amount is in it. */
export interface Status {
  /** The pool nearest to its own line, by name where it is not that of the flexible and fixed loans. */
  readonly ltv: Words;
  /** When the next loan is due, if one is. */
  readonly due: Words | undefined;
  /** Every pool with its LTV and line, and which loan is due next, a line each. */
  readonly tooltip: readonly Words[];
  /** Whether the nearest pool is past its margin call. */
  readonly isDanger: boolean;
  /** Whether what the LTV rests on could not be read of late. */
  readonly isStale: boolean;
}

/** What the status bar says of a desk; LTVs with one decimal, two in the tooltip. */
export function statusOf(desk: Desk, locale: string): Status {
  const { snapshot, book, thresholds, serverNow } = desk;
  const standings = standingsOf(snapshot, { book, thresholds });
  const [nearest] = standings;
  const due = duesOf(snapshot, serverNow)?.at(0);
  const grounds = nearest?.pool.grounds ?? (['position'] as const);
  return {
    ltv: nearest === undefined ? words('LTV {0}', '–') : nearestWords(nearest, locale),
    due: due === undefined ? undefined : aheadWords(due.dueAt - serverNow),
    tooltip: [
      ...standings.map((standing) => standingWords(standing, locale)),
      ...(due === undefined ? [] : [dueWords(due)]),
      ...(isDueMissing(snapshot) ? [words('Not every due date is known: a list could not be read.')] : []),
    ],
    isDanger: nearest !== undefined && gte(nearest.ltv, nearest.pool.thresholds.marginCall),
    isStale: grounds.some((part) => snapshot.parts[part].failure !== undefined),
  };
}

/** Whether a list that due dates stand in failed before it was ever read. */
function isDueMissing(snapshot: Snapshot): boolean {
  const { fixedContracts, legacyLoans } = snapshot.parts;
  const hasFailed = [fixedContracts, legacyLoans].some(({ failure }) => failure !== undefined);
  return hasFailed && !areDuesKnown(snapshot);
}

function nearestWords({ pool, ltv }: Standing, locale: string): Words {
  const shown = formatPercent(ltv, 1, locale);
  switch (pool.name) {
    case 'shared':
      return words('LTV {0}', shown);
    case 'legacy':
      return words('Legacy loan {0}: LTV {1}', debtCoin(pool), shown);
    case 'institutional':
      return words('Institutional unit: LTV {0}', shown);
  }
}

function standingWords({ pool, ltv }: Standing, locale: string): Words {
  const [shown, line] = [formatPercent(ltv, 2, locale), formatLevel(pool.thresholds.liquidation, locale)];
  switch (pool.name) {
    case 'shared':
      return words('Flexible and fixed loans: LTV {0}, liquidation at {1}', shown, line);
    case 'legacy': {
      const [debt, pledged] = [debtCoin(pool), coinName(pool.book.collateral[0]?.coin ?? '')];
      // All its lines are 1 then: nobody told them.
      if (pool.source === 'unknown')
        return words('Legacy loan {0} against {1}: LTV {2}', debt, pledged, shown);
      return words('Legacy loan {0} against {1}: LTV {2}, liquidation at {3}', debt, pledged, shown, line);
    }
    case 'institutional':
      return words('Institutional unit: LTV {0}, liquidation at {1}', shown, line);
  }
}

function debtCoin({ book }: AccountPool): string {
  return coinName(book.debts[0]?.coin ?? '');
}

function dueWords({ system, coin, dueAt }: DueDebt): Words {
  return system === 'legacy'
    ? words('Next due: legacy loan {0}, {1}', coinName(coin), utcMinute(dueAt))
    : words('Next due: fixed loan {0}, {1}', coinName(coin), utcMinute(dueAt));
}
