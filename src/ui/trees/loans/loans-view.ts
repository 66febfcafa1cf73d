import * as vscode from 'vscode';
import type { PrivacyMode } from '../../privacy-mode';
import type { Sessions } from '../../session';
import { RowView } from '../../tree/row-view';
import { veiledRows } from '../../tree/veiled-rows';
import { attentionOf } from './attention';
import { loanRows, loansTitle } from './loan-rows';

/** The Loans tree; its amounts are hidden where the person hides them. */
export function loansView(
  sessions: Sessions,
  privacy: Pick<PrivacyMode, 'isOn' | 'show'>,
): vscode.Disposable {
  return new RowView({
    id: 'loanDesk.loans',
    sessions,
    rows: (session, now) => {
      const rows = loanRows(session, now, vscode.env.language);
      return privacy.isOn ? veiledRows(rows) : rows;
    },
    title: loansTitle,
    attention: (session) =>
      attentionOf(session, vscode.env.language).map((sentence) => privacy.show(sentence)),
  });
}
