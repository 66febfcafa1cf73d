import type * as vscode from 'vscode';
import type { WindowChoice } from './session-manager';

const KEY = 'accountId';

/** Kept per workspace; where it is lost the window opens the default account. */
export function windowChoice({
  workspaceState,
}: Pick<vscode.ExtensionContext, 'workspaceState'>): WindowChoice {
  return {
    get() {
      const id = workspaceState.get<unknown>(KEY);
      return typeof id === 'string' ? id : undefined;
    },
    set: (id) => void workspaceState.update(KEY, id),
  };
}
