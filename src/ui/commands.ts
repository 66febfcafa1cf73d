import * as vscode from 'vscode';
import { subjectOf } from './arguments';
import { attempt } from './attempt';
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
        attempt(`command ${id}`, log, () => handlers[id](subjectOf(args))),
      ),
    ),
  );
}
