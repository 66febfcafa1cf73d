import * as vscode from 'vscode';
import { plain } from '../bybit/words';
import type { Log } from './log';
import type { SessionManager } from './session/session-manager';
import { type Manifest, overriddenDefaults, type ReadSetting, thresholdsOf } from './settings';

const SECTION = 'loanDesk';

/**
 * What the person themselves has set, and undefined where nothing: neither the default that another extension's
 * `configurationDefaults` puts in place of ours nor a workspace's value counts.
 */
export const readSetting: ReadSetting = (key) =>
  vscode.workspace.getConfiguration(SECTION).inspect(key)?.globalValue;

/**
 * Draws anew when a setting changes; says in the log when the settings make no sense, and when another extension changes a
 * default, which the editor of settings then shows while the desk goes by its own.
 */
export function watchSettings(
  sessions: Pick<SessionManager, 'redraw'>,
  manifest: Manifest,
  log: Log,
): vscode.Disposable {
  const check = () => {
    const { problem } = thresholdsOf(readSetting);
    if (problem !== undefined) log.warn(`settings: ${plain(problem)}`);
    const settings = vscode.workspace.getConfiguration();
    const changed = overriddenDefaults(manifest, (name) => settings.inspect(name)?.defaultValue);
    if (changed.length > 0)
      log.warn(`settings: another extension changes defaults, which are not taken: ${changed.join(', ')}`);
  };
  check();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(SECTION)) return;
    check();
    sessions.redraw();
  });
}
