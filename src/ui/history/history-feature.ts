import * as vscode from 'vscode';
import type { Words } from '../../bybit/words';
import type { Fired } from '../../desk/watch/state';
import { environmentWords } from '../accounts/account-words';
import type { Handlers } from '../commands';
import type { Asker } from '../flow/asker';
import { translate } from '../l10n';
import type { Log } from '../log';
import type { Sessions } from '../session';
import type { PaperHolder } from '../session/paper-holder';
import type { SetAsideNotice } from '../set-aside-notice';
import { readSetting } from '../settings-watch';
import type { Text } from '../tree/row';
import type { Listed } from '../watch/watch-list';
import { type Answer, messageOf } from '../watch/watch-words';
import { type AlertListOptions, addAlert, alertList } from './alert-list';
import { exportHistory, importHistory } from './history-files';
import { HistoryService } from './history-service';
import { RateAlerts } from './rate-alerts';
import { standingLines } from './standings';

export interface HistoryFeatureOptions {
  readonly sessions: Sessions;
  readonly paper: PaperHolder;
  /** Shared by windows. */
  readonly folder: string;
  readonly asker: Asker;
  readonly asides: SetAsideNotice;
  readonly log: Log;
  /** Coins that stand first where one is chosen. */
  readonly favourites: () => ReadonlySet<string>;
  readonly showWatch: () => void;
}

export interface HistoryFeature extends vscode.Disposable {
  readonly service: HistoryService;
  readonly commands: Pick<Handlers, 'addRateAlert' | 'exportHistory' | 'importHistory'>;
  /** The rate alerts, for the watch list. */
  readonly listed: Listed;
  /** Further lines of a coin's tooltip. Never rejects. */
  standing(coin: string): Promise<readonly Text[]>;
}

/** The history of rates at VS Code: recording, files, and what tooltips say of it. */
export function historyFeature({
  asker,
  asides,
  log,
  favourites,
  showWatch,
  ...options
}: HistoryFeatureOptions): HistoryFeature {
  const service = new HistoryService({
    ...options,
    readSetting,
    log,
    setAside: (file) => asides.tell('history', file),
  });
  const files = { service, sessions: options.sessions, asker, log, now: Date.now };
  const alerts = new RateAlerts({
    history: service,
    sessions: options.sessions,
    folder: options.folder,
    readSetting,
    locale: vscode.env.language,
    log,
    setAside: (what, where) => asides.tell(what, where),
    tell: (fired, { environment }) => void tell(fired, environmentWords(environment)),
  });
  const tell = async (fired: Fired, where: Words) => {
    log.info(`rate alert: ${fired.event.key}`);
    const answer = await asker.say<Answer>(messageOf(fired, translate(where)));
    if (answer === 'list') showWatch();
    else if (answer !== undefined) {
      const [coin] = fired.event.help.flatMap((help) => help.coin ?? []);
      await vscode.commands.executeCommand('loanDesk.openRates', { coin });
    }
  };
  const list: AlertListOptions = {
    alerts,
    asker,
    locale: vscode.env.language,
    favourites,
    readSetting,
    say: translate,
    openSetting: (name) =>
      void vscode.commands.executeCommand('workbench.action.openSettings', `@id:${name}`),
  };
  return {
    service,
    listed: alertList(list),
    commands: {
      addRateAlert: ({ coin }) => addAlert(coin, list),
      exportHistory: () => exportHistory(files),
      importHistory: () => importHistory(files),
    },
    standing: (coin) =>
      standingLines(service, coin, Date.now()).catch((error: unknown) => {
        log.warn(`history: not read: ${String(error)}`);
        return [];
      }),
    dispose: () => {
      alerts.dispose();
      service.dispose();
    },
  };
}
