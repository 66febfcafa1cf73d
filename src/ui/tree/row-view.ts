import * as vscode from 'vscode';
import type { Later } from '../later';
import type { Session, Sessions } from '../session';
import type { RowNode } from './forest';
import { textOf } from './item';
import type { Row, Text } from './row';
import { RowProvider } from './row-provider';

/** What a view shows of a session. */
export interface RowSource {
  readonly rows: (session: Session, now: number) => readonly Row[];
  /** Beside the title. Undefined for nothing. */
  readonly title: (session: Session) => Text | undefined;
  /** Sentences that the badge counts, also while the view is folded away. */
  readonly attention?: (session: Session) => readonly Text[];
}

export interface RowViewOptions {
  readonly id: 'loanDesk.loans' | 'loanDesk.coins';
  readonly sessions: Sessions;
  /** Asked for once; until it is there, VS Code shows that the view is loading. */
  readonly source: Later<RowSource>;
}

/** How often rows that tell an age are drawn while they can be seen. */
const TICK_MS = 5_000;

/** A view of rows on the window's session. Holds the session's polling, and draws, only while it is visible. */
export class RowView implements vscode.Disposable {
  readonly #sessions: Sessions;
  readonly #provider: RowProvider;
  readonly #view: vscode.TreeView<RowNode>;
  readonly #disposable: vscode.Disposable;
  #letGo: (() => void) | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #planned: NodeJS.Immediate | undefined;

  /** Undefined until it was loaded. */
  #source: RowSource | undefined;

  constructor({ id, sessions, source }: RowViewOptions) {
    this.#sessions = sessions;
    this.#provider = new RowProvider(async () => {
      const { rows } = await source.get();
      return () => rows(sessions.current, Date.now());
    });
    this.#view = vscode.window.createTreeView(id, {
      treeDataProvider: this.#provider,
      showCollapseAll: true,
    });
    this.#disposable = vscode.Disposable.from(
      this.#view,
      this.#provider,
      sessions.onDidChange(() => this.update()),
      this.#view.onDidChangeVisibility(() => this.#follow()),
    );
    this.#follow();
    // A failure is told by the tree, which asks for the same.
    void source.get().then(
      (loaded) => {
        this.#source = loaded;
        this.#decorate();
      },
      () => undefined,
    );
  }

  /** What commands started by a key rather than from a row are about. */
  get selected(): RowNode | undefined {
    return this.#view.selection[0];
  }

  /** Draws what has changed, once for all changes of the moment. */
  update(): void {
    this.#planned ??= setImmediate(() => {
      this.#planned = undefined;
      this.#decorate();
      if (this.#view.visible) this.#provider.update();
    });
  }

  dispose(): void {
    clearImmediate(this.#planned);
    clearInterval(this.#ticker);
    this.#letGo?.();
    this.#disposable.dispose();
  }

  #follow(): void {
    if (!this.#view.visible) {
      clearInterval(this.#ticker);
      this.#letGo?.();
      this.#letGo = undefined;
      return;
    }
    this.#letGo ??= this.#sessions.hold();
    clearInterval(this.#ticker);
    this.#ticker = setInterval(() => this.#provider.update(), TICK_MS);
    this.#provider.update();
  }

  #decorate(): void {
    if (this.#source === undefined) return;
    const { title, attention } = this.#source;
    const { current } = this.#sessions;
    const text = title(current);
    const description = text === undefined ? '' : textOf(text, ' · ');
    if ((this.#view.description ?? '') !== description) this.#view.description = description;
    const sentences = attention?.(current) ?? [];
    const tooltip = sentences.map((sentence) => textOf(sentence, ' · ')).join('\n');
    if ((this.#view.badge?.tooltip ?? '') !== tooltip) {
      this.#view.badge = sentences.length === 0 ? undefined : { value: sentences.length, tooltip };
    }
  }
}
