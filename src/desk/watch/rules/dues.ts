import { add, type Decimal, gt, ZERO } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { formatCoin } from '../../format';
import { utcMinute } from '../../utc';
import type { Condition, Report, WatchEvent } from '../event';
import type { DueDebt, Observation } from '../observation';

const HOUR_MS = 3_600_000;
/** How long before a due date it is told, the latest last. */
export const LEADS: readonly { readonly name: string; readonly ms: number }[] = [
  { name: '7d', ms: 168 * HOUR_MS },
  { name: '1d', ms: 24 * HOUR_MS },
  { name: '6h', ms: 6 * HOUR_MS },
];

/**
 * Due dates coming near. Of the leads of one debt that have passed only the nearest holds, so that one met for the first
 * time an hour before its date is told once. A lead that is no shorter than the loan itself tells of nothing that is near:
 * the loan would be due the moment it was taken.
 */
export function dueReport(seen: Observation, locale: string): Report | undefined {
  const { dues, areDuesWhole, serverNow } = seen;
  if (dues === undefined) return undefined;
  const conditions = dues
    .filter(({ overdue }) => !overdue)
    .flatMap((due): Condition[] => {
      const left = due.dueAt - serverNow;
      const nearest = leadsOf(due).findLast(({ ms }) => left <= ms);
      if (nearest === undefined) return [];
      return [{ holds: 'yes', event: dueEvent(`due:${due.loanId}:${nearest.name}`, due, left, locale) }];
    });
  return { scope: 'due', isPartial: !areDuesWhole, conditions };
}

function leadsOf({ takenAt, dueAt }: DueDebt): typeof LEADS {
  return takenAt === undefined ? LEADS : LEADS.filter(({ ms }) => ms < dueAt - takenAt);
}

function dueEvent(key: string, due: DueDebt, left: number, locale: string): WatchEvent {
  const amount = formatCoin(due.amount, due.coin, { locale, maxPlaces: 8, rounding: 'up' });
  return {
    key,
    severity: left <= 24 * HOUR_MS && due.atDue !== 'toFlexible' ? 'critical' : 'warning',
    title: words('{0} is due {1}', amount, utcMinute(due.dueAt)),
    detail: atDueWords(due),
    help: [
      { deed: 'repay', coin: due.coin, loanId: due.loanId },
      ...(due.system === 'fixed' ? [{ deed: 'renew' as const, coin: due.coin, loanId: due.loanId }] : []),
    ],
  };
}

function atDueWords({ atDue, system }: DueDebt): Words {
  if (atDue === 'autoRepay')
    return words('It is repaid from the Funding wallet by itself if that holds enough.');
  if (atDue === 'toFlexible') return words('It becomes a flexible loan by itself.');
  return system === 'legacy'
    ? words('Unpaid, interest triples, and after 48 hours collateral is sold.')
    : words('Unpaid, interest triples, and after 24 hours collateral is sold.');
}

/** Debts past their date. */
export function overdueReport({ dues, areDuesWhole }: Observation, locale: string): Report | undefined {
  if (dues === undefined) return undefined;
  const conditions = dues
    .filter(({ overdue }) => overdue)
    .map((due): Condition => {
      const amount = formatCoin(due.amount, due.coin, { locale, maxPlaces: 8, rounding: 'up' });
      return {
        holds: 'yes',
        event: {
          key: `overdue:${due.loanId}`,
          severity: 'critical',
          title: words('{0} is overdue since {1}', amount, utcMinute(due.dueAt)),
          detail:
            due.system === 'legacy'
              ? words('Interest runs at three times the rate; after 48 hours collateral is sold.')
              : words(
                  'Interest runs at three times the rate; after 24 hours collateral is sold, with a fee of 2 %.',
                ),
          help: [{ deed: 'repay', coin: due.coin, loanId: due.loanId }],
        },
      };
    });
  return { scope: 'overdue', isPartial: !areDuesWhole, conditions };
}

/** How soon before an automatic repayment the wallet must hold enough. */
const COVER_MS = 24 * HOUR_MS;

/** Automatic repayments of the next day that the Funding wallet does not cover, earlier ones served first. */
export function coverReport(
  { dues, areDuesWhole, wallet, serverNow }: Observation,
  locale: string,
): Report | undefined {
  if (dues === undefined || wallet === undefined) return undefined;
  const needed = new Map<string, Decimal>();
  const conditions: Condition[] = [];
  for (const due of [...dues].sort((a, b) => a.dueAt - b.dueAt)) {
    // Past its date the exchange takes it, or has.
    const left = due.dueAt - serverNow;
    if (due.atDue !== 'autoRepay' || due.overdue || left <= 0 || left > COVER_MS) continue;
    const sum = add(needed.get(due.coin) ?? ZERO, due.amount);
    needed.set(due.coin, sum);
    const free = wallet.get(due.coin) ?? ZERO;
    conditions.push({ holds: gt(sum, free) ? 'yes' : 'no', event: coverEvent(due, sum, free, locale) });
  }
  return { scope: 'cover', isPartial: !areDuesWhole, conditions };
}

function coverEvent(due: DueDebt, sum: Decimal, free: Decimal, locale: string): WatchEvent {
  const coin = (value: Decimal, rounding: 'up' | 'down') =>
    formatCoin(value, due.coin, { locale, maxPlaces: 8, rounding });
  return {
    key: `cover:${due.loanId}`,
    severity: 'critical',
    title: words('The automatic repayment of {0} will fail', utcMinute(due.dueAt)),
    detail: words(
      'It needs {0} in the Funding wallet, which holds {1}.',
      coin(sum, 'up'),
      coin(free, 'down'),
    ),
    help: [{ deed: 'repay', coin: due.coin, loanId: due.loanId }],
  };
}
