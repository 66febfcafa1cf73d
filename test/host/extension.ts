import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';

const ID = 'loan-desk.loan-desk';

interface Main {
  readonly activate: (context: vscode.ExtensionContext) => unknown;
}

/** The running extension as a test may look at it from behind: it hands out nothing by itself. */
export interface Running {
  readonly extension: vscode.Extension<unknown>;
  readonly context: vscode.ExtensionContext;
  /** What `activate` returned. */
  readonly returned: unknown;
  /** What the first activation took: milliseconds to load the code, then for `activate` itself. */
  readonly took: { readonly load: number; readonly activate: number };
  /**
   * Ends everything the extension registered and activates it anew, as a reload of the window does; with parts of its
   * context replaced until the next restart.
   */
  restart(change?: Partial<vscode.ExtensionContext>): void;
}

let running: Promise<Running> | undefined;

/** The extension, activated by the first that asks. */
export function runningExtension(): Promise<Running> {
  running ??= activate();
  return running;
}

async function activate(): Promise<Running> {
  const extension = vscode.extensions.getExtension(ID);
  assert.ok(extension, `${ID} is installed`);
  assert.equal(extension.isActive, false, 'nothing activates it before its views or commands are used');
  const path = require.resolve(join(extension.extensionPath, 'dist', 'extension.js'));
  const begun = performance.now();
  const main: Main = require(path);
  const load = performance.now() - begun;
  let called = 0;
  let context: vscode.ExtensionContext | undefined;
  let returned: unknown;
  const module = require.cache[path];
  assert.ok(module);
  module.exports = {
    activate(given: vscode.ExtensionContext) {
      context = given;
      const at = performance.now();
      returned = main.activate(given);
      called = performance.now() - at;
      return returned;
    },
  } satisfies Main;
  await extension.activate();
  assert.ok(context, 'VS Code activates the module that is watched');
  const whole = context;
  return {
    extension,
    context: whole,
    returned,
    took: { load, activate: called },
    restart(change = {}) {
      for (const disposable of whole.subscriptions.splice(0).reverse()) disposable.dispose();
      const parts = Object.entries(change).map(([name, value]) => [name, { value }]);
      main.activate(Object.create(whole, Object.fromEntries(parts)));
    },
  };
}
