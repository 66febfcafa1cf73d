import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/ui/commands';
import { runningExtension } from './extension';

describe('activation', () => {
  it('hands out nothing that other extensions could call', async () => {
    const { extension, returned, took } = await runningExtension();
    // Told, not judged: what a machine takes is no fault of the code.
    console.info(`    loaded in ${took.load.toFixed(0)} ms, activated in ${took.activate.toFixed(0)} ms`);
    assert.equal(returned, undefined);
    assert.equal(extension.exports, undefined);
  });

  it('registers exactly the commands that the manifest contributes', async () => {
    const { extension } = await runningExtension();
    const contributed: string[] = extension.packageJSON.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    const ours = COMMANDS.map((id) => `loanDesk.${id}`);
    assert.deepEqual([...ours].sort(), [...contributed].sort());
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      ours.filter((id) => !registered.has(id)),
      [],
    );
  });
});
