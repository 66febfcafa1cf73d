import { decimal } from '../../../../src/bybit/decimal';
import type { EventOf, JournalEvent } from '../../../../src/desk/journal/event';
import type { Operation } from '../../../../src/desk/operation';

export const REPAY: Operation = {
  kind: 'flexible.repay',
  accountId: 'acc-1',
  params: { coin: 'BTC', amount: decimal('0.05') },
};

export function intent(id: string, operation: Operation = REPAY): EventOf<'intent'> {
  return {
    v: 1,
    id,
    at: 1_800_000_000_000,
    type: 'intent',
    operation,
    title: { text: 'Repay {0}', args: ['0.05 BTC'] },
    baseline: { ids: ['99'], totals: [{ what: 'debt', coin: 'BTC', amount: decimal('0.1') }] },
  };
}

export function sent(id: string, t = 1_800_000_000_500): EventOf<'sent'> {
  return { v: 1, id, at: 1_800_000_000_600, type: 'sent', t };
}

export function state(id: string, change: Partial<EventOf<'state'>> = {}): EventOf<'state'> {
  return { v: 1, id, at: 1_800_000_001_000, type: 'state', state: 'processing', ...change };
}

export function verdict(id: string, change: Partial<EventOf<'verdict'>> = {}): EventOf<'verdict'> {
  return {
    v: 1,
    id,
    at: 1_800_000_002_000,
    type: 'verdict',
    state: 'done',
    words: { text: 'Done: it stands in the history of the exchange.', args: [] },
    by: 'desk',
    ...change,
  };
}

/** The whole life of one operation, with text that is more than one byte a character. */
export function life(id: string): readonly JournalEvent[] {
  return [
    intent(id),
    sent(id),
    state(id, { accepted: true, recordId: '7' }),
    verdict(id, { recordId: '7€😀' }),
  ];
}
