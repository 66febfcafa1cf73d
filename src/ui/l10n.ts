import * as vscode from 'vscode';
import { inLanguage, type Words } from '../bybit/words';

/** The sentence in the language of the editor (English where it was not translated), with its code at the end. */
export function translate(sentence: Words): string {
  return inLanguage(sentence, (text, args) => vscode.l10n.t(text, ...args));
}
