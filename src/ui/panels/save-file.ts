import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Words, words } from '../../bybit/words';
import type { Asker } from '../flow/asker';

export interface SavedFile {
  /** Of the dialog that asks where to. */
  readonly title: string;
  /** Proposed for the file. */
  readonly name: string;
  /** CSV; made once a file was chosen. */
  readonly text: () => string;
  /** What is said once it is there. */
  readonly done: Words;
  readonly asker: Asker;
}

/** Asks for a file, writes it and offers to open it; nothing where the person chooses none. A failed write is told. */
export async function saveFile({ title, name, text, done, asker }: SavedFile): Promise<void> {
  const file = await vscode.window.showSaveDialog({
    title,
    defaultUri: vscode.Uri.file(join(homedir(), name)),
    filters: { CSV: ['csv'] },
  });
  if (file === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text()));
  } catch {
    await asker.say({ severity: 'error', words: [words('The file could not be written.')], actions: [] });
    return;
  }
  const choice = await asker.say({
    severity: 'info',
    words: [done],
    actions: [{ id: 'open', label: words('Open') }],
  });
  if (choice === 'open') await vscode.window.showTextDocument(file);
}
