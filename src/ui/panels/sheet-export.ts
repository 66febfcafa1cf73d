import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { words } from '../../bybit/words';
import { type ShownSheet, sheetCsv } from '../../desk/tables/sheet-csv';
import { exportName } from '../file-name';
import type { Asker } from '../flow/asker';

export interface SheetExport {
  readonly sheet: ShownSheet;
  /** Of the file: what is in it, and whose it is. */
  readonly what: string;
  readonly label: string;
  readonly asker: Asker;
}

/** Asks for a file and saves rows as they were shown; nothing where the person picks none. */
export async function exportSheet({ sheet, what, label, asker }: SheetExport): Promise<void> {
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save What Is Shown'),
    defaultUri: vscode.Uri.file(join(homedir(), exportName(what, label, 'csv', Date.now()))),
    filters: { CSV: ['csv'] },
  });
  if (file === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(sheetCsv(sheet)));
  } catch {
    await asker.say({ severity: 'error', words: [words('The file could not be written.')], actions: [] });
    return;
  }
  const choice = await asker.say({
    severity: 'info',
    words: [words('{0} rows were saved.', String(sheet.rows.length))],
    actions: [{ id: 'open', label: words('Open') }],
  });
  if (choice === 'open') await vscode.window.showTextDocument(file);
}

/** Puts a text on the clipboard, and says so for a moment. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 2_000);
}
