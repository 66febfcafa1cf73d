import * as vscode from 'vscode';
import type { Fired } from '../../desk/watch/state';
import type { Asker } from '../flow/asker';
import type { Log } from '../log';
import type { PrivacyMode } from '../privacy-mode';
import type { Sessions } from '../session';
import type { SetAsideNotice } from '../set-aside-notice';
import { readSetting } from '../settings-watch';
import { askSnooze, type Listed, showWatchList, type WatchListOptions } from './watch-list';
import { WatchService } from './watch-service';
import type { Deed } from './watch-words';

export interface WatchFeatureOptions {
  readonly sessions: Sessions;
  readonly privacy: PrivacyMode;
  /** Shared by windows. */
  readonly folder: string;
  readonly asker: Asker;
  readonly asides: SetAsideNotice;
  readonly log: Log;
  /** What is watched beside the account. */
  readonly more: Listed;
}

export interface WatchFeature extends vscode.Disposable {
  showList(): Promise<void>;
}

/** The watch at VS Code: notifications, the list of what was told, snoozing. */
export function watchFeature({
  sessions,
  privacy,
  folder,
  asker,
  asides,
  log,
  more,
}: WatchFeatureOptions): WatchFeature {
  const start = ({ command, subject }: Deed) =>
    void vscode.commands.executeCommand(`loanDesk.${command}`, subject);
  const quietly = (work: Promise<void>) =>
    void work.catch((error: unknown) => {
      if (!(error instanceof vscode.CancellationError)) log.error('watch:', error);
    });
  const service: WatchService = new WatchService({
    sessions,
    folder,
    asker,
    readSetting,
    privacy,
    locale: vscode.env.language,
    log,
    start,
    askSnooze: (fired: Fired) => quietly(askSnooze(fired, list())),
    showList: () => quietly(showWatchList(list())),
    setAside: (where) => asides.tell('watch', where),
  });
  const list = (): WatchListOptions => ({
    service,
    more,
    asker,
    readSetting,
    locale: vscode.env.language,
    now: Date.now,
    start,
    run: (command) => void vscode.commands.executeCommand(`loanDesk.${command}`),
    openSettings: () =>
      void vscode.commands.executeCommand('workbench.action.openSettings', 'loanDesk.watch'),
    show: (sentence) => privacy.show(sentence),
  });
  return { showList: () => showWatchList(list()), dispose: () => service.dispose() };
}
