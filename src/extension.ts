import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Words } from './bybit/words';
import { AccountFiles } from './ui/accounts/account-files';
import { watchFolder } from './ui/accounts/folder-watch';
import { AccountSecrets } from './ui/accounts/secrets';
import { type CommandId, registerCommands } from './ui/commands';
import { ContextKeySetter } from './ui/context-keys';
import { vscodeAsker as asker } from './ui/flow/vscode-asker';
import { JournalPage } from './ui/journal/journal-page';
import { translate } from './ui/l10n';
import { Later, laterCommands } from './ui/later';
import { createLog } from './ui/log';
import { panels } from './ui/panels/panels';
import { PrivacyMode } from './ui/privacy-mode';
import { Redactor } from './ui/redactor';
import { tellGone } from './ui/session/gone';
import { laterOpener } from './ui/session/later-opener';
import { PaperHolder } from './ui/session/paper-holder';
import { sessionCommands } from './ui/session/session-commands';
import { SessionManager } from './ui/session/session-manager';
import { windowChoice } from './ui/session/window-choice';
import { SetAsideNotice } from './ui/set-aside-notice';
import { readSetting, watchSettings } from './ui/settings-watch';
import { StatusBar } from './ui/status-bar';
import { CoinsTree } from './ui/trees/coins/coins-tree';
import { loansView } from './ui/trees/loans/loans-view';

/**
 * Makes the parts, joins them, registers every command and view, and only then starts what takes time. What is not on the
 * screen at a start (exchange and desk, flows, panels, recording and watch) is a {@link Later}: a file read when it is needed.
 */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, globalState: memento } = context;
  const folder = context.globalStorageUri.fsPath;
  const locale = vscode.env.language;
  const redactor = new Redactor();
  const channel = vscode.window.createOutputChannel('Loan Desk', { log: true });
  const log = createLog(channel, redactor);

  const asides = new SetAsideNotice({ asker, log, showLog: () => log.show() });
  const files = new AccountFiles(folder, (file) => asides.tell('account', file));
  const secrets = new AccountSecrets(context.secrets, redactor);
  const paper = new PaperHolder(join(folder, 'paper'), (file) => asides.tell('paper', file));
  const opener = new Later(async () => {
    const { Opener } = await import('./ui/session/opener');
    return new Opener({ folder, paper, readSetting, log });
  });
  const sessions = new SessionManager({
    opener: laterOpener(opener),
    secrets,
    files,
    choice: windowChoice(context),
    log,
    onGone: (gone, now) => void tellGone(asker, gone, now),
  });
  const keys = new ContextKeySetter(sessions);
  const session = sessionCommands({ sessions, files, paper, asker, reveal });
  const page = new JournalPage(folder, sessions);
  const privacy = new PrivacyMode(memento, () => sessions.redraw(), tellInPassing);
  const favourites = () => coins.favourites;

  const background = new Later(async () => {
    const part = await import('./ui/background');
    return part.background({ sessions, paper, privacy, folder, asker, asides, log, favourites });
  });
  const coins: CoinsTree = new CoinsTree({
    sessions,
    keeper: memento,
    keys,
    standing: async (coin) => {
      const { history } = await background.get();
      return await history.standing(coin);
    },
  });
  const pages = panels({
    extensionUri,
    rates: async () => {
      const { history } = await background.get();
      return {
        extensionUri,
        sessions,
        memento,
        history: history.service,
        favourites: coins,
        asker,
        log,
      };
    },
    records: async () => ({ extensionUri, sessions, privacy, asker, log }),
    position: async () => {
      const { history } = await background.get();
      return { extensionUri, sessions, privacy, history: history.service, log };
    },
  });

  const accounts = new Later(async () => {
    const [{ accountCommands }, { KeyKeeper }, given] = await Promise.all([
      import('./ui/accounts/account-commands'),
      import('./ui/accounts/key-keeper'),
      opener.get(),
    ]);
    return accountCommands({
      files,
      sessions,
      keeper: new KeyKeeper({ files, secrets, log, now: Date.now }),
      exchange: (where, credentials) => given.exchange(where, credentials),
      redactor,
      asker,
      say: translate,
      folder,
      tryPaper: session.tryPaper,
      reveal,
    });
  });
  const journal = new Later(async () => {
    const { journalCommands } = await import('./ui/journal/journal-commands');
    return journalCommands({ sessions, page, folder, asker, run });
  });
  const flows = new Later(async () => {
    const [{ flowCommands }, { Ends }] = await Promise.all([
      import('./ui/flows/flow-commands'),
      import('./ui/flows/ends'),
    ]);
    const ends = new Ends();
    context.subscriptions.push(sessions.onDidChange(() => ends.moved(sessions.current)));
    return flowCommands({
      asker,
      sessions,
      locale,
      say: translate,
      now: Date.now,
      favourites,
      run,
      ends,
    });
  });

  context.subscriptions.push(
    channel,
    paper,
    sessions,
    keys,
    page,
    pages,
    // Views.
    loansView(sessions, privacy, readSetting),
    coins,
    background,
    new StatusBar({ sessions, readSetting, now: Date.now }),
    // Commands: a handler each, or this does not compile.
    registerCommands(
      {
        ...session,
        ...coins.commands,
        togglePrivacy: () => privacy.toggle(),
        showLog: () => log.show(),
        ...laterCommands(['addAccount', 'switchAccount', 'removeAccount', 'replaceKey'], accounts),
        ...laterCommands(['openJournal', 'exportJournal'], journal),
        ...laterCommands(['borrow', 'borrowFixed', 'sweep', 'repay', 'repayWithCollateral', 'renew'], flows),
        ...laterCommands(['adjustCollateral', 'supply', 'cancelOrder', 'bindUid', 'unbindUid'], flows),
        ...laterCommands(['lookAgain', 'resolveByHand'], flows),
        exportCalendar: async () => {
          const { exportCalendar } = await import('./ui/calendar-command');
          await exportCalendar({ sessions, asker, run, now: Date.now });
        },
        ...laterCommands(['openWatch', 'addRateAlert', 'exportHistory', 'importHistory'], {
          get: async () => (await background.get()).commands,
        }),
        openRates: async ({ coin }) => (await pages.rates.open()).show(coin),
        openRecords: async () => void (await pages.records.open()),
        openPosition: async () => void (await pages.position.open()),
        refinance: async (subject) => (await pages.position.open()).compare(subject),
      },
      log,
    ),
    // What other windows and settings change.
    watchFolder(files.folder, () => void sessions.follow()),
    secrets.onDidChange(() => void sessions.follow()),
    watchSettings(sessions, context.extension.packageJSON, log),
  );

  // From here on things take time; each ends in a session that says what went wrong, never in a rejection.
  void sessions
    .start()
    .then(() => background.get())
    .catch((error: unknown) => log.error('background: not started:', error));
}

/** Brings the loans to the screen. */
async function reveal(): Promise<void> {
  await vscode.commands.executeCommand('loanDesk.loans.focus');
}

async function run(command: CommandId): Promise<void> {
  await vscode.commands.executeCommand(`loanDesk.${command}`);
}

/** How long the status bar says what a command did, milliseconds. */
const PASSING_MS = 5_000;

function tellInPassing(sentence: Words): void {
  vscode.window.setStatusBarMessage(translate(sentence), PASSING_MS);
}
