import { createHash } from 'node:crypto';
import { NO_ADJUSTMENTS } from '../ledger/adjusting';
import { NO_FIXED } from '../ledger/fixed/state';
import { NO_FLEXIBLE } from '../ledger/flexible';
import { HABITS } from '../ledger/genesis';
import { NO_INSTITUTIONAL } from '../ledger/institutional/state';
import { NO_LEGACY } from '../ledger/legacy/state';
import type { State } from '../ledger/state';

const FORMAT = 'loan-desk-paper-ledger';
const VERSION = 1;
const MAP = '$map';

/** The ledger as text: a line that says what it is, with a checksum, and the ledger as JSON. */
export function encode(state: State): string {
  const body = JSON.stringify(state, (_name, value: unknown) =>
    value instanceof Map ? { [MAP]: [...value] } : value,
  );
  const head = { format: FORMAT, version: VERSION, note: 'simulated money', sha256: digest(body) };
  return `${JSON.stringify(head)}\n${body}\n`;
}

/** The ledger out of text; undefined when it is torn, changed or of another version. */
export function decode(text: string): State | undefined {
  const [head = '', body = '', rest] = text.split('\n');
  try {
    const { format, version, sha256 } = JSON.parse(head) as Record<string, unknown>;
    if (rest !== '' || format !== FORMAT || version !== VERSION || sha256 !== digest(body)) return undefined;
    const stored = JSON.parse(body, (_name, value: unknown) => mapOf(value) ?? value) as State;
    // Parts that came after a ledger was begun start out empty.
    return {
      ...stored,
      habits: { ...HABITS, ...stored.habits },
      common: { ...NO_ADJUSTMENTS, ...stored.common },
      flexible: { ...NO_FLEXIBLE, ...stored.flexible },
      fixed: { ...NO_FIXED, ...stored.fixed },
      legacy: { ...NO_LEGACY, ...stored.legacy },
      institutional: { ...NO_INSTITUTIONAL, ...stored.institutional },
    };
  } catch {
    return undefined;
  }
}

function digest(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function mapOf(value: unknown): Map<unknown, unknown> | undefined {
  if (typeof value !== 'object' || value === null || !(MAP in value)) return undefined;
  return new Map(value[MAP] as [unknown, unknown][]);
}
