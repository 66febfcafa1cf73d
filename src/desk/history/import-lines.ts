import * as v from 'valibot';
import { CsvReader, type CsvRecord, LONGEST_RECORD } from './csv-records';
import { FIELDS } from './rows';

/** The text of a file in pieces, from its beginning each time it is asked for. */
export type Pieces = () => AsyncIterable<string>;

/** The fields of a line in their order; undefined when the line is no line of fields. */
export type Cells = readonly (string | undefined)[];
export interface Line {
  readonly line: number;
  readonly cells: Cells | undefined;
}

/** Blanks before the first character at which it is looked. */
const MOST_BLANKS = 10_000;

interface Reader {
  push(piece: string): readonly Line[];
  end(): readonly Line[];
}

/** The lines of an exported history, a table or JSON lines, many at a time; others have their turn in between. */
export async function* linesOf(pieces: Pieces): AsyncGenerator<readonly Line[]> {
  let start = '';
  let reader: Reader | undefined;
  for await (const piece of pieces()) {
    await new Promise((resolve) => setImmediate(resolve));
    if (reader !== undefined) {
      yield reader.push(piece);
      continue;
    }
    start += start === '' ? piece.replace(/^\uFEFF/, '') : piece;
    // What comes first tells which of both it is.
    if (start.trim() === '' && start.length < MOST_BLANKS) continue;
    reader = readerOf(start);
    yield reader.push(start);
  }
  yield reader?.end() ?? [];
}

function readerOf(start: string): Reader {
  return start.trimStart().startsWith('{') ? new JsonReader() : new TableReader();
}

/** Columns may stand in any order, and there may be others. */
class TableReader implements Reader {
  readonly #records = new CsvReader();
  #places: readonly number[] | undefined;

  push(piece: string): readonly Line[] {
    return this.#lines(this.#records.push(piece));
  }

  end(): readonly Line[] {
    return this.#lines(this.#records.end());
  }

  #lines(records: readonly CsvRecord[]): readonly Line[] {
    return records.flatMap(({ line, cells }): Line[] => {
      if (this.#places === undefined) {
        this.#places = FIELDS.map((field) => cells.indexOf(field));
        return [];
      }
      if (cells.length === 1 && cells[0] === '') return [];
      return [{ line, cells: this.#places.map((place) => cells[place]?.replace(/^'(?=[=+\-@\t\r])/, '')) }];
    });
  }
}

const jsonRow = v.object({
  from: v.string(),
  to: v.string(),
  coin: v.string(),
  series: v.string(),
  annualRate: v.string(),
  environment: v.optional(v.string()),
});

class JsonReader implements Reader {
  #rest = '';
  #line = 0;
  /** The line that is being read is longer than any of ours: what was kept of it is not read. */
  #isTooLong = false;

  push(piece: string): readonly Line[] {
    const texts = (this.#rest + piece).split('\n');
    const rest = texts.pop() ?? '';
    const lines = texts.flatMap((text) => this.#read(text));
    this.#isTooLong ||= rest.length > LONGEST_RECORD;
    this.#rest = this.#isTooLong ? '' : rest;
    return lines;
  }

  end(): readonly Line[] {
    return this.#read(this.#rest);
  }

  #read(text: string): Line[] {
    this.#line += 1;
    const isTooLong = this.#isTooLong;
    this.#isTooLong = false;
    if (isTooLong) return [{ line: this.#line, cells: undefined }];
    if (text.trim() === '') return [];
    const { success, output } = v.safeParse(jsonRow, parsed(text));
    const cells = success
      ? [output.from, output.to, output.coin, output.series, output.annualRate, output.environment]
      : undefined;
    return [{ line: this.#line, cells }];
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
