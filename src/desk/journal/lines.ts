import * as v from 'valibot';
import { JOURNAL_VERSION, type JournalEvent, journalEvent } from './event';
import { foreignTrace, type Trace, tornTrace } from './trace';

/** A piece between two line ends that is no event: torn, damaged, or of another version. */
export interface OddLine {
  /** Byte offset in the file. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** `foreign` lines were written by another version and stay as they are; `torn` ones are nobody's. */
  readonly why: 'torn' | 'foreign';
  /** The operation that it is about, where that can be told. */
  readonly trace: Trace | undefined;
}

/** A line that is no event. */
export type Odd = Pick<OddLine, 'why' | 'trace'>;

export interface ReadLines {
  readonly events: readonly JournalEvent[];
  readonly odd: readonly OddLine[];
  /** Where the next reading goes on: behind the last complete line. */
  readonly end: number;
}

const LINE_END = 0x0a;

/** Cuts bytes that begin at `offset` of the file into events. What follows the last line end is left for next time. */
export function readLines(bytes: Buffer, offset: number): ReadLines {
  const events: JournalEvent[] = [];
  const odd: OddLine[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_END, start); end >= 0; end = bytes.indexOf(LINE_END, start)) {
    const line = bytes.subarray(start, end);
    if (line.length > 0) {
      const read = readLine(line);
      if ('type' in read) events.push(read);
      else odd.push({ offset: offset + start, bytes: Buffer.from(line), ...read });
    }
    start = end + 1;
  }
  return { events, odd, end: offset + start };
}

/** One line as an event, or why it is none. */
export function readLine(line: Buffer): JournalEvent | Odd {
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8'));
  } catch {
    return { why: 'torn', trace: tornTrace(line) };
  }
  const version = v.safeParse(v.looseObject({ v: v.number() }), value);
  if (!version.success) return { why: 'torn', trace: tornTrace(line) };
  if (version.output.v !== JOURNAL_VERSION) return { why: 'foreign', trace: foreignTrace(value) };
  const event = v.safeParse(journalEvent, value);
  return event.success ? event.output : { why: 'foreign', trace: foreignTrace(value) };
}
