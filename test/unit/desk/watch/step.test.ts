import assert from 'node:assert/strict';
import { words } from '../../../../src/bybit/words';
import type { Condition, Report, Severity } from '../../../../src/desk/watch/event';
import { FRESH, MOST_FIRED, type WatchState } from '../../../../src/desk/watch/state';
import { awoken, step } from '../../../../src/desk/watch/step';
import { NOW } from './observations';

const SEEN = { at: NOW, ltv: undefined, debtUsd: undefined, collateralUsd: undefined };
const QUIET: WatchState = { ...FRESH, seen: SEEN };

function condition(
  key: string,
  holds: Condition['holds'],
  { severity = 'warning', ends = false }: { severity?: Severity; ends?: boolean } = {},
): Condition {
  return {
    holds,
    event: { key, severity, title: words(key), detail: words('It is so.'), help: [{ deed: 'repay' }] },
    ...(ends ? { ending: { title: words('Over'), detail: words('It was so.') } } : {}),
  };
}

const report = (conditions: readonly Condition[], parts: Partial<Report> = {}): Report => ({
  scope: 'a',
  conditions,
  ...parts,
});

/** Steps through reports a second apart, and says what each told. */
function told(state: WatchState, ...reports: readonly Report[]) {
  const all: string[][] = [];
  let known = state;
  reports.forEach((one, index) => {
    const next = step(known, [one], new Map(), NOW + index * 1_000);
    known = next.state;
    all.push(next.told.map(({ event, ended }) => `${ended ? '-' : '+'}${event.key}`));
  });
  return { all, state: known };
}

describe('a step of the watch', () => {
  it('tells what begins once, and again after it has ended', () => {
    const { all, state } = told(
      QUIET,
      report([condition('a:1', 'yes')]),
      report([condition('a:1', 'yes')]),
      report([condition('a:1', 'hold')]),
      report([condition('a:1', 'no')]),
      report([condition('a:1', 'hold')]),
      report([condition('a:1', 'yes')]),
    );
    assert.deepEqual(all, [['+a:1'], [], [], [], [], ['+a:1']]);
    assert.deepEqual([...state.raised], [['a:1', NOW + 5_000]]);
    assert.deepEqual(
      state.fired.map(({ at, ended }) => [at, ended]),
      [
        [NOW, false],
        [NOW + 5_000, false],
      ],
    );
  });

  it('tells an end where that is news, once, with the words of the end and nothing to do', () => {
    const ends = { ends: true };
    const { all, state } = told(
      QUIET,
      report([condition('a:1', 'no', ends)]),
      report([condition('a:1', 'yes', ends)]),
      report([condition('a:1', 'no', ends)]),
      report([condition('a:1', 'no', ends)]),
    );
    assert.deepEqual(all, [[], ['+a:1'], ['-a:1'], []]);
    assert.deepEqual(state.fired.at(-1), {
      at: NOW + 2_000,
      ended: true,
      event: { key: 'a:1', severity: 'info', title: words('Over'), detail: words('It was so.'), help: [] },
    });
  });

  it('forgets what is not reported any more, of this scope alone', () => {
    const both = [condition('a:1', 'yes'), condition('a:2', 'yes')];
    const { state } = told(
      QUIET,
      report(both),
      report([condition('ab:1', 'yes')], { scope: 'ab' }),
      report([condition('a:2', 'yes')]),
    );
    assert.deepEqual([...state.raised.keys()], ['a:2', 'ab:1']);
    assert.deepEqual(told(state, report(both)).all, [['+a:1']]);
  });

  it('keeps what is not named by a rule that did not see all, and tells it no second time', () => {
    const both = [condition('a:1', 'yes'), condition('a:2', 'yes')];
    const { all, state } = told(
      QUIET,
      report(both),
      report([condition('a:2', 'no')], { isPartial: true }),
      report(both),
    );
    assert.deepEqual(all, [['+a:1', '+a:2'], [], ['+a:2']]);
    assert.deepEqual([...state.raised.keys()], ['a:1', 'a:2']);
  });

  it('of a ladder tells the highest level that begins and the lowest that ends', () => {
    const ladder = (...holds: readonly Condition['holds'][]) =>
      report(
        holds.map((hold, index) => condition(`a:${index}`, hold, { ends: true })),
        { isLadder: true },
      );
    assert.deepEqual(told(QUIET, ladder('yes', 'yes', 'yes'), ladder('no', 'no', 'no')).all, [
      ['+a:2'],
      ['-a:0'],
    ]);
    const flat = (...holds: readonly Condition['holds'][]) => ({
      ...ladder(...holds),
      isLadder: false,
    });
    assert.deepEqual(told(QUIET, flat('yes', 'yes'), flat('no', 'no')).all, [
      ['+a:0', '+a:1'],
      ['-a:0', '-a:1'],
    ]);
    const plain = report([condition('a:0', 'yes'), condition('a:1', 'yes')]);
    assert.deepEqual(told(QUIET, plain).all, [['+a:0', '+a:1']]);
  });

  it('takes what happened before anything was watched for history, and nothing else', () => {
    const past = report([condition('a:1', 'yes')], { isHistory: true });
    const now = report([condition('b:1', 'yes')], { scope: 'b' });
    const first = step(FRESH, [past, now], new Map(), NOW);
    assert.deepEqual(
      first.told.map(({ event }) => event.key),
      ['b:1'],
    );
    assert.deepEqual([...first.state.raised.keys()], ['a:1', 'b:1']);
    assert.deepEqual(
      first.state.fired.map(({ event }) => event.key),
      ['b:1'],
    );
    assert.deepEqual(told(QUIET, past).all, [['+a:1']]);
  });

  it('tells the gravest first, in whatever order they come', () => {
    const severities = ['info', 'critical', 'warning'] as const;
    for (const order of [severities, severities.toReversed()]) {
      const conditions = order.map((severity) => condition(`a:${severity}`, 'yes', { severity }));
      const { all } = told(QUIET, report(conditions));
      assert.deepEqual(all, [['+a:critical', '+a:warning', '+a:info']]);
    }
  });

  it('notes what is snoozed and does not tell it, up to its time', () => {
    const seen = [report([condition('a:1', 'yes'), condition('a:2', 'yes')])];
    const keys = (until: number, now: number) => {
      const { state, told: news } = step(QUIET, seen, new Map([['a:1', until]]), now);
      assert.equal(state.fired.length, 2);
      return news.map(({ event }) => event.key);
    };
    assert.deepEqual(keys(NOW + 1, NOW), ['a:2']);
    assert.deepEqual(keys(NOW, NOW), ['a:1', 'a:2']);
  });

  it('keeps so many of the last events, and the same list when there is none', () => {
    const many = Array.from({ length: MOST_FIRED + 2 }, (_, index) => condition(`a:${index}`, 'yes'));
    const { state } = told(QUIET, report(many));
    assert.deepEqual(
      [state.fired.length, state.fired[0]?.event.key, state.fired.at(-1)?.event.key],
      [MOST_FIRED, 'a:2', `a:${MOST_FIRED + 1}`],
    );
    assert.equal(step(state, [report(many)], new Map(), NOW).state.fired, state.fired);
  });
});

describe('a snooze that is over', () => {
  const raised: WatchState = {
    ...QUIET,
    raised: new Map([
      ['a:1', NOW],
      ['a:2', NOW],
    ]),
  };

  it('lets what still holds be told once more, and leaves the rest', () => {
    const snoozes = new Map([
      ['a:1', NOW],
      ['a:2', NOW + 1],
      ['a:3', NOW - 1],
    ]);
    assert.deepEqual([...awoken(raised, snoozes, NOW).raised.keys()], ['a:2']);
    assert.deepEqual([...raised.raised.keys()], ['a:1', 'a:2'], 'what was known stays as it was');
  });

  it('changes nothing while none is over, or of what does not hold', () => {
    assert.equal(awoken(raised, new Map([['a:1', NOW + 1]]), NOW), raised);
    assert.equal(awoken(raised, new Map([['a:3', NOW]]), NOW), raised);
    assert.equal(awoken(raised, new Map(), NOW), raised);
  });
});
