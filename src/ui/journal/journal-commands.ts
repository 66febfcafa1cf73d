import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import { journalCsv, journalJsonLines } from '../../desk/journal/export';
import { Journal } from '../../desk/journal/journal';
import type { Handlers } from '../commands';
import { exportName } from '../file-name';
import type { Asker } from '../flow/asker';
import { askSingle } from '../flow/single';
import { type AccountNeeded, accountOrTold } from '../no-account';
import type { Sessions } from '../session';
import { verbatim } from '../tree/row';
import type { JournalPage } from './journal-page';

export interface JournalCommandsOptions {
  /** Where the journals lie. */
  readonly folder: string;
  readonly sessions: Sessions;
  readonly page: JournalPage;
  readonly asker: Asker;
  readonly run: AccountNeeded['run'];
}

type Format = 'csv' | 'jsonl';

/** Showing and saving the journal of the account that is shown. */
export function journalCommands({
  folder,
  sessions,
  page,
  asker,
  run,
}: JournalCommandsOptions): Pick<Handlers, 'openJournal' | 'exportJournal'> {
  const whose = () =>
    accountOrTold({ sessions, asker, run }, words('A journal belongs to an account, and none is chosen.'));
  return {
    async openJournal() {
      const account = await whose();
      if (account !== undefined) await page.show(account);
    },

    async exportJournal() {
      const account = await whose();
      if (account === undefined) return;
      const format = await askFormat(account, asker);
      const file = await vscode.window.showSaveDialog({
        title: vscode.l10n.t('Export the Journal of {0}', account.label),
        defaultUri: vscode.Uri.file(
          join(homedir(), exportName('journal', account.label, format, Date.now())),
        ),
        filters: format === 'csv' ? { CSV: ['csv'] } : { 'JSON Lines': ['jsonl'] },
      });
      if (file === undefined) return;
      const events = (await Journal.open(folder, account.id)).entries();
      const text = format === 'csv' ? journalCsv(events, account) : journalJsonLines(events);
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      const choice = await asker.say({
        severity: 'info',
        words: [words('The journal was saved.')],
        actions: [{ id: 'open', label: words('Open') }],
      });
      if (choice === 'open') await vscode.window.showTextDocument(file);
    },
  };
}

async function askFormat({ label }: Account, asker: Asker): Promise<Format> {
  return await askSingle<Format>(
    words('Export the Journal of {0}', label),
    {
      placeholder: words('What is the file for?'),
      choices: () => [
        {
          value: 'csv',
          label: words('Table (CSV)'),
          detail: words('One line an operation, for a spreadsheet.'),
        },
        {
          value: 'jsonl',
          label: verbatim('JSON Lines'),
          detail: words('Every event as it stands in the journal, for programs.'),
        },
      ],
    },
    asker,
  );
}
