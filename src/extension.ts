import { join } from 'node:path';
import * as vscode from 'vscode';
import { accountCommands } from './ui/accounts/account-commands';
import { AccountFiles } from './ui/accounts/account-files';
import { watchFolder } from './ui/accounts/folder-watch';
import { KeyKeeper } from './ui/accounts/key-keeper';
import { AccountSecrets } from './ui/accounts/secrets';
import { exportCalendar } from './ui/calendar-command';
import { registerCommands } from './ui/commands';
import { ContextKeySetter } from './ui/context-keys';
import { vscodeAsker } from './ui/flow/vscode-asker';
import { Ends } from './ui/flows/ends';
import { flowCommands } from './ui/flows/flow-commands';
import { historyFeature } from './ui/history/history-feature';
import { journalCommands } from './ui/journal/journal-commands';
import { JournalPage } from './ui/journal/journal-page';
import { translate } from './ui/l10n';
import { createLog } from './ui/log';
import { positionPanels } from './ui/panels/position-panel';
import { ratesPanels } from './ui/panels/rates-panel';
import { recordsPanels } from './ui/panels/records-panel';
import { PrivacyMode } from './ui/privacy-mode';
import { Redactor } from './ui/redactor';
import { Opener } from './ui/session/opener';
import { PaperHolder } from './ui/session/paper-holder';
import { sessionCommands } from './ui/session/session-commands';
import { SessionManager } from './ui/session/session-manager';
import { windowChoice } from './ui/session/window-choice';
import { readSetting, watchSettings } from './ui/settings-watch';
import { StatusBar } from './ui/status-bar';
import { CoinsTree } from './ui/trees/coins/coins-tree';
import { loansView } from './ui/trees/loans/loans-view';
import { watchFeature } from './ui/watch/watch-feature';

/** Makes the parts, joins them, registers every command and view, and only then starts what takes time. */
export function activate(context: vscode.ExtensionContext): void {
  const storage = context.globalStorageUri.fsPath;
  const redactor = new Redactor();
  const channel = vscode.window.createOutputChannel('Loan Desk', { log: true });
  const log = createLog(channel, redactor);

  const files = new AccountFiles(storage, (file) => log.warn(`accounts: set aside as damaged: ${file}`));
  const secrets = new AccountSecrets(context.secrets, redactor);
  const paper = new PaperHolder(join(storage, 'paper'));
  const opener = new Opener({ folder: storage, paper, readSetting, log });
  const sessions = new SessionManager({ opener, secrets, files, choice: windowChoice(context), log });
  const keys = new ContextKeySetter(sessions);
  const session = sessionCommands({ sessions, files, paper, asker: vscodeAsker, reveal });
  const page = new JournalPage(storage, sessions);
  const privacy = new PrivacyMode(context.globalState, () => sessions.redraw());
  const history = historyFeature({
    sessions,
    paper,
    folder: storage,
    asker: vscodeAsker,
    log,
    favourites: () => coins.favourites,
    showWatch: () => void vscode.commands.executeCommand('loanDesk.openWatch'),
  });
  const watch = watchFeature({
    sessions,
    privacy,
    folder: storage,
    asker: vscodeAsker,
    log,
    more: history.listed,
  });
  const coins: CoinsTree = new CoinsTree({
    sessions,
    keeper: context.globalState,
    keys,
    standing: history.standing,
  });
  const rates = ratesPanels({
    extensionUri: context.extensionUri,
    sessions,
    memento: context.globalState,
    history: history.service,
    favourites: coins,
    asker: vscodeAsker,
    log,
  });

  const records = recordsPanels({
    extensionUri: context.extensionUri,
    sessions,
    privacy,
    asker: vscodeAsker,
  });

  const position = positionPanels({
    extensionUri: context.extensionUri,
    sessions,
    privacy,
    history: history.service,
    log,
  });

  context.subscriptions.push(
    channel,
    paper,
    sessions,
    keys,
    page,
    rates,
    records,
    position,
    // Views.
    loansView(sessions, privacy),
    coins,
    watch,
    history,
    new StatusBar({ sessions, readSetting, now: Date.now }),
    // Commands: a handler each, or this does not compile.
    registerCommands(
      {
        ...session,
        ...accountCommands({
          files,
          sessions,
          keeper: new KeyKeeper({ files, secrets, log, now: Date.now }),
          exchange: (where, credentials) => opener.exchange(where, credentials),
          redactor,
          asker: vscodeAsker,
          say: translate,
          folder: storage,
          tryPaper: session.tryPaper,
          reveal,
        }),
        ...journalCommands({ sessions, page, folder: storage, asker: vscodeAsker }),
        openWatch: () => watch.showList(),
        exportCalendar: () => exportCalendar({ sessions, asker: vscodeAsker, now: Date.now }),
        togglePrivacy: () => privacy.toggle(),
        showLog: () => log.show(),
        ...flowCommands({
          asker: vscodeAsker,
          sessions,
          locale: vscode.env.language,
          say: translate,
          now: Date.now,
          favourites: () => coins.favourites,
          run: async (command) => void (await vscode.commands.executeCommand(`loanDesk.${command}`)),
          ends: new Ends(),
        }),
        ...coins.commands,
        ...history.commands,
        // Panels.
        openRates: ({ coin }) => rates.open().show(coin),
        openRecords: () => void records.open(),
        openPosition: () => void position.open(),
        refinance: (subject) => position.open().compare(subject),
      },
      log,
    ),
    // What other windows and settings change.
    watchFolder(files.folder, () => void sessions.follow()),
    secrets.onDidChange(() => void sessions.follow()),
    watchSettings(sessions, log),
  );

  // From here on things take time; each ends in a session that says what went wrong, never in a rejection.
  void sessions.start();
}

/** Brings the loans to the screen. */
async function reveal(): Promise<void> {
  await vscode.commands.executeCommand('loanDesk.loans.focus');
}
