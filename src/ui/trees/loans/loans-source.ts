import type { PrivacyMode } from '../../privacy-mode';
import type { RowSource } from '../../tree/row-view';
import { veiledRows } from '../../tree/veiled-rows';
import { attentionOf } from './attention';
import { loanRows, loansTitle } from './loan-rows';

/** What the Loans tree shows, in the language of the person (BCP 47). */
export function loansSource(privacy: Pick<PrivacyMode, 'isOn' | 'show'>, locale: string): RowSource {
  return {
    rows: (session, now) => {
      const rows = loanRows(session, now, locale);
      return privacy.isOn ? veiledRows(rows) : rows;
    },
    title: loansTitle,
    attention: (session) => attentionOf(session, locale).map((sentence) => privacy.show(sentence)),
  };
}
