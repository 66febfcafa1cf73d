import * as vscode from 'vscode';
import { RowForest, type RowNode } from './forest';
import { tooltipText, treeItem } from './item';
import type { Row } from './row';

/** Longer than VS Code takes to ask for rows of which it was told. */
const AGAIN_MS = 500;

/** Builds the rows as they are now. */
export type Build = () => readonly Row[];

/** A tree of VS Code on rows as values: draws them, and draws again only what has changed. */
export class RowProvider implements vscode.TreeDataProvider<RowNode>, vscode.Disposable {
  readonly #forest = new RowForest();
  readonly #changes = new vscode.EventEmitter<RowNode[] | undefined>();
  readonly #load: () => Promise<Build>;
  readonly onDidChangeTreeData = this.#changes.event;
  /** Undefined until somebody has asked for the rows. */
  #build: Build | undefined;
  /**
   * All rows are others than those that VS Code asked for last. It forgets a change that it is told while it still reads the rows
   * of before: until it asks, it is told again.
   */
  #isOwed = false;
  #again: NodeJS.Timeout | undefined;

  /** `load` gives what builds the rows of the moment. */
  constructor(load: () => Promise<Build>) {
    this.#load = load;
  }

  /** Builds the rows anew. Before anybody has asked for them there is nothing to draw again. */
  update(): void {
    if (this.#build === undefined) return;
    const change = this.#forest.replace(this.#build());
    if (change === 'everything') this.#isOwed = true;
    if (this.#isOwed) this.#tellAll();
    else if (typeof change !== 'string') this.#changes.fire([...change]);
  }

  #tellAll(): void {
    this.#changes.fire(undefined);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (this.#isOwed) this.#changes.fire(undefined);
    }, AGAIN_MS);
  }

  /** Rejects when what builds the rows cannot be loaded. */
  async getChildren(node?: RowNode): Promise<RowNode[]> {
    if (node !== undefined) return [...this.#forest.childrenOf(node)];
    if (this.#build === undefined) {
      this.#build = await this.#load();
      this.#forest.replace(this.#build());
    }
    this.#isOwed = false;
    return [...this.#forest.roots];
  }

  getTreeItem(node: RowNode): vscode.TreeItem {
    return treeItem(node);
  }

  getParent(node: RowNode): RowNode | undefined {
    return node.parent;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: RowNode): Promise<vscode.TreeItem> {
    const lines = this.#forest.tooltipOf(node);
    item.tooltip = tooltipText([...lines, ...((await node.row.more?.()) ?? [])]);
    return item;
  }

  dispose(): void {
    clearTimeout(this.#again);
    this.#changes.dispose();
  }
}
