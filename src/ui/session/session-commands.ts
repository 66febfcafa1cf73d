import * as vscode from 'vscode';
import { words } from '../../bybit/words';
import type { AccountFiles } from '../accounts/account-files';
import type { Handlers } from '../commands';
import type { Asker } from '../flow/asker';
import type { PaperHolder } from './paper-holder';
import type { SessionManager } from './session-manager';

export interface SessionCommandsOptions {
  readonly sessions: SessionManager;
  readonly files: AccountFiles;
  readonly paper: PaperHolder;
  readonly asker: Asker;
  /** Brings the loans to the screen. */
  readonly reveal: () => Promise<void>;
}

/** The paper account, and refreshing. */
export function sessionCommands({ sessions, files, paper, asker, reveal }: SessionCommandsOptions) {
  return {
    async tryPaper() {
      await sessions.open(await files.putPaper(Date.now()));
      await reveal();
    },

    async refresh() {
      const { kind } = await sessions.ready();
      await vscode.window.withProgress({ location: { viewId: 'loanDesk.loans' } }, async () => {
        // A session that could not be opened is tried again.
        if (kind !== 'account') await sessions.reopen();
        const { desk } = await sessions.ready();
        await desk.refresh();
      });
    },

    async resetPaper() {
      const isSure = await asker.confirm({
        message: words('Begin the paper account anew?'),
        detail: [
          words('Its simulated wallet, loans and histories are replaced by those of the first day.'),
          words('The journal stays. Other windows on the paper account see the new one too.'),
        ],
        deed: words('Reset Paper Account'),
      });
      if (!isSure) return;
      const door = await paper.door();
      await door.reset();
      const { current } = sessions;
      if (current.kind !== 'none' && current.kind !== 'loading' && current.account.environment === 'paper')
        await sessions.reopen();
    },
  } satisfies Partial<Handlers>;
}
