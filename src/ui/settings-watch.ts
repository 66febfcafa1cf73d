import * as vscode from 'vscode';
import { plain } from '../bybit/words';
import type { Log } from './log';
import type { SessionManager } from './session/session-manager';
import { type ReadSetting, thresholdsOf } from './settings';

const SECTION = 'loanDesk';

export const readSetting: ReadSetting = (key) => vscode.workspace.getConfiguration(SECTION).get(key);

/** Draws anew when a setting changes, and says in the log when the settings make no sense. */
export function watchSettings(sessions: Pick<SessionManager, 'redraw'>, log: Log): vscode.Disposable {
  const check = () => {
    const { problem } = thresholdsOf(readSetting);
    if (problem !== undefined) log.warn(`settings: ${plain(problem)}`);
  };
  check();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(SECTION)) return;
    check();
    sessions.redraw();
  });
}
