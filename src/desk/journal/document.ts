import { type Words, words } from '../../bybit/words';
import type { Operation } from '../operation';
import { utcText } from '../utc';
import { askedOf } from './asked';
import type { EventOf, JournalEvent } from './event';
import { type Story, stateWords, storiesOf } from './story';

/** Translates a sentence. */
export type Say = (sentence: Words) => string;

export interface JournalDocumentOptions {
  readonly events: readonly JournalEvent[];
  /** Lines that are no events of this version. */
  readonly oddLines: number;
  /** Whose journal it is, e.g. "My key, Testnet, api-testnet.bybit.com". */
  readonly heading: string;
  readonly say: Say;
}

/** Characters that cannot be seen, or that turn the direction of the line around; from coin names and the exchange. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const INDENT = '    ';

/** The journal for reading: one block an operation, newest first, times in UTC, amounts exact. Plain text. */
export function journalDocument({ events, oddLines, heading, say }: JournalDocumentOptions): string {
  const stories = storiesOf(events).toReversed();
  const top = [
    say(words('Journal of {0}', heading)),
    stories.length === 0
      ? say(words('No operation was confirmed on this account yet.'))
      : say(words('Operations: {0}, newest first. Times are UTC.', String(stories.length))),
  ];
  if (oddLines > 0) {
    const odd = words('Lines that cannot be read: {0}. They stay in the file.', String(oddLines));
    top.push(say(odd));
  }
  const blocks = stories.map((story) => {
    const [first = '', ...rest] = blockOf(story, say);
    return [first, ...rest.map((line) => `${INDENT}${line}`)];
  });
  return [top, ...blocks]
    .map((block) => block.map((line) => `${line.replace(UNSEEN, ' ')}\n`).join(''))
    .join('\n');
}

function blockOf(story: Story, say: Say): readonly string[] {
  const { intent, state } = story;
  const id = words('Id of the operation in this journal: {0}', intent.id);
  return [
    `${utcText(intent.at)}  ${say(intent.title)}`,
    say(words('State: {0}', say(stateWords(state)))),
    ...askedLines(intent.operation, say),
    ...reviewLines(intent.review, say),
    `${utcText(intent.at)}  ${say(words('Confirmed'))}`,
    ...story.events.map((event) => `${utcText(event.at)}  ${happened(event, story, say)}`),
    say(id),
  ];
}

function reviewLines(review: string | undefined, say: Say): readonly string[] {
  if (review === undefined) return [];
  return [say(words('Reviewed, before → after:')), ...review.split('\n').map((line) => `${INDENT}${line}`)];
}

function askedLines(operation: Operation, say: Say): readonly string[] {
  const { coin = '', amount = '', target, annualRate, term, collateral, direction } = askedOf(operation);
  const [system = '', kind = ''] = operation.kind.split('.');
  const what = `${amount} ${coin}`.trim();
  const lines = [
    what === ''
      ? words('Asked: {0} ({1})', kind, system)
      : words('Asked: {0} ({1}), {2}', kind, system, what),
  ];
  if (target !== undefined) lines.push(words('About: {0}', target));
  if (annualRate !== undefined) lines.push(words('Rate a year, as a fraction: {0}', annualRate));
  if (term !== undefined) lines.push(words('Term in days: {0}', term));
  if (direction !== undefined) lines.push(words('Direction: {0}', direction));
  if (collateral.length > 0) lines.push(words('Collateral: {0}', collateral.join(', ')));
  return lines.map(say);
}

function happened(event: Story['events'][number], { sent }: Story, say: Say): string {
  switch (event.type) {
    case 'sent': {
      const time = utcText(event.t);
      // Only a clean refusal for the time (10002) or the rate (10006) is followed by another sending.
      return say(
        event === sent[0]
          ? words('Sent, signed with the time {0} of the exchange', time)
          : words('Refused for its time or its rate; sent again, signed with the time {0}', time),
      );
    }
    case 'state':
      return [
        say(event.accepted === true ? words('Accepted by the exchange') : stateWords(event.state)),
        ...tracesOf(event, say),
      ].join(' · ');
    case 'verdict': {
      const told = say(event.words);
      const by = event.by === 'person' ? [say(words('by your word'))] : [];
      return [told, ...by, ...tracesOf(event, say, told)].join(' · ');
    }
  }
}

/** Record and code, where the exchange named them and the sentence does not. */
function tracesOf({ recordId, code }: EventOf<'state' | 'verdict'>, say: Say, told = ''): readonly string[] {
  return [
    ...(recordId === undefined ? [] : [say(words('record {0}', recordId))]),
    ...(code === undefined || told.includes(code) ? [] : [say(words('code {0}', code))]),
  ];
}
