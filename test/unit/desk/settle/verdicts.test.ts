import assert from 'node:assert/strict';
import { RefusalError, TransportError } from '../../../../src/bybit/errors';
import { words } from '../../../../src/bybit/words';
import type { Record } from '../../../../src/desk/journal/record';
import type { Verdict } from '../../../../src/desk/operation';
import {
  absent,
  anotherWindow,
  asOpen,
  asStray,
  byHand,
  concluded,
  done,
  endOf,
  failed,
  keyGone,
  leftOpen,
  NotSent,
  notRead,
  notWritten,
  refusedBy,
  standing,
  strayStanding,
} from '../../../../src/desk/settle/verdicts';
import { SAMPLES } from '../bench';
import { verdict as ending } from '../journal/events';

const NOW = 1_800_000_000_000;
/** As long as a request with its clean repeats may be under way. */
const SENT_WITHIN_MS = 30_000;

function record(change: Partial<Record> = {}): Record {
  return {
    id: 'a',
    operation: SAMPLES['flexible.repay'],
    title: words('Repay'),
    since: NOW,
    baseline: { ids: [], totals: [] },
    sent: { first: NOW, last: NOW },
    state: 'unknown',
    accepted: false,
    recordId: '7',
    code: 'ECONNRESET',
    verdict: undefined,
    isBlurred: false,
    ...change,
  };
}

const told = ({ state, words: { text }, advice }: Verdict) => [state, text, advice?.text];

describe('the verdict on what was not sent', () => {
  it('says that nothing was sent, why, and what to do', () => {
    for (const [verdict, why] of [
      [anotherWindow(), /Another window/],
      [keyGone(), /key of this account was removed or replaced/],
      [notWritten(), /journal could not be written/],
      [notRead(), /journal could not be read/],
    ] as const) {
      assert.equal(verdict.state, 'refused');
      assert.match(verdict.words.text, why);
      assert.match(verdict.words.text, /nothing was sent/i);
      assert.notEqual(verdict.advice, undefined);
    }
  });

  it('is the reason that stopped it', () => {
    const stop = new NotSent(keyGone());
    assert.deepEqual(refusedBy(stop), keyGone());
    assert.match(stop.message, /removed or replaced/);
  });

  it('has the words, the advice and the code of the exchange', () => {
    const error = new RefusalError({
      endpoint: 'repayFlexible',
      effect: 'none',
      words: words('Too much.'),
      advice: words('Repay less.'),
      retCode: 148_009,
      retMsg: 'x',
    });
    const verdict = refusedBy(error);
    assert.deepEqual(told(verdict), ['refused', 'Too much.', 'Repay less.']);
    assert.equal(verdict.code, '148009');
    const lost = { endpoint: 'repayFlexible', effect: 'none', words: words('No connection.') } as const;
    assert.equal(refusedBy(new TransportError({ ...lost, code: 'ENOTFOUND' })).code, 'ENOTFOUND');
  });

  it('names no cause of our own making', () => {
    const verdict = refusedBy(new Error('the secret is abc'));
    assert.deepEqual(told(verdict), [
      'refused',
      'Something unexpected went wrong; nothing was sent.',
      undefined,
    ]);
    assert.equal(verdict.code, undefined);
  });
});

describe('the verdict of a history', () => {
  it('has the words of its row where that says more, and its id', () => {
    const own = words('It was cancelled.');
    assert.deepEqual(told(done({ id: '7', words: own })), ['done', 'It was cancelled.', undefined]);
    assert.deepEqual(told(failed({ id: '7', words: own })), ['failed', 'It was cancelled.', undefined]);
    assert.match(done({ id: '7' }).words.text, /stands in the history of the exchange/);
    assert.match(failed({ id: '7' }).words.text, /could not carry it out\. Nothing has changed/);
    assert.deepEqual([done({ id: '7' }).recordId, failed({ id: undefined }).recordId], ['7', undefined]);
  });

  it('of what left no trace says that it may be asked for again', () => {
    const verdict = absent('HTTP 502');
    assert.deepEqual(told(verdict), [
      'absent',
      'It did not happen: the exchange has no trace of it.',
      'You can ask for it again.',
    ]);
    assert.equal(verdict.code, 'HTTP 502');
  });
});

describe('an open operation', () => {
  const state = (change: Partial<Record>, isOurs: boolean, after: number) =>
    asOpen(record(change), isOurs, NOW + after).state;

  it('of another window is looked up once no request of it can be under way any more', () => {
    const sending = { state: 'sending' } as const;
    assert.equal(state(sending, false, 0), 'sending');
    assert.equal(state(sending, false, SENT_WITHIN_MS), 'sending');
    assert.equal(state(sending, false, SENT_WITHIN_MS + 1), 'unknown');
    assert.equal(state({ ...sending, since: NOW + SENT_WITHIN_MS }, false, SENT_WITHIN_MS + 1), 'sending');
  });

  it('of this window is being sent, whatever a wall clock says', () => {
    assert.equal(state({ state: 'sending' }, true, 3_600_000), 'sending');
  });

  it('stands as it was noted, however old that is', () => {
    for (const noted of ['processing', 'unknown', 'needsLook'] as const) {
      assert.equal(state({ state: noted }, false, 0), noted);
      assert.equal(state({ state: noted }, false, 3_600_000), noted);
    }
  });

  it('says whether it is being sent here, what it is, and why others wait', () => {
    const open = asOpen(record(), true, NOW);
    assert.deepEqual(
      [open.id, open.operation, open.title.text, open.since],
      ['a', SAMPLES['flexible.repay'], 'Repay', NOW],
    );
    assert.equal(open.isOurs, true);
    assert.equal('isOurs' in asOpen(record(), false, NOW), false);
    assert.equal(open.meanwhile, undefined);
    const unit = asOpen(record({ operation: SAMPLES['institutional.repay'] }), false, NOW);
    assert.notEqual(unit.meanwhile, undefined);
  });

  it('of which nobody can read what it was is for a person to look at, since its first line or now', () => {
    const stray = asStray({ id: 'x', since: NOW - 5 }, NOW);
    assert.deepEqual(
      [stray.id, stray.operation, stray.state, stray.since],
      ['x', undefined, 'needsLook', NOW - 5],
    );
    assert.match(stray.meanwhile?.text ?? '', /damaged, or was written by another version/);
    assert.equal(asStray({ id: 'x', since: undefined }, NOW).since, NOW);
    assert.equal(strayStanding().state, 'needsLook');
    assert.match(strayStanding().advice?.text ?? '', /Compare with the page of the exchange/);
  });
});

describe('how an operation stands', () => {
  it('is never told as an end', () => {
    assert.deepEqual(told(standing(record({ state: 'processing' }))), [
      'processing',
      'The exchange took it and is still working on it.',
      undefined,
    ]);
    const looked = standing(record({ state: 'needsLook' }));
    assert.equal(looked.state, 'needsLook');
    assert.match(looked.advice?.text ?? '', /say here whether it happened/);
    for (const state of ['sending', 'unknown'] as const) {
      const verdict = standing(record({ state }));
      assert.equal(verdict.state, 'unknown');
      assert.match(verdict.words.text, /Nobody can tell yet/);
      assert.match(verdict.advice?.text ?? '', /nothing is sent again/);
    }
  });

  it('names the record and the code that are known', () => {
    for (const state of ['processing', 'needsLook', 'unknown'] as const) {
      const { recordId, code } = standing(record({ state }));
      assert.deepEqual([recordId, code], ['7', 'ECONNRESET'], state);
    }
    const unit = standing(record({ state: 'processing', operation: SAMPLES['institutional.repay'] }));
    assert.notEqual(unit.advice, undefined, 'it takes minutes');
  });

  it('when the account was closed says when it is looked up again, unless a person has to look', () => {
    for (const state of ['processing', 'unknown'] as const) {
      const left = leftOpen(record({ state }));
      assert.equal(left.state, state);
      assert.match(left.advice?.text ?? '', /account was closed here before that was known/);
    }
    assert.deepEqual(leftOpen(record({ state: 'needsLook' })), standing(record({ state: 'needsLook' })));
  });
});

describe('the end in the journal', () => {
  it('is told as it was written', () => {
    assert.equal(concluded(record()), undefined);
    const happened = concluded(record({ verdict: ending('a', { recordId: '8', code: 'HTTP 502' }) }));
    assert.deepEqual(happened && told(happened), [
      'done',
      'Done: it stands in the history of the exchange.',
      undefined,
    ]);
    assert.deepEqual([happened?.recordId, happened?.code], ['8', 'HTTP 502']);
    const none = concluded(record({ verdict: ending('a', { state: 'absent', words: words('No.') }) }));
    assert.deepEqual(none && told(none), ['absent', 'No.', 'You can ask for it again.']);
  });

  it('by a person is their word', () => {
    assert.deepEqual(told(byHand(true)), ['done', 'You said that it happened.', undefined]);
    assert.deepEqual(told(byHand(false)), ['absent', 'You said that it did not happen.', undefined]);
  });

  it('is one of four, with what is known and nothing else', () => {
    const open = standing(record({ state: 'unknown', recordId: undefined, code: undefined }));
    for (const end of [done({ id: '7' }), failed({ id: '7' })]) {
      assert.deepEqual(endOf(end), { state: end.state, words: end.words, recordId: '7' });
    }
    assert.deepEqual(endOf(absent('HTTP 502')), {
      state: 'absent',
      words: absent(undefined).words,
      code: 'HTTP 502',
    });
    assert.deepEqual(endOf(keyGone()), { state: 'refused', words: keyGone().words });
    assert.deepEqual(endOf(open), { state: 'refused', words: open.words });
  });
});
