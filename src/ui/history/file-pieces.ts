import { createReadStream } from 'node:fs';
import * as vscode from 'vscode';
import { type TextPieces, wholeOf, writePieces } from '../../desk/history/export-file';

/** Bytes of a piece. */
const PIECE = 262_144;
/** Bytes of a file that is elsewhere, and is written whole. */
export const MOST_ELSEWHERE = 64_000_000;

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

/**
 * Writes a text in pieces, as UTF-8. One on this machine may be of any size. Elsewhere VS Code writes files whole: rejects with
 * `TooLargeError`, before anything is written, where it takes more than `MOST_ELSEWHERE`. A file that cannot be written stays
 * as it was, as far as that is up to us.
 */
export async function savePieces(file: vscode.Uri, pieces: TextPieces): Promise<void> {
  if (file.scheme === 'file') await writePieces(file.fsPath, pieces);
  else await vscode.workspace.fs.writeFile(file, await wholeOf(pieces, MOST_ELSEWHERE));
}
