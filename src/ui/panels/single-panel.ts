import * as vscode from 'vscode';
import { webviewOptions } from './webview-page';

export interface SinglePanelOptions<Content extends vscode.Disposable> {
  /** Also the `onWebviewPanel:` of the manifest that brings it back. */
  readonly type: string;
  readonly title: () => string;
  /** Name of the pictures in media/, without "-light.svg" and "-dark.svg". */
  readonly icon: string;
  readonly extensionUri: vscode.Uri;
  /** Loads the code of the content; what it gives puts the content into a new panel. The content is disposed with it. */
  load(): Promise<(panel: vscode.WebviewPanel) => Content>;
}

/** A panel of which a window has one: opens it, brings it back after a reload. */
export class SinglePanel<Content extends vscode.Disposable> implements vscode.Disposable {
  readonly #options: SinglePanelOptions<Content>;
  readonly #serializer: vscode.Disposable;
  #open: { readonly panel: vscode.WebviewPanel; readonly content: Promise<Content> } | undefined;

  constructor(options: SinglePanelOptions<Content>) {
    this.#options = options;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(options.type, {
      deserializeWebviewPanel: async (panel) => void (await this.#take(panel)),
    });
  }

  /**
   * Brings the panel to the front, or makes it; gives what is in it. Rejects when the code of the content cannot be loaded,
   * and with `vscode.CancellationError` when the panel is closed meanwhile.
   */
  async open(): Promise<Content> {
    if (this.#open !== undefined) {
      this.#open.panel.reveal();
      return await this.#open.content;
    }
    const { type, title, extensionUri } = this.#options;
    return await this.#take(
      vscode.window.createWebviewPanel(type, title(), vscode.ViewColumn.Active, webviewOptions(extensionUri)),
    );
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#open?.panel.dispose();
  }

  async #take(panel: vscode.WebviewPanel): Promise<Content> {
    // Two at once only when one was restored while another was opened: the older gives way.
    this.#open?.panel.dispose();
    const { icon, extensionUri } = this.#options;
    const media = (file: string) => vscode.Uri.joinPath(extensionUri, 'media', file);
    panel.iconPath = { light: media(`${icon}-light.svg`), dark: media(`${icon}-dark.svg`) };
    const content = this.#fill(panel);
    this.#open = { panel, content };
    try {
      return await content;
    } catch (error) {
      // An empty panel says nothing; closed, the command can be tried again.
      if (this.#open?.panel === panel) panel.dispose();
      throw error;
    }
  }

  async #fill(panel: vscode.WebviewPanel): Promise<Content> {
    let isClosed = false;
    let content: Content | undefined;
    panel.onDidDispose(() => {
      isClosed = true;
      content?.dispose();
      if (this.#open?.panel === panel) this.#open = undefined;
    });
    const fill = await this.#options.load();
    if (isClosed) throw new vscode.CancellationError();
    content = fill(panel);
    return content;
  }
}
