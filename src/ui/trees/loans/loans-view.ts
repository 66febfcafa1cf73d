import * as vscode from 'vscode';
import { Later } from '../../later';
import type { PrivacyMode } from '../../privacy-mode';
import type { Sessions } from '../../session';
import type { ReadSetting } from '../../settings';
import { RowView } from '../../tree/row-view';

/** The Loans tree; its amounts are hidden where the person hides them. */
export function loansView(
  sessions: Sessions,
  privacy: Pick<PrivacyMode, 'isOn' | 'show'>,
  readSetting: ReadSetting,
): vscode.Disposable {
  const { language } = vscode.env;
  return new RowView({
    id: 'loanDesk.loans',
    sessions,
    source: new Later(async () => {
      const { loansSource } = await import('./loans-source');
      return loansSource(privacy, readSetting, language);
    }),
  });
}
