import * as vscode from 'vscode';
import { webviewOptions } from './webview-page';

export interface SinglePanelOptions<Content extends vscode.Disposable> {
  /** Also the `onWebviewPanel:` of the manifest that brings it back. */
  readonly type: string;
  readonly title: () => string;
  /** Name of the pictures in media/, without "-light.svg" and "-dark.svg". */
  readonly icon: string;
  readonly extensionUri: vscode.Uri;
  /** Puts the content into a new panel; disposed with it. */
  fill(panel: vscode.WebviewPanel): Content;
}

/** A panel of which a window has one: opens it, brings it back after a reload. */
export class SinglePanel<Content extends vscode.Disposable> implements vscode.Disposable {
  readonly #options: SinglePanelOptions<Content>;
  readonly #serializer: vscode.Disposable;
  #open: { readonly panel: vscode.WebviewPanel; readonly content: Content } | undefined;

  constructor(options: SinglePanelOptions<Content>) {
    this.#options = options;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(options.type, {
      deserializeWebviewPanel: async (panel) => void this.#take(panel),
    });
  }

  /** Brings the panel to the front, or makes it; gives what is in it. */
  open(): Content {
    if (this.#open !== undefined) {
      this.#open.panel.reveal();
      return this.#open.content;
    }
    const { type, title, extensionUri } = this.#options;
    return this.#take(
      vscode.window.createWebviewPanel(type, title(), vscode.ViewColumn.Active, webviewOptions(extensionUri)),
    );
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#open?.panel.dispose();
  }

  #take(panel: vscode.WebviewPanel): Content {
    // Two at once only when one was restored while another was opened: the older gives way.
    this.#open?.panel.dispose();
    const { icon, extensionUri, fill } = this.#options;
    const media = (file: string) => vscode.Uri.joinPath(extensionUri, 'media', file);
    panel.iconPath = { light: media(`${icon}-light.svg`), dark: media(`${icon}-dark.svg`) };
    const content = fill(panel);
    this.#open = { panel, content };
    panel.onDidDispose(() => {
      content.dispose();
      if (this.#open?.content === content) this.#open = undefined;
    });
    return content;
  }
}
