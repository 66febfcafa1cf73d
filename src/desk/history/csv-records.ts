/** One record of a table, and the line on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Characters of a record at most: a quote that is never closed would hold all that follows. */
export const LONGEST_RECORD = 1_000_000;

/**
 * Reads a table as RFC 4180 says out of a text that comes in pieces; line ends may be LF too. A quote that is never closed
 * takes the rest of the text into its cell. A record that is too long has no cells, and the next begins on the next line.
 */
export class CsvReader {
  #rest = '';
  #line = 1;
  #isSkipping = false;

  /** The records that end within the text so far. */
  push(piece: string): readonly CsvRecord[] {
    this.#rest += piece;
    const found = this.#records(false);
    if (this.#rest.length > LONGEST_RECORD) {
      if (!this.#isSkipping) found.push({ line: this.#line, cells: [] });
      this.#isSkipping = true;
      found.push(...this.#records(false));
    }
    return found;
  }

  /** The record that the end of the text ends. */
  end(): readonly CsvRecord[] {
    return this.#records(true);
  }

  #records(isEnd: boolean): CsvRecord[] {
    const found: CsvRecord[] = [];
    let at = this.#skipped();
    for (let next = recordAt(this.#rest, at, isEnd); next !== undefined; ) {
      found.push({ line: this.#line, cells: next.cells });
      this.#line += next.lines;
      at = next.end;
      next = recordAt(this.#rest, at, isEnd);
    }
    this.#rest = this.#rest.slice(at);
    return found;
  }

  /** Where to go on: behind the line that is too long, if it ends in the text so far. */
  #skipped(): number {
    if (!this.#isSkipping) return 0;
    const end = this.#rest.indexOf('\n') + 1;
    if (end === 0) return this.#rest.length;
    this.#isSkipping = false;
    this.#line += 1;
    return end;
  }
}

interface Found {
  readonly cells: readonly string[];
  /** Where the next begins. */
  readonly end: number;
  readonly lines: number;
}

/** The record at a place; undefined where the text ends, or may not be all of the record. */
function recordAt(text: string, start: number, isEnd: boolean): Found | undefined {
  if (start >= text.length) return undefined;
  const cell = /"([^"]*(?:""[^"]*)*)(?:"|$)([^,\r\n]*)|([^,\r\n]*)/y;
  const cells: string[] = [];
  let lines = 1;
  for (let at = start; ; at += 1) {
    cell.lastIndex = at;
    const [whole = '', quoted, after = '', plain = ''] = cell.exec(text) ?? [];
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + after);
    if (quoted !== undefined) lines += whole.split('\n').length - 1;
    at += whole.length;
    if (text[at] === ',') continue;
    if (text[at] === '\r') at += 1;
    // What follows may belong to it: more of the cell, the other half of a quote or of the line's end.
    if (at >= text.length && !isEnd) return undefined;
    if (text[at] === '\n') at += 1;
    return { cells, end: at, lines };
  }
}
