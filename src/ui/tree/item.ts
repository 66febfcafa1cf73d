import * as vscode from 'vscode';
import { translate } from '../l10n';
import type { RowNode } from './forest';
import { canUnfold, type Row, type Text } from './row';

/** Draws a row. Text of the exchange is text here too: tooltips go through `appendText`, which escapes Markdown. */
export function treeItem({ id, row, about }: RowNode): vscode.TreeItem {
  const label = translate(row.label);
  const item = new vscode.TreeItem(label, foldingOf(row));
  // VS Code remembers as folded what had nothing under it: a row that gets its first children is another row to it.
  item.id = canUnfold(row) ? id : `${id}/leaf`;
  if (row.description !== undefined) item.description = textOf(row.description, ' · ');
  item.accessibilityInformation = {
    label: row.description === undefined ? label : `${label}, ${textOf(row.description, ', ')}`,
  };
  if (row.tokens !== undefined) item.contextValue = row.tokens.join(' ');
  if (row.icon !== undefined) item.iconPath = iconOf(row.icon);
  if (row.command !== undefined) item.command = { command: row.command, title: '', arguments: [about] };
  return item;
}

/** A tooltip of one line each; nothing of it is read as Markdown. */
export function tooltipText(lines: readonly Text[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const [index, line] of lines.entries()) {
    if (index > 0) text.appendMarkdown('\n\n');
    text.appendText(textOf(line, ' · '));
  }
  return text;
}

/** The sentences in the language of the editor, side by side. */
export function textOf(text: Text, between: string): string {
  return 'text' in text ? translate(text) : text.map(translate).join(between);
}

function foldingOf(row: Row): vscode.TreeItemCollapsibleState {
  if (!canUnfold(row)) return vscode.TreeItemCollapsibleState.None;
  return row.expanded === true
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function iconOf({ id, color }: NonNullable<Row['icon']>): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
