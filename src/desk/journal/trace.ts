import * as v from 'valibot';

/** What can be told of a line that is no event of this version. */
export interface Trace {
  /** Of the operation it is about. */
  readonly id: string;
  /** Local epoch milliseconds; undefined where that cannot be read. */
  readonly at: number | undefined;
  /** Whether it says how the operation ended. */
  readonly isEnd: boolean;
}

const ID = '[\\w-]{1,64}';
const foreign = v.looseObject({
  id: v.pipe(v.string(), v.regex(new RegExp(`^${ID}$`))),
  type: v.string(),
  at: v.fallback(v.optional(v.number()), undefined),
});

/** Of a whole line that another version wrote, or nobody: undefined when it names no operation. */
export function foreignTrace(value: unknown): Trace | undefined {
  const read = v.safeParse(foreign, value);
  if (!read.success) return undefined;
  const { id, type, at } = read.output;
  return { id, at, isEnd: type === 'verdict' };
}

/**
 * Of a line that cannot be parsed: undefined unless it was written whole, names an operation and says that it had left.
 * What was cut off while it was written was never acted on, and an intent alone is not a sending.
 */
export function tornTrace(line: Buffer): Trace | undefined {
  const text = line.toString('latin1');
  if (!text.trimEnd().endsWith('}')) return undefined;
  const id = new RegExp(`"id":"(${ID})"`).exec(text)?.[1];
  if (id === undefined || !/"type":"(?:sent|state)"/.test(text)) return undefined;
  const at = /"at":(\d{1,15})/.exec(text)?.[1];
  return { id, at: at === undefined ? undefined : Number(at), isEnd: false };
}
