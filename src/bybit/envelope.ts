import * as v from 'valibot';
import type { Endpoint } from './endpoint';
import { parseJson } from './json';
import { badField, unreadable } from './outcome';
import { milliseconds, whole } from './schema';

const envelope = v.looseObject({
  retCode: whole,
  retMsg: v.optional(v.nullable(v.string())),
  result: v.optional(v.unknown()),
  time: milliseconds,
});

export interface Envelope {
  readonly retCode: number;
  /** As the exchange wrote it: to be redacted before anybody sees it. */
  readonly retMsg: string;
  readonly result: unknown;
  /** Server clock, milliseconds. */
  readonly time: number;
}

type Called = Pick<Endpoint<unknown, unknown>, 'id' | 'mutates'>;

/** Reads the frame of every answer (API.md §3). Throws UnreadableError. */
export function readEnvelope(called: Called, text: string): Envelope {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    throw unreadable(called, text);
  }
  const frame = v.safeParse(envelope, json, { abortEarly: true });
  if (!frame.success) throw badField(called, pathOf(frame.issues[0]));
  const { retCode, retMsg, result, time } = frame.output;
  return { retCode, retMsg: retMsg ?? '', result, time };
}

/** Reads `result` as the endpoint promises it; unknown fields pass. Throws UnreadableError with the field's path. */
export function readResult<Res>(endpoint: Endpoint<unknown, Res>, result: unknown): Res {
  const parsed = v.safeParse(endpoint.schema, result, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const path = pathOf(parsed.issues[0]);
  throw badField(endpoint, path === '' ? 'result' : `result.${path}`);
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  return v.getDotPath(issue) ?? '';
}
