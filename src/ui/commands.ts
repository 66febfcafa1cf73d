import * as vscode from 'vscode';
import { BybitError } from '../bybit/errors';
import { subjectOf } from './arguments';
import { translate } from './l10n';
import type { Log } from './log';
import type { RowSubject } from './tree/row';

/** Every command of the extension, as package.json contributes them (a test compares). */
export const COMMANDS = [
  'tryPaper',
  'addAccount',
  'switchAccount',
  'removeAccount',
  'replaceKey',
  'refresh',
  'borrow',
  'borrowFixed',
  'sweep',
  'repay',
  'repayWithCollateral',
  'renew',
  'adjustCollateral',
  'supply',
  'cancelOrder',
  'bindUid',
  'unbindUid',
  'lookAgain',
  'resolveByHand',
  'openRates',
  'filterCoins',
  'clearCoinFilter',
  'sortCoins',
  'toggleFavourite',
  'openRecords',
  'openPosition',
  'refinance',
  'openJournal',
  'exportJournal',
  'resetPaper',
  'openWatch',
  'exportCalendar',
  'togglePrivacy',
  'addRateAlert',
  'exportHistory',
  'importHistory',
  'showLog',
] as const;
export type CommandId = (typeof COMMANDS)[number];

/** What a command does. Its arguments were checked and only pre-fill. */
export type Handler = (subject: RowSubject) => unknown;

/** One handler a command: a missing one does not compile. */
export type Handlers = { readonly [Id in CommandId]: Handler };

/** Registers all commands. The only place that does. */
export function registerCommands(handlers: Handlers, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    ...COMMANDS.map((id) =>
      vscode.commands.registerCommand(`loanDesk.${id}`, (...args: unknown[]) =>
        run(id, log, () => handlers[id](subjectOf(args))),
      ),
    ),
  );
}

/** Cancelling is silence; a failure is one message with a way on, its details in the log. Never rejects. */
async function run(id: CommandId, log: Log, deed: () => unknown): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    log.error(`command ${id}:`, error);
    // Not awaited: a message stays for as long as the person likes, the command has ended.
    void tell(error, log);
  }
}

async function tell(error: unknown, log: Log): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(messageOf(error), showLog)) === showLog) log.show();
}

/** What happened and the way on, in one message. */
export function messageOf(error: unknown): string {
  if (!(error instanceof BybitError)) {
    return vscode.l10n.t('Something unexpected went wrong; the log has more.');
  }
  const advice = error.advice === undefined ? [] : [translate(error.advice)];
  return [translate(error.words), ...advice].join(' ');
}
