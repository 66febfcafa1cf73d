import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { byCount, type Words, words } from '../bybit/words';
import { calendarDues, calendarOf } from '../desk/calendar';
import type { Asker } from './flow/asker';
import { translate } from './l10n';
import { type AccountNeeded, accountOrTold } from './no-account';
import type { Sessions } from './session';

export interface CalendarOptions extends AccountNeeded {
  readonly sessions: Sessions;
  readonly asker: Asker;
  readonly now: () => number;
}

/** Saves the due dates of the account that is shown as an iCalendar file. */
export async function exportCalendar(options: CalendarOptions): Promise<void> {
  const { sessions, asker, now } = options;
  await accountOrTold(options, words('Due dates belong to an account, and none is chosen.'));
  const session = await sessions.ready();
  if (session.kind === 'locked') await say(asker, session.reason);
  if (session.kind !== 'account') return;
  const { desk, account } = session;
  const known = () => calendarDues(desk.snapshot, desk.serverNow);
  if (!known().isWhole) await asker.during(words('Reading the loans …'), () => desk.refresh());
  const { dues, isWhole } = known();
  if (dues.length === 0) {
    await say(asker, isWhole ? words('No loan of this account has a due date.') : UNREAD);
    return;
  }
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the Due Dates of {0}', account.label),
    defaultUri: vscode.Uri.file(join(homedir(), 'loan-desk.ics')),
    filters: { iCalendar: ['ics'] },
  });
  if (file === undefined) return;
  const text = calendarOf(dues, {
    account,
    now: now(),
    locale: vscode.env.language,
    translate,
  });
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const saved = byCount(
    dues.length,
    words('{0} due date was saved to {1}.', String(dues.length), file.fsPath),
    words('{0} due dates were saved to {1}.', String(dues.length), file.fsPath),
  );
  await say(asker, saved, ...(isWhole ? [] : [UNREAD]));
}

const UNREAD = words('Not all loans could be read, so due dates may be missing. Refresh and try again.');

async function say(asker: Asker, ...sentences: readonly Words[]): Promise<void> {
  await asker.say({ severity: 'info', words: sentences, actions: [] });
}
