import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Decimal, decimal, gte, lt, sub } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import type { Observation, PoolSight } from '../../../../src/desk/watch/observation';
import { reportsOf } from '../../../../src/desk/watch/reports';
import { staleReport } from '../../../../src/desk/watch/rules/facts';
import { HYSTERESIS, ladderOf } from '../../../../src/desk/watch/rules/ltv';
import {
  type Fired,
  FRESH,
  readState,
  type Snoozes,
  stateValue,
  type WatchState,
} from '../../../../src/desk/watch/state';
import { awoken, step } from '../../../../src/desk/watch/step';
import { due, HOUR, NOW, OPTIONS, observation, sight } from './observations';

const d = decimal;
const SEEN = { at: NOW, ltv: undefined, debtUsd: undefined, collateralUsd: undefined };
const NONE: Snoozes = new Map();

/** Goes through observations one after the other; what each told, by key. */
function story(...seen: readonly Observation[]): { readonly told: string[][]; readonly state: WatchState } {
  let state: WatchState = { ...FRESH, seen: SEEN };
  const told: string[][] = [];
  for (const one of seen) {
    const next = step(state, reportsOf(one, OPTIONS), NONE, one.now);
    state = next.state;
    told.push(next.told.map(({ event, ended }) => `${ended ? '-' : '+'}${event.key}`));
  }
  return { told, state };
}

/** A legacy loan at an LTV, which may be hidden. */
const legacy = (ltv: string | undefined) =>
  observation({
    pools: {
      legacy: sight([
        {
          id: '7',
          name: 'BTC / USDT',
          ltv: ltv === undefined ? undefined : d(ltv),
          marginCall: d('0.87'),
          liquidation: d('0.95'),
        },
      ]),
      institutional: sight([]),
    },
  });

const ltvs = (...values: readonly string[]) => values.map((ltv) => observation({ ltv: d(ltv) }));

describe('the LTV ladder', function () {
  this.timeout(60_000);
  it('tells a level once, and that it is over', () => {
    assert.deepEqual(story(...ltvs('0.5', '0.76', '0.77', '0.73', '0.76')).told, [
      [],
      ['+ltv:0.75'],
      [],
      ['-ltv:0.75'],
      ['+ltv:0.75'],
    ]);
  });

  it('does not tremble about a level', () => {
    assert.deepEqual(story(...ltvs('0.751', '0.749', '0.751', '0.745', '0.751')).told, [
      ['+ltv:0.75'],
      [],
      [],
      [],
      [],
    ]);
  });

  it('tells the highest of several levels passed at once, and each above it later', () => {
    const { told } = story(...ltvs('0.5', '0.87', '0.91', '0.96', '0.6'));
    assert.deepEqual(told, [[], ['+ltv:0.85'], ['+ltv:0.9'], ['+ltv:0.95'], ['-ltv:0.75']]);
  });

  it('ends with the debt, and keeps what is raised while the position is not known', () => {
    const blind = observation({ ltv: undefined });
    assert.deepEqual(story(...ltvs('0.8'), blind, observation({ ltv: 'none' }), blind).told, [
      ['+ltv:0.8'],
      [],
      ['-ltv:0.75'],
      [],
    ]);
  });

  it('names the LTV, the level and where collateral is sold', () => {
    const { told } = step(FRESH, reportsOf(observation({ ltv: d('0.8123') }), OPTIONS), NONE, NOW);
    assert.equal(
      plain(told[0]?.event.title ?? { text: '', args: [] }),
      'LTV 81.23 %: it has reached 80.00 %',
    );
    assert.match(plain(told[0]?.event.detail ?? { text: '', args: [] }), /sold at 95\.00 %/);
    assert.deepEqual(told[0]?.event.help, [{ deed: 'addCollateral' }, { deed: 'repay' }]);
  });

  /** promises.md §3, row 14: 0 missed and 0 false on 1,000 generated price paths. */
  it('misses nothing and invents nothing on 1,000 paths', () => {
    const paths = fc.array(fc.integer({ min: 600, max: 990 }), { minLength: 2, maxLength: 40 });
    let events = 0;
    fc.assert(
      fc.property(paths, (path) => {
        const steps = path.map((mille) => d(`0.${mille}`));
        const { told } = story(...steps.map((ltv) => observation({ ltv })));
        const levels = [...OPTIONS.ladder, d('0.93'), d('0.95')];
        const armed = new Map<Decimal, boolean>(levels.map((level) => [level, true]));
        steps.forEach((ltv, index) => {
          const begun = levels.filter((level) => armed.get(level) === true && gte(ltv, level));
          const over = levels.filter(
            (level) => armed.get(level) === false && lt(ltv, sub(level, HYSTERESIS)),
          );
          for (const level of begun) armed.set(level, false);
          for (const level of over) armed.set(level, true);
          const expected = [
            ...begun.slice(-1).map((level) => `+ltv:${level}`),
            ...over.slice(0, 1).map((level) => `-ltv:${level}`),
          ];
          assert.deepEqual([...(told[index] ?? [])].sort(), expected.sort());
          events += expected.length;
        });
      }),
      { numRuns: 1_000 },
    );
    assert.ok(events > 1_000);
  });

  it('takes percent figures and refuses the absurd', () => {
    assert.deepEqual(ladderOf(['90', '75', '75', '0', '-5', '101', '85.5'].map((text) => d(text))), [
      '0.75',
      '0.855',
      '0.9',
    ]);
  });
});

describe('due dates', () => {
  const at = (hoursBefore: number, parts = {}) => {
    const dueAt = NOW + 30 * 24 * HOUR;
    const now = dueAt - hoursBefore * HOUR;
    return observation({
      now,
      serverNow: now,
      dues: [due({ dueAt, ...parts })],
      wallet: new Map([['USDT', d('5000')]]),
    });
  };

  it('are told 7 days, 1 day and 6 hours before, each once', () => {
    assert.deepEqual(story(at(200), at(168), at(100), at(24), at(23), at(6), at(1)).told, [
      [],
      ['+due:571:7d'],
      [],
      ['+due:571:1d'],
      [],
      ['+due:571:6h'],
      [],
    ]);
  });

  it('met late are told once, for the nearest', () => {
    assert.deepEqual(story(at(2), at(1)).told, [['+due:571:6h'], []]);
  });

  it('are silent when the debt is gone, and fresh when it comes again', () => {
    assert.deepEqual(story(at(5), observation(), at(5)).told, [['+due:571:6h'], [], ['+due:571:6h']]);
  });

  it('are told once also where their list comes later than another’s, as after a start', () => {
    const wallet = new Map([['USDT', d('500')]]);
    const near = due({ dueAt: NOW + 5 * HOUR });
    const late = due({ loanId: '572', dueAt: NOW - HOUR, overdue: true });
    const legacy = due({ loanId: '9', system: 'legacy', dueAt: NOW + 5 * HOUR, atDue: 'nothing' });
    const whole = observation({ wallet, dues: [near, late, legacy] });
    const part = observation({ wallet, dues: [legacy], areDuesWhole: false });
    const { told } = story(whole, part, whole);
    assert.deepEqual(
      told.map((keys) => keys.sort()),
      [['+cover:571', '+due:571:6h', '+due:9:6h', '+overdue:572'], [], []],
    );
  });

  it('are not told so long before as the loan itself runs', () => {
    const week = (left: number) => at(left, { takenAt: NOW + 23 * 24 * HOUR });
    assert.deepEqual(story(week(7 * 24), week(7 * 24 - 1), week(24), week(5)).told, [
      [],
      [],
      ['+due:571:1d'],
      ['+due:571:6h'],
    ]);
    const fortnight = (left: number) => at(left, { takenAt: NOW + 16 * 24 * HOUR });
    assert.deepEqual(story(fortnight(14 * 24), fortnight(7 * 24)).told, [[], ['+due:571:7d']]);
  });

  it('past are overdue', () => {
    const { told, state } = story(at(1), at(-1, { overdue: true }), at(-2, { overdue: true }));
    assert.deepEqual(told, [['+due:571:6h'], ['+overdue:571'], []]);
    assert.match(
      plain(state.fired.at(-1)?.event.detail ?? { text: '', args: [] }),
      /three times .* 24 hours .* 2 %/,
    );
  });

  it('of automatic repayments that the wallet will not cover are told, the earlier served first', () => {
    const soon = (loanId: string, hours: number) => due({ loanId, dueAt: NOW + hours * HOUR });
    const seen = observation({
      dues: [soon('b', 20), soon('a', 10)],
      wallet: new Map([['USDT', d('1500')]]),
    });
    assert.deepEqual(
      story(seen).told[0]?.filter((key) => key.includes('cover')),
      ['+cover:b'],
    );
    const flexible = observation({ dues: [due({ dueAt: NOW + HOUR, atDue: 'toFlexible' })] });
    assert.deepEqual(
      story(flexible).told[0]?.filter((key) => key.includes('cover')),
      [],
    );
  });
});

describe('other facts', () => {
  it('liquidations are told each once', () => {
    const first = { id: 'r1', coin: 'USDT', amount: d('100') };
    const second = { id: 'r2', coin: 'USDT', amount: d('50') };
    assert.deepEqual(
      story(
        observation({ liquidations: [first] }),
        observation({ liquidations: [second, first] }),
        observation({ liquidations: undefined }),
      ).told,
      [['+liquidation:r1'], ['+liquidation:r2'], []],
    );
  });

  it('orders are told when they end, not while they match', () => {
    const order = (state: 'matching' | 'filled') =>
      observation({ orders: [{ orderId: '13007', side: 'borrow', coin: 'BTC', amount: d('1'), state }] });
    assert.deepEqual(story(order('matching'), order('filled'), order('filled')).told, [
      [],
      ['+order:borrow:13007:ended'],
      [],
    ]);
  });

  it('pools of their own are told by the exchange’s lines', () => {
    assert.deepEqual(story(legacy('0.8'), legacy('0.88'), legacy('0.865'), legacy('0.96')).told, [
      [],
      ['+pool:legacy:7:warning'],
      [],
      ['+pool:legacy:7:liquidation'],
    ]);
  });

  it('pools keep what is raised while they are out of sight or their figures are hidden, and lose it when gone', () => {
    const unseen = observation({ pools: { legacy: sight(undefined), institutional: sight([]) } });
    const none = observation();
    const seen = [legacy('0.88'), unseen, legacy('0.88'), legacy(undefined), legacy('0.88')];
    assert.deepEqual(story(...seen, none, legacy('0.88')).told, [
      ['+pool:legacy:7:warning'],
      [],
      [],
      [],
      [],
      [],
      ['+pool:legacy:7:warning'],
    ]);
  });

  it('a risk unit warns five points before its line', () => {
    const unit = (ltv: string) =>
      observation({
        pools: {
          legacy: sight([]),
          institutional: sight([
            { id: '1', name: 'UID 1', ltv: d(ltv), marginCall: undefined, liquidation: d('0.75') },
          ]),
        },
      });
    assert.deepEqual(story(unit('0.6999'), unit('0.7'), unit('0.69'), unit('0.6899'), unit('0.75')).told, [
      [],
      ['+pool:institutional:1:warning'],
      [],
      [],
      ['+pool:institutional:1:warning', '+pool:institutional:1:liquidation'].reverse(),
    ]);
  });

  it('blindness to pools is told after three polls where there are some, or where nobody knows', () => {
    const blind = (failedPolls: number, parts: Partial<PoolSight> = {}, shared = 0) =>
      observation({
        failedPolls: shared,
        pools: { legacy: sight(undefined, { failedPolls, ...parts }), institutional: sight([]) },
      });
    const owed = { isOwed: true };
    const unread = { readAt: undefined };
    assert.deepEqual(story(blind(2, owed), blind(3, owed), blind(0, owed), observation()).told, [
      [],
      ['+stale:legacy'],
      [],
      ['-stale:legacy'],
    ]);
    assert.deepEqual(story(blind(9)).told, [[]], 'none was owed when it was read last');
    assert.deepEqual(story(blind(2, unread), blind(3, unread)).told, [[], ['+stale:legacy']]);
  });

  it('an outage of all systems is told once, and so is its end; what stays blind is told after it', () => {
    const dark = (polls: number, change: Partial<Observation> = {}) =>
      observation({
        failedPolls: polls,
        pools: {
          legacy: sight(undefined, { failedPolls: polls, isOwed: true }),
          institutional: sight(undefined, { failedPolls: polls, readAt: undefined }),
        },
        ...change,
      });
    const whole = story(dark(2), dark(3), dark(4), observation());
    assert.deepEqual(whole.told, [[], ['+stale:position'], [], ['-stale:position']]);
    const half = story(dark(3), dark(4, { failedPolls: 0 }), observation());
    assert.deepEqual(half.told, [
      ['+stale:position'],
      ['+stale:legacy', '+stale:institutional', '-stale:position'],
      ['-stale:legacy', '-stale:institutional'],
    ]);
    // What was told before the rest went dark stays until it is over.
    const grown = story(dark(3, { failedPolls: 0 }), dark(6), observation());
    assert.deepEqual(grown.told, [
      ['+stale:legacy', '+stale:institutional'],
      ['+stale:position'],
      ['-stale:position', '-stale:legacy', '-stale:institutional'],
    ]);
    const [of] = staleReport(dark(3)).conditions;
    assert.match(of?.event.detail.text ?? '', /Legacy loans or the risk unit cannot be read either/);
    const [alone] = staleReport(observation({ failedPolls: 3 })).conditions;
    assert.doesNotMatch(alone?.event.detail.text ?? '', /Legacy/);
  });

  it('a key’s end is told 14 days, 3 days before and when it has come', () => {
    const days = (count: number) => observation({ keyEndsAt: NOW + count * 24 * HOUR });
    assert.deepEqual(story(days(20), days(14), days(2), days(-1), observation()).told, [
      [],
      ['+key:14'],
      ['+key:3'],
      ['+key:0'],
      [],
    ]);
  });

  it('blindness is told after three polls, and its end', () => {
    const failed = (failedPolls: number) => observation({ failedPolls });
    assert.deepEqual(story(failed(0), failed(2), failed(3), failed(4), failed(0)).told, [
      [],
      [],
      ['+stale:position'],
      [],
      ['-stale:position'],
    ]);
  });

  it('the platform’s limit is told by its degree', () => {
    const limit = (collateralLimit: '0' | '1' | '2') => observation({ collateralLimit });
    assert.deepEqual(story(limit('1'), limit('2'), limit('0'), limit('1')).told, [
      ['+collateralLimit:1'],
      ['+collateralLimit:2'],
      [],
      ['+collateralLimit:1'],
    ]);
  });

  it('what happened before anything was watched is no news', () => {
    const seen = observation({
      liquidations: [{ id: 'r1', coin: 'USDT', amount: d('100') }],
      orders: [{ orderId: '13007', side: 'borrow', coin: 'BTC', amount: d('1'), state: 'filled' }],
      ltv: d('0.8'),
    });
    const first = step(FRESH, reportsOf(seen, OPTIONS), NONE, NOW);
    assert.deepEqual(
      first.told.map(({ event }) => event.key),
      ['ltv:0.8'],
    );
    const next = step({ ...first.state, seen: SEEN }, reportsOf(seen, OPTIONS), NONE, NOW);
    assert.deepEqual(next.told, []);
  });

  it('the gravest comes first', () => {
    const seen = observation({ ltv: d('0.86'), collateralLimit: '1', keyEndsAt: NOW + 24 * HOUR });
    assert.deepEqual(story(seen).told[0], ['+ltv:0.85', '+collateralLimit:1', '+key:3']);
  });
});

describe('snoozing', () => {
  const seen = observation({ ltv: d('0.8') });
  const tell = (state: WatchState, snoozes: Snoozes, now: number) => {
    const known = awoken(state, snoozes, now);
    return step(known, reportsOf({ ...seen, now }, OPTIONS), snoozes, now);
  };
  const keys = (told: readonly Fired[]) => told.map(({ event }) => event.key);

  it('is silent until its time, then tells what still holds', () => {
    const snoozes = new Map([['ltv:0.8', NOW + HOUR]]);
    const first = tell(FRESH, snoozes, NOW);
    assert.deepEqual([keys(first.told), first.state.fired.length], [[], 1]);
    const second = tell(first.state, snoozes, NOW + HOUR / 2);
    assert.deepEqual(keys(second.told), []);
    assert.deepEqual(keys(tell(second.state, snoozes, NOW + HOUR).told), ['ltv:0.8']);
  });
});

describe('the memory of the watch', () => {
  it('comes back from its file as it was', () => {
    const { state } = story(observation({ ltv: d('0.87'), dues: [due({ dueAt: NOW + HOUR })] }));
    const seen = { ...state, seen: { at: NOW, ltv: undefined, debtUsd: d('1'), collateralUsd: undefined } };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(stateValue(seen)))), seen);
    assert.equal(readState({ v: 2 }), undefined);
  });
});
