import * as vscode from 'vscode';
import { byCount, words } from '../../bybit/words';
import { countText } from '../../desk/locale';
import { type ShownSheet, sheetCsv } from '../../desk/tables/sheet-csv';
import { exportName } from '../file-name';
import type { Asker } from '../flow/asker';
import { saveFile } from './save-file';

export interface SheetExport {
  readonly sheet: ShownSheet;
  /** Of the file: what is in it, and whose it is. */
  readonly what: string;
  readonly label: string;
  readonly asker: Asker;
}

/** Asks for a file and saves rows as they were shown; nothing where the person picks none. */
export async function exportSheet({ sheet, what, label, asker }: SheetExport): Promise<void> {
  await saveFile({
    title: vscode.l10n.t('Save What Is Shown'),
    name: exportName(what, label, 'csv', Date.now()),
    text: () => sheetCsv(sheet),
    done: byCount(
      sheet.rows.length,
      words('1 row was saved.'),
      words('{0} rows were saved.', countText(sheet.rows.length, vscode.env.language)),
    ),
    asker,
  });
}

/** Puts a text on the clipboard, and says so for a moment. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 2_000);
}
