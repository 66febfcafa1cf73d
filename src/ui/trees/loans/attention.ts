import { type Words, words } from '../../../bybit/words';
import { reachedLine } from '../../../desk/lines';
import { allLoans } from '../../../desk/loans/loans';
import type { Session } from '../../session';
import { owedText } from './figure-words';
import { LINE_WORDS } from './line-words';

/** What a person should come and see, also while the view is folded away: the badge counts it. */
export function attentionOf(session: Session, locale: string): readonly Words[] {
  if (session.kind !== 'account') return [];
  const { figures, thresholds, open, snapshot, serverNow } = session.desk;
  const reached = figures === undefined ? undefined : reachedLine(figures, thresholds);
  return [
    ...open.map(({ title }) => title),
    ...allLoans(snapshot, serverNow)
      .filter(({ status }) => status === 'overdue')
      .map(({ coin, owed }) => words('{0} overdue', owedText(owed, coin, locale))),
    // Under the margin call nothing happens to the account: no new loans is no reason to call anybody.
    ...(reached === undefined || reached === 'initial' ? [] : [LINE_WORDS[reached].past]),
  ];
}
