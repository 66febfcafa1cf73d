import type { Words } from '../../bybit/words';
import type { OpenOperation, Operation } from '../operation';
import type { Baseline, EventOf, JournalEvent } from './event';

/** One operation as its events tell it. */
export interface Record {
  readonly id: string;
  readonly operation: Operation;
  readonly title: Words;
  readonly since: number;
  readonly baseline: Baseline;
  /** Signed times (server clock) of the first and the last time it left; undefined when it never did. */
  readonly sent: { readonly first: number; readonly last: number } | undefined;
  readonly state: OpenOperation['state'];
  readonly accepted: boolean;
  /** The id that the exchange's answer named: a record seen later may be that of the same done elsewhere. */
  readonly recordId: string | undefined;
  readonly code: string | undefined;
  readonly verdict: EventOf<'verdict'> | undefined;
  /** Whether a line of it cannot be read: it may have left though nothing says so. */
  readonly isBlurred: boolean;
}

/** Adds an event to what is known. Reading an event twice changes nothing; the first verdict stands. */
export function fold(records: Map<string, Record>, event: JournalEvent): void {
  const known = records.get(event.id);
  if (event.type === 'intent') {
    if (known === undefined) records.set(event.id, begun(event));
    return;
  }
  // Without its intent (a damaged line) an event says nothing that could be acted on; see `Strays`.
  if (known === undefined || known.verdict !== undefined) return;
  records.set(event.id, next(known, event));
}

function begun({ id, operation, title, at, baseline }: EventOf<'intent'>): Record {
  return {
    id,
    operation,
    title,
    since: at,
    baseline,
    sent: undefined,
    state: 'sending',
    accepted: false,
    recordId: undefined,
    code: undefined,
    verdict: undefined,
    isBlurred: false,
  };
}

function next(known: Record, event: Exclude<JournalEvent, EventOf<'intent'>>): Record {
  switch (event.type) {
    case 'sent': {
      const { first, last } = known.sent ?? { first: event.t, last: event.t };
      return { ...known, sent: { first: Math.min(first, event.t), last: Math.max(last, event.t) } };
    }
    case 'state':
      return {
        ...known,
        state: event.state,
        accepted: known.accepted || event.accepted === true,
        recordId: (event.accepted === true ? event.recordId : undefined) ?? known.recordId,
        code: event.code ?? known.code,
      };
    case 'verdict':
      return { ...known, verdict: event };
  }
}
