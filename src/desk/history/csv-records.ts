/** One record of a table, and the line on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a table as RFC 4180 says, one record after the other; line ends may be LF too. A quote that is never closed takes
 * the rest of the text into its cell.
 */
export function* csvRecords(text: string): Generator<CsvRecord> {
  const cell = /"((?:[^"]|"")*)(?:"|$)([^,\r\n]*)|([^,\r\n]*)/y;
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
    cell.lastIndex = at;
    const [whole = '', quoted, after = '', plain = ''] = cell.exec(text) ?? [];
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + after);
    line += whole.split('\n').length - 1;
    at += whole.length;
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) cells.push('');
      continue;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    yield { line: start, cells };
    line += 1;
    start = line;
    cells = [];
  }
  if (cells.length > 0) yield { line: start, cells };
}
