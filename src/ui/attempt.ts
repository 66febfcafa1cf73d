import * as vscode from 'vscode';
import { BybitError } from '../bybit/errors';
import { translate } from './l10n';
import type { Log } from './log';

/**
 * Does what was asked for by a command or on a page; `name` is for the log. Cancelling is silence; a failure is one message
 * with a way on, its details in the log. Never rejects.
 */
export async function attempt(name: string, log: Log, deed: () => unknown): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    log.error(`${name}:`, error);
    // Not awaited: a message stays for as long as the person likes, the deed has ended.
    void tell(error, log).catch((fault: unknown) => log.error(`${name}: not told:`, fault));
  }
}

async function tell(error: unknown, log: Log): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(messageOf(error), showLog)) === showLog) log.show();
}

/** What happened and the way on, in one message. */
function messageOf(error: unknown): string {
  if (!(error instanceof BybitError)) {
    return vscode.l10n.t('Something unexpected went wrong; the log has more.');
  }
  const advice = error.advice === undefined ? [] : [translate(error.advice)];
  return [translate(error.words), ...advice].join(' ');
}
