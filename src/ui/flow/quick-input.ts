import * as vscode from 'vscode';
import { translate } from '../l10n';
import { textOf } from '../tree/item';
import { Gathered } from './gathered';
import type { Button, Frame, Reply } from './question';

/** What quick picks and input boxes have in common beyond `vscode.QuickInput`. */
interface Field extends vscode.QuickInput {
  buttons: readonly vscode.QuickInputButton[];
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
}

export interface Session<T> {
  readonly buttons: readonly Button[];
  readonly watch: ((redraw: () => void) => () => void) | undefined;
  readonly redraw: () => void;
  /** Listens to the field; calls `settle` with the answer, or `fail`. */
  begin(settle: (value: T) => void, fail: (error: unknown) => void): vscode.Disposable;
}

/**
 * Shows a field until it is answered or left. Back is an answer, hiding it (Escape) rejects with
 * `vscode.CancellationError`.
 */
export async function during<T>(field: Field, frame: Frame, session: Session<T>): Promise<Reply<T>> {
  field.title = textOf(frame.title, ' · ');
  // “(1/1)” would tell nothing.
  field.step = frame.steps > 1 ? frame.step : undefined;
  field.totalSteps = frame.steps > 1 ? frame.steps : undefined;
  // A look at another window, e.g. for a number, must not cost what was typed.
  field.ignoreFocusOut = true;
  const own = session.buttons.map((button) => ({
    button,
    iconPath: new vscode.ThemeIcon(button.icon),
    tooltip: translate(button.tooltip),
  }));
  field.buttons = [...(frame.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...own];
  // While figures come in one by one, what is typed must not wait for as many drawings.
  const redrawn = new Gathered(session.redraw);
  const owned: vscode.Disposable[] = [field, redrawn];
  const stop = session.watch?.(() => redrawn.ask());
  try {
    return await new Promise<Reply<T>>((resolve, reject) => {
      owned.push(
        field.onDidHide(() => reject(new vscode.CancellationError())),
        field.onDidTriggerButton((pressed) => {
          if (pressed === vscode.QuickInputButtons.Back) resolve({ kind: 'back' });
          const button = own.find((candidate) => candidate === pressed)?.button;
          if (button !== undefined) press(field, button).then(session.redraw, reject);
        }),
        session.begin((value) => resolve({ kind: 'answer', value }), reject),
      );
      field.show();
    });
  } finally {
    stop?.();
    vscode.Disposable.from(...owned).dispose();
  }
}

async function press(field: Field, button: Button): Promise<void> {
  await busy(field, async () => button.press());
}

/** Shows that the field works on something; nothing can be typed meanwhile. */
export async function busy<T>(field: vscode.QuickInput, work: () => Promise<T>): Promise<T> {
  field.busy = true;
  field.enabled = false;
  try {
    return await work();
  } finally {
    field.enabled = true;
    field.busy = false;
  }
}
