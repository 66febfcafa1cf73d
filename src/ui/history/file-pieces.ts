import { createReadStream } from 'node:fs';
import * as vscode from 'vscode';

/** Bytes of a piece. */
const PIECE = 262_144;

/**
 * The text of a file in pieces, read as UTF-8. One on this machine may be of any size: VS Code reads files whole, and a text
 * that is held at once has an end at half a billion characters.
 */
export async function* piecesOf(file: vscode.Uri): AsyncGenerator<string> {
  if (file.scheme === 'file') {
    const stream = createReadStream(file.fsPath, { encoding: 'utf8', highWaterMark: PIECE });
    for await (const piece of stream) yield String(piece);
    return;
  }
  const bytes = await vscode.workspace.fs.readFile(file);
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
  }
  yield decoder.decode();
}
