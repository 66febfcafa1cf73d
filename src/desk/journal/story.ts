import { type Words, words } from '../../bybit/words';
import type { EventOf, JournalEvent } from './event';

/** Everything the journal holds of one operation. */
export interface Story {
  readonly intent: EventOf<'intent'>;
  /** In the order in which they were written. */
  readonly events: readonly Exclude<JournalEvent, EventOf<'intent'>>[];
  readonly sent: readonly EventOf<'sent'>[];
  readonly verdict: EventOf<'verdict'> | undefined;
  /** How it ended, or how it stands while it has no end. */
  readonly state: EventOf<'verdict'>['state'] | EventOf<'state'>['state'] | 'sending';
  /** The last that was named, if any. */
  readonly recordId: string | undefined;
  readonly code: string | undefined;
}

/** The operations of a journal, oldest first. What has no intent (a damaged line) is left out: it tells no story. */
export function storiesOf(events: readonly JournalEvent[]): readonly Story[] {
  const intents = new Map<string, EventOf<'intent'>>();
  const followers = new Map<string, Exclude<JournalEvent, EventOf<'intent'>>[]>();
  for (const event of events) {
    if (event.type !== 'intent') followers.get(event.id)?.push(event);
    else if (!intents.has(event.id)) {
      intents.set(event.id, event);
      followers.set(event.id, []);
    }
  }
  return [...intents.values()].map((intent) => storyOf(intent, followers.get(intent.id) ?? []));
}

function storyOf(intent: EventOf<'intent'>, events: Story['events']): Story {
  const named = events.filter((event) => event.type !== 'sent');
  // The first verdict stands (see `fold`); what another window wrote behind it changes nothing.
  const verdict = events.find((event) => event.type === 'verdict');
  return {
    intent,
    events,
    sent: events.filter((event) => event.type === 'sent'),
    verdict,
    state: verdict?.state ?? named.at(-1)?.state ?? 'sending',
    recordId: verdict?.recordId ?? named.findLast(({ recordId }) => recordId !== undefined)?.recordId,
    code: verdict?.code ?? named.findLast(({ code }) => code !== undefined)?.code,
  };
}

/** The state of an operation in a word or two. */
export function stateWords(state: Story['state']): Words {
  switch (state) {
    case 'done':
      return words('Done');
    case 'failed':
      return words('Failed');
    case 'refused':
      return words('Refused');
    case 'absent':
      return words('Did not happen');
    case 'sending':
      return words('Being sent');
    case 'processing':
      return words('Being processed');
    case 'unknown':
      return words('Not known yet');
    case 'needsLook':
      return words('Needs a look');
  }
}
