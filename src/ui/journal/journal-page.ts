import * as vscode from 'vscode';
import { words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import { environmentWords } from '../accounts/account-words';
import { translate } from '../l10n';
import type { Sessions } from '../session';

const SCHEME = 'loan-desk-journal';

/** Shows journals as documents that cannot be edited; what is shown follows the operations of the current account. */
export class JournalPage implements vscode.Disposable {
  readonly #folder: string;
  readonly #sessions: Sessions;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #shown = new Map<string, Account>();
  readonly #owned: vscode.Disposable;
  #open = '';

  /** `folder` is where the journals lie. */
  constructor(folder: string, sessions: Sessions) {
    this.#folder = folder;
    this.#sessions = sessions;
    this.#owned = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#text(uri),
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri.toString())),
      sessions.onDidChange(() => this.#follow()),
    );
  }

  async show(account: Account): Promise<void> {
    const uri = uriOf(account);
    this.#shown.set(uri.toString(), account);
    // It may be open already, from before.
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #text(uri: vscode.Uri): Promise<string> {
    const account = this.#shown.get(uri.toString());
    // Left open over a restart of the window: which account it was is not known any more.
    if (account === undefined) return translate(words('Open the journal again to see it.'));
    const [{ Journal }, { journalDocument }] = await Promise.all([
      import('../../desk/journal/journal'),
      import('../../desk/journal/document'),
    ]);
    const journal = await Journal.open(this.#folder, account.id);
    return journalDocument({
      events: journal.entries(),
      oddLines: journal.oddLines,
      heading: headingOf(account),
      say: translate,
    });
  }

  /** An operation begins and ends with a change of what is open. */
  #follow(): void {
    const { current } = this.#sessions;
    if (current.kind !== 'account') return;
    const open = JSON.stringify([current.account.id, current.desk.open.map(({ id, state }) => [id, state])]);
    if (open === this.#open) return;
    this.#open = open;
    const uri = uriOf(current.account);
    if (this.#shown.has(uri.toString())) this.#changed.fire(uri);
  }
}

function headingOf({ label, environment, host }: Account): string {
  const parts = [label, translate(environmentWords(environment)), ...(environment === 'paper' ? [] : [host])];
  return parts.join(' · ');
}

/** The last part of the path is what the tab shows. */
function uriOf({ id, label }: Account): vscode.Uri {
  const name = vscode.l10n.t('Journal of {0}', label.replace(/[\\/]/g, ' '));
  return vscode.Uri.from({ scheme: SCHEME, path: `/${name}.txt`, query: id });
}
