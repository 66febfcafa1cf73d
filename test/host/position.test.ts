import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runningExtension } from './extension';

describe('the position panel', () => {
  before(async () => {
    await runningExtension();
    await vscode.commands.executeCommand('loanDesk.tryPaper');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeActiveEditor'));

  /** Panels of ours; VS Code puts a word of its own before their type. */
  const open = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input }) => input instanceof vscode.TabInputWebview && /loanDesk\.position$/.test(input.viewType),
      );

  it('is opened by its command, once', async () => {
    assert.equal(open().length, 0);
    await vscode.commands.executeCommand('loanDesk.openPosition');
    const opened = new Promise<void>((resolve) => {
      const listener = vscode.window.tabGroups.onDidChangeTabs(() => {
        if (open().length === 0) return;
        listener.dispose();
        resolve();
      });
    });
    if (open().length === 0) await opened;
    await vscode.commands.executeCommand('loanDesk.openPosition');
    assert.equal(open().length, 1);
  });
});
