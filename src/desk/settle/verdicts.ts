import { BybitError } from '../../bybit/errors';
import { plain, type Words, words } from '../../bybit/words';
import type { Record } from '../journal/record';
import type { Stray } from '../journal/strays';
import type { OpenOperation, Verdict, VerdictState } from '../operation';
import { deedOf } from '../operations/registry';
import { codeOf } from '../store';

/** The words of each outcome. */

type Facts = Partial<Pick<Verdict, 'advice' | 'recordId' | 'code'>>;

export function verdict(state: VerdictState, what: Words, facts: Facts = {}): Verdict {
  return { state, words: what, advice: facts.advice, recordId: facts.recordId, code: facts.code };
}

/** Nothing was sent, for a reason of ours. */
export function refusedHere(what: Words, advice?: Words): Verdict {
  return verdict('refused', what, { advice });
}

/** The account's lock is held elsewhere. */
export function anotherWindow(): Verdict {
  return refusedHere(
    words('Another window is working on this account. Nothing was sent.'),
    words('Try again in a moment.'),
  );
}

/** Another window took the key away or gave the account another one. */
export function keyGone(): Verdict {
  return refusedHere(
    words('The key of this account was removed or replaced meanwhile. Nothing was sent.'),
    words('Ask again once the account is open with a key.'),
  );
}

/** The intent is not on the disk, and nothing is sent without it. */
export function notWritten(): Verdict {
  return refusedHere(
    words('The journal could not be written, so nothing was sent.'),
    words('Free some space on the disk or look at the rights of the folder, then try again.'),
  );
}

/** Without the journal nobody knows what is still open. */
export function notRead(): Verdict {
  return refusedHere(
    words('The journal could not be read, so nothing was sent.'),
    words('Look at the rights of the folder, then try again.'),
  );
}

/** Stops an operation before it leaves. */
export class NotSent extends Error {
  constructor(readonly verdict: Verdict) {
    super(plain(verdict.words));
    this.name = 'NotSent';
  }
}

/** The call failed and is known to have done nothing. */
export function refusedBy(error: unknown): Verdict {
  if (error instanceof NotSent) return error.verdict;
  if (!(error instanceof BybitError))
    return refusedHere(words('Something unexpected went wrong; nothing was sent.'));
  return verdict('refused', error.words, { advice: error.advice, code: codeOf(error) });
}

/** What a row of a history says; its own words where the usual ones are not true of it. */
interface Said {
  readonly id: string | undefined;
  readonly words?: Words | undefined;
}

export function done({ id, words: own }: Said): Verdict {
  return verdict('done', own ?? words('Done: it stands in the history of the exchange.'), { recordId: id });
}

export function failed({ id, words: own }: Said): Verdict {
  const usual = words('The exchange took the request and could not carry it out. Nothing has changed.');
  return verdict('failed', own ?? usual, { recordId: id });
}

export function absent(code: string | undefined): Verdict {
  return verdict('absent', words('It did not happen: the exchange has no trace of it.'), {
    advice: words('You can ask for it again.'),
    code,
  });
}

/**
 * The operation of a record that has no end. `isOurs`: this window sends it now; `now`: local epoch milliseconds. What another
 * window began so long ago that no request of it can be under way any more was left by one that is gone: it is being
 * looked up.
 */
export function asOpen(
  { id, operation, title, state, since }: Record,
  isOurs: boolean,
  now: number,
): OpenOperation {
  // Of our own sending we know; a wall clock that is set meanwhile says nothing about it.
  const isLeft = state === 'sending' && !isOurs && now - since > SENT_WITHIN_MS;
  const { meanwhile } = deedOf(operation);
  const own = isOurs ? { isOurs } : {};
  return { id, operation, title, state: isLeft ? 'unknown' : state, ...own, since, meanwhile };
}

/** Longer than a request with its clean repeats may take (`client.ts`). */
const SENT_WITHIN_MS = 30_000;

/** An operation of which nobody can read what it was. `now` stands in for a time that is lost. */
export function asStray({ id, since }: Stray, now: number): OpenOperation {
  const title = words('An operation that cannot be read');
  return { id, operation: undefined, title, state: 'needsLook', since: since ?? now, meanwhile: STRAY };
}

const STRAY = words(
  'The line of the journal that says what was confirmed is damaged, or was written by another version of Loan Desk.',
);

/** How it stands. */
export function strayStanding(): Verdict {
  return verdict('needsLook', STRAY, {
    advice: words('Compare with the page of the exchange, then say here whether it happened.'),
  });
}

/** How an open operation stands, in words. */
export function standing(record: Record): Verdict {
  const facts = { recordId: record.recordId, code: record.code };
  switch (record.state) {
    case 'processing':
      return verdict('processing', words('The exchange took it and is still working on it.'), {
        ...facts,
        advice: deedOf(record.operation).meanwhile,
      });
    case 'needsLook':
      return verdict(
        'needsLook',
        words(
          'The account has changed, yet no record of the exchange can be told to be that of the operation.',
        ),
        {
          ...facts,
          advice: words('Compare with the page of the exchange, then say here whether it happened.'),
        },
      );
    case 'sending':
    case 'unknown':
      return verdict(
        'unknown',
        words(
          'Nobody can tell yet whether it happened. Other operations of this account wait until it is known.',
        ),
        { ...facts, advice: words('It is looked up by itself; nothing is sent again.') },
      );
  }
}

/** How one stands that this window cannot look up any more: its account was removed, or opened anew with another key. */
export function leftOpen(record: Record): Verdict {
  const how = standing(record);
  if (how.state === 'needsLook') return how;
  const advice = words(
    'The account was closed here before that was known. It is looked up by itself as long as the account is open with a key, and once it is so again; nothing is sent again.',
  );
  return { ...how, advice };
}

/** A verdict that the journal holds. */
export function concluded(record: Record): Verdict | undefined {
  const end = record.verdict;
  if (end === undefined) return undefined;
  const advice = end.state === 'absent' ? words('You can ask for it again.') : undefined;
  return verdict(end.state, end.words, { advice, recordId: end.recordId, code: end.code });
}

/** The end by a person's word. */
export function byHand(happened: boolean): Verdict {
  return happened
    ? verdict('done', words('You said that it happened.'))
    : verdict('absent', words('You said that it did not happen.'));
}

/** An end as the journal keeps it: what never was sent or was sent away did not happen. */
export function endOf({ state, words: said, code, recordId }: Verdict) {
  const end = state === 'done' || state === 'failed' || state === 'absent' ? state : ('refused' as const);
  return {
    state: end,
    words: said,
    ...(code !== undefined && { code }),
    ...(recordId !== undefined && { recordId }),
  };
}
