import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import * as vscode from 'vscode';

/** Events of one change come in bursts. */
const QUIET_MS = 100;

/**
 * Calls back when something in a folder may have changed, by this window or another. Where the system cannot watch, the
 * window's coming into focus serves.
 */
export function watchFolder(folder: string, onChange: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  };
  const watcher = tryWatch(folder, soon);
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) soon();
  });
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    watcher?.close();
    focus.dispose();
  });
}

function tryWatch(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
