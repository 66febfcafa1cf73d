import type { PrivacyMode } from '../../privacy-mode';
import type { ReadSetting } from '../../settings';
import type { RowSource } from '../../tree/row-view';
import { veiledRows } from '../../tree/veiled-rows';
import { attentionOf } from './attention';
import { loanRows, loansTitle } from './loan-rows';
import { weakerRows } from './weaker-rows';

/** What the Loans tree shows, in the language of the person (BCP 47). */
export function loansSource(
  privacy: Pick<PrivacyMode, 'isOn' | 'show'>,
  readSetting: ReadSetting,
  locale: string,
): RowSource {
  return {
    rows: (session, now) => {
      const rows = loanRows(session, now, locale);
      const shown = privacy.isOn ? veiledRows(rows) : rows;
      return session.kind === 'account' ? [...weakerRows(readSetting, locale), ...shown] : shown;
    },
    title: loansTitle,
    attention: (session) => attentionOf(session, locale).map((sentence) => privacy.show(sentence)),
  };
}
