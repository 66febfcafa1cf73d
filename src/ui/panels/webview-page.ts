import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Message, Parser, Unsent } from '../../webview/wire';
import { attempt } from '../attempt';
import type { Log } from '../log';
import { pageHtml } from './html';

export interface WebviewPageOptions<Page extends Message> {
  readonly panel: vscode.WebviewPanel;
  readonly extensionUri: vscode.Uri;
  /** Name of the bundle in dist/webview, without its ending. */
  readonly bundle: string;
  /** Name of its style sheet there. */
  readonly style?: string;
  readonly parse: Parser<Page>;
  /** What takes time gives its promise: however it ends, the person hears of a failure. */
  readonly receive: (message: Page) => unknown;
  /** The page came to the screen or left it. */
  readonly onVisible: (visible: boolean) => void;
  readonly log: Log;
}

/** Where all a page may load lies. */
function folderOf(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableCommandUris: false, localResourceRoots: [folderOf(extensionUri)] };
}

/**
 * The host's end of the wire to one panel: its document, and messages of its present load only. `Host` goes out, `Page`
 * comes in.
 */
export class WebviewPage<Host extends Message, Page extends Message> implements vscode.Disposable {
  readonly #options: WebviewPageOptions<Page>;
  readonly #listeners: vscode.Disposable;
  #session = '';
  #visible: boolean;
  #isGone = false;

  constructor(options: WebviewPageOptions<Page>) {
    const { panel } = options;
    this.#options = options;
    this.#visible = panel.visible;
    panel.webview.options = webviewOptions(options.extensionUri);
    this.#listeners = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((data: unknown) => {
        const message = options.parse(data, this.#session);
        if (message === undefined) return;
        void attempt(`${options.bundle} page, ${message.type}`, options.log, () => options.receive(message));
      }),
      panel.onDidChangeViewState(() => this.#onViewState()),
    );
    this.#load();
  }

  /** Whoever still reads when the panel was closed has nobody left to tell. */
  send(message: Unsent<Host>): void {
    if (!this.#isGone) void this.#post({ ...message, session: this.#session });
  }

  dispose(): void {
    this.#isGone = true;
    this.#listeners.dispose();
  }

  async #post(message: unknown): Promise<void> {
    const { panel, bundle, log } = this.#options;
    try {
      await panel.webview.postMessage(message);
    } catch (error) {
      log.warn(`${bundle} page: not reached: ${String(error).slice(0, 200)}`);
    }
  }

  #onViewState(): void {
    const { visible } = this.#options.panel;
    if (visible === this.#visible) return;
    this.#visible = visible;
    // VS Code throws the hidden page away and loads the document again when it is shown: that load gets its own nonce.
    if (!visible) this.#load();
    this.#options.onVisible(visible);
  }

  #load(): void {
    const { panel, extensionUri, bundle, style = 'panel' } = this.#options;
    const uri = (file: string) =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(folderOf(extensionUri), file)).toString();
    this.#session = randomBytes(24).toString('base64url');
    panel.webview.html = pageHtml({
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(24).toString('base64url'),
      session: this.#session,
      scriptUri: uri(`${bundle}.js`),
      styleUri: uri(`${style}.css`),
      title: panel.title,
      language: vscode.env.language,
    });
  }
}
