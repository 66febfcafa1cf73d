import * as vscode from 'vscode';
import { translate } from '../l10n';
import { textOf } from '../tree/item';
import type { Asker } from './asker';
import { askInput } from './input-box';
import type { Message } from './question';
import { askMany, askOne } from './quick-pick';
import { sentences } from './sentences';

/** How long something may take before it is shown that it goes on, milliseconds. */
const PATIENCE_MS = 500;

/** The person at VS Code. Escape rejects with `vscode.CancellationError`. */
export const vscodeAsker: Asker = {
  pick: askOne,
  pickMany: askMany,
  input: askInput,
  file: async (question, { title, canGoBack }) => {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: textOf(title, ' · '),
        openLabel: translate(question.open),
        canSelectMany: false,
      })) ?? [];
    if (file !== undefined) return { kind: 'answer', value: file.fsPath };
    if (canGoBack) return { kind: 'back' };
    throw new vscode.CancellationError();
  },
  confirm: async ({ message, detail, deed }) => {
    const button = translate(deed);
    const options = { modal: true, detail: detail.map((line) => textOf(line, ' · ')).join('\n') };
    return (await vscode.window.showWarningMessage(translate(message), options, button)) === button;
  },
  say: async ({ severity, about, words, actions }) => {
    const text = sentences([...(about === undefined ? [] : [about]), ...words].map(translate));
    const items = actions.map(({ id, label }) => ({ id, title: translate(label) }));
    return (await SHOW[severity](text, ...items))?.id;
  },
  during: async (title, work) => {
    const stages = new vscode.EventEmitter<string>();
    let stage: string | undefined;
    const result = work((now) => {
      stage = translate(now);
      stages.fire(stage);
    });
    const settled = result.then(
      () => true,
      () => true,
    );
    const timer = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false));
    if (!(await Promise.race([settled, timer]))) {
      const options = { location: vscode.ProgressLocation.Notification, title: translate(title) };
      void vscode.window.withProgress(options, async (progress) => {
        if (stage !== undefined) progress.report({ message: stage });
        const listener = stages.event((message) => progress.report({ message }));
        await settled;
        listener.dispose();
      });
    }
    return await result.finally(() => stages.dispose());
  },
};

type Item<Action> = vscode.MessageItem & { readonly id: Action };

const SHOW: {
  readonly [Severity in Message<string>['severity']]: <Action>(
    text: string,
    ...items: Item<Action>[]
  ) => Thenable<Item<Action> | undefined>;
} = {
  info: (text, ...items) => vscode.window.showInformationMessage(text, ...items),
  warning: (text, ...items) => vscode.window.showWarningMessage(text, ...items),
  error: (text, ...items) => vscode.window.showErrorMessage(text, ...items),
};
