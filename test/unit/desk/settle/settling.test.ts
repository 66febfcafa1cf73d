import assert from 'node:assert/strict';
import { words } from '../../../../src/bybit/words';
import type { ExecuteOptions, Operation, Verdict } from '../../../../src/desk/operation';
import { deedOf } from '../../../../src/desk/operations/registry';
import { SAMPLES } from '../bench';
import { quiet } from '../fake-clock';
import { type Fault, PLAIN } from '../fake-exchange';
import { verdict as ending, intent, sent } from '../journal/events';
import { OperatorBench, type OperatorWindow } from './operator-bench';

const REPAY = SAMPLES['flexible.repay'];
const HISTORY = 'getFlexibleRepaymentHistory';
/** As much of an error as a line of the log holds. */
const LONG = new Error('x'.repeat(500));
const said = String(LONG).slice(0, 200);
/** Longer than anything here is looked for. */
const LONG_MS = 90_000;

describe('what has left', () => {
  let table: OperatorBench;
  beforeEach(() => {
    table = new OperatorBench();
  });
  afterEach(() => table.close());

  /** Sends, and gives up waiting once it has left: it stays open. */
  async function leftOpen(
    { operator }: OperatorWindow,
    fault: Fault,
    operation: Operation = REPAY,
  ): Promise<Verdict> {
    table.exchange.behaviour = { ...PLAIN, fault, lag: LONG_MS };
    const stop = new AbortController();
    const running = operator.execute(operation, { signal: stop.signal });
    while (table.exchange.sends === 0) await table.clock.pass(10);
    await table.clock.pass(1_000);
    stop.abort();
    const verdict = await running;
    table.exchange.behaviour = PLAIN;
    return verdict;
  }

  /** Sends, and gives the verdict with the ms from the answer until it was told. */
  async function timed({ operator }: OperatorWindow, options: ExecuteOptions = {}) {
    let from = 0;
    const onStage = (stage: string) => {
      if (stage === 'settling') from = table.clock.monotonic();
    };
    const { state } = await table.clock.run(operator.execute(REPAY, { ...options, onStage }));
    return { state, took: table.clock.monotonic() - from };
  }

  it('and whose answer is lost is looked for until it is found, and never sent again', async () => {
    const window = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 3_000 };
    assert.equal((await timed(window)).state, 'done');
    assert.deepEqual([table.exchange.sends, window.operator.open], [1, []]);
    assert.deepEqual(table.said(), ['intent', 'sent', 'state unknown', 'verdict done']);
    const state = table.written().find(({ type }) => type === 'state');
    assert.ok(state?.type === 'state' && state.code === 'ECONNRESET' && state.recordId === undefined);
  });

  it('and left no trace did not happen, after three looks that agree', async () => {
    const window = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-before' } };
    const { state, took } = await timed(window);
    assert.equal(state, 'absent');
    assert.ok(took >= 36_000 && took < 45_000, `after ${took} ms`);
    const end = table.written().at(-1);
    assert.ok(end?.type === 'verdict' && end.code === 'ECONNRESET' && end.by === 'desk');
    assert.equal(
      table.said().filter((line) => line.startsWith('state')).length,
      1,
      'how it stands is noted once',
    );
  });

  it('is looked for soon, and then less and less often', async () => {
    const window = await table.open();
    const times: number[] = [];
    table.exchange.beforeRead = (id) => {
      if (id === HISTORY) times.push(table.clock.monotonic());
    };
    await leftOpen(window, { kind: 'lost-before' });
    await table.clock.pass(10_000);
    const took = 40;
    const own = times.slice(1).map((time, index) => time - (times[index] ?? 0) - took);
    assert.deepEqual(own.slice(1, 7), [500, 1_000, 1_000, 1_000, 2_000, 2_000]);
  });

  it('and is under way is waited for a minute, then told as such, and followed', async () => {
    const window = await table.open();
    table.exchange.behaviour = { ...PLAIN, processing: { ms: 75_000, end: 1 } };
    assert.deepEqual(await timed(window), { state: 'processing', took: 60_000 });
    await table.clock.pass(30_000);
    assert.deepEqual(window.operator.open, []);
    assert.deepEqual(window.settled, [deedOf(REPAY).touches]);
    assert.deepEqual(table.said().slice(-2), ['state processing', 'verdict done']);
  });

  it('and was seen under way is noted so, though the answer was lost', async () => {
    const window = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, processing: { ms: 4_000, end: 1 } };
    assert.equal((await timed(window)).state, 'done');
    assert.deepEqual(table.said(), ['intent', 'sent', 'state unknown', 'state processing', 'verdict done']);
  });

  it('and moved amounts without a record is put before the person', async () => {
    const window = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: LONG_MS };
    const { state, took } = await timed(window);
    assert.equal(state, 'needsLook');
    assert.ok(took >= 44_000 && took < 60_000, `after ${took} ms`);
    assert.equal(window.operator.open[0]?.state, 'needsLook');
  });

  it('is waited for no longer than the person wants, and goes on', async () => {
    const window = await table.open();
    const verdict = await leftOpen(window, { kind: 'lost-after' });
    assert.equal(verdict.state, 'unknown');
    assert.match(verdict.advice?.text ?? '', /looked up by itself; nothing is sent again/);
    const id = window.operator.open[0]?.id ?? '';
    assert.deepEqual(window.operator.verdictOf(id), verdict);
    assert.equal(window.operator.open[0]?.isOurs, undefined, 'it may be cut off now');
    await table.clock.pass(5_000);
    assert.equal(window.operator.verdictOf(id)?.state, 'done');
    assert.equal(window.operator.verdictOf('nobody'), undefined);
  });

  it('keeps all others waiting, at once and with its reason', async () => {
    const window = await table.open();
    await leftOpen(window, { kind: 'lost-after' });
    const from = table.clock.monotonic();
    table.exchange.behaviour = { ...PLAIN, lag: LONG_MS };
    const second = await table.clock.run(window.operator.execute(REPAY));
    assert.deepEqual([second.state, table.clock.monotonic() - from], ['refused', 0]);
    assert.match(second.words.text, /Another operation of this account has no end yet\. Nothing was sent/);
    assert.notEqual(second.advice, undefined);
    await table.clock.run(window.operator.resolveByHand(window.operator.open[0]?.id ?? '', true));
    table.exchange.behaviour = PLAIN;
    assert.equal(table.exchange.sends, 1);
    await table.clock.pass(1_000);
    table.exchange.sends = 0;
    const unit = SAMPLES['institutional.repay'];
    await leftOpen(window, { kind: 'none' }, unit);
    const third = await table.clock.run(window.operator.execute(REPAY));
    assert.deepEqual([third.state, third.words], ['refused', deedOf(unit).meanwhile]);
  });

  it('is told by what is known when a surface or the machine fails after the sending', async () => {
    let faults = 0;
    const window = await table.open({
      onChange: () => {
        if (table.exchange.sends === 0 || faults > 0) return;
        faults += 1;
        throw LONG;
      },
    });
    assert.equal((await timed(window)).state, 'done');
    assert.deepEqual(
      [faults, table.exchange.sends, window.log],
      [1, 1, [`execute: ${String(LONG).slice(0, 300)}`]],
    );
  });

  it('is told with its end though that cannot be written yet, which is tried again', async () => {
    const window = await table.open();
    const append = window.journal.append.bind(window.journal);
    window.journal.append = (event) =>
      event.type === 'verdict' ? Promise.reject(new Error('no space')) : append(event);
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-before' } };
    assert.equal((await timed(window)).state, 'absent');
    const id = window.operator.open[0]?.id ?? '';
    assert.equal(window.operator.verdictOf(id)?.state, 'absent');
    assert.equal(table.said().at(-1), 'state unknown');
    window.journal.append = append;
    await table.clock.pass(6_000);
    assert.deepEqual([window.operator.open, table.said().at(-1)], [[], 'verdict absent']);
  });

  it('is told after what it touches was read again, which does not hold it back for long', async () => {
    const slow = await table.open({ onSettled: () => new Promise(() => undefined) });
    const quick = await table.open({ onSettled: () => table.clock.sleep(700) });
    const times: number[] = [];
    for (const window of [slow, quick]) {
      let ended = 0;
      const { append } = window.journal;
      window.journal.append = async (event) => {
        await append.call(window.journal, event);
        if (event.type === 'verdict') ended = table.clock.monotonic();
      };
      assert.equal((await timed(window)).state, 'done');
      times.push(table.clock.monotonic() - ended);
    }
    assert.deepEqual(times, [3_000, 700]);
  });

  it('is looked for on, whatever cannot be read for a while, and the log says so in short', async () => {
    const window = await table.open();
    await leftOpen(window, { kind: 'lost-after' });
    const { refresh } = window.journal;
    window.journal.refresh = () => Promise.reject(LONG);
    table.exchange.beforeRead = () => {
      throw LONG;
    };
    await table.clock.pass(5_000);
    assert.deepEqual([...new Set(window.log)], [`journal: ${said}`, `look for flexible.repay: ${said}`]);
    table.exchange.beforeRead = undefined;
    window.journal.refresh = refresh;
    await table.clock.pass(5_000);
    assert.deepEqual(window.operator.open, []);
  });
});

describe('an operation that other windows know', () => {
  let table: OperatorBench;
  beforeEach(() => {
    table = new OperatorBench();
  });
  afterEach(() => table.close());

  /** An operation of 0.05 BTC that has left now, from a session that is gone. */
  const abandon = (id = 'old') =>
    table.leave({ ...intent(id), baseline: { ids: [], totals: [] } }, sent(id, table.exchange.now()));
  const happen = () => table.exchange.actElsewhere('repayFlexible', { loanCurrency: 'BTC', amount: '0.05' });

  it('is settled by the one that is opened on it, at once', async () => {
    abandon();
    happen();
    const { operator, settled } = await table.open();
    assert.equal(operator.open.length, 1);
    await table.clock.pass(1_000);
    assert.deepEqual([operator.open, settled], [[], [deedOf(REPAY).touches]]);
    assert.deepEqual(table.said(), ['intent', 'sent', 'verdict done']);
    assert.deepEqual([table.isLocked, table.exchange.sends], [false, 0]);
  });

  it('is settled by the one that hears of it, once however often it hears', async () => {
    const { operator } = await table.open();
    abandon();
    table.lockElsewhere();
    for (let times = 0; times < 3; times += 1) await operator.refresh();
    await quiet();
    assert.deepEqual([operator.open.length, table.clock.sleepers], [1, 1]);
    happen();
    await table.clock.pass(20_000);
    assert.deepEqual(operator.open, []);
  });

  it('is settled by the one that is refused because of it', async () => {
    const { operator } = await table.open();
    abandon();
    const refused = await table.clock.run(operator.execute(REPAY));
    assert.equal(refused.state, 'refused');
    happen();
    await table.clock.pass(3_000);
    assert.deepEqual([operator.open, table.exchange.sends], [[], 0]);
  });

  it('is drawn when it was written, and only then', async () => {
    const { operator, changes, log, journal } = await table.open();
    await operator.refresh();
    assert.equal(changes(), 0);
    table.leave(intent('a'), ending('a'));
    await operator.refresh();
    await operator.refresh();
    assert.equal(changes(), 1);
    journal.refresh = () => Promise.reject(LONG);
    await operator.refresh();
    assert.deepEqual([log, changes()], [[`journal: cannot be read: ${said}`], 1]);
  });

  it('and another has the lock of is followed every five seconds', async () => {
    abandon();
    table.lockElsewhere();
    const { operator } = await table.open();
    assert.equal(operator.open.length, 1);
    table.leave(ending('old'));
    await table.clock.pass(4_999);
    assert.equal(operator.open.length, 1);
    await table.clock.pass(1);
    assert.deepEqual([operator.open, table.exchange.calls.size], [[], 0]);
  });

  it('is judged by nobody who has lost the lock, until it is free', async () => {
    abandon();
    const { operator } = await table.open();
    await table.clock.pass(100);
    table.lockElsewhere();
    happen();
    await table.clock.pass(700);
    const looks = table.exchange.calls.get(HISTORY);
    await table.clock.pass(8_000);
    assert.deepEqual([table.exchange.calls.get(HISTORY), operator.open.length], [looks, 1]);
    await table.clock.pass(20_000);
    assert.deepEqual(operator.open, []);
  });

  it('is not disturbed by a poll while it is being sent', async () => {
    const { operator } = await table.open();
    const running = operator.execute(REPAY);
    while (table.exchange.sends === 0) {
      await operator.refresh();
      await table.clock.pass(10);
    }
    const from = table.clock.monotonic();
    assert.equal((await table.clock.run(running)).state, 'done');
    assert.ok(table.clock.monotonic() - from < 1_000);
  });

  it('is looked at when a person asks, and the answer waits for that look', async () => {
    abandon();
    const { operator } = await table.open();
    await table.clock.pass(8_000);
    assert.equal(operator.open.length, 1);
    happen();
    const from = table.clock.monotonic();
    await table.clock.run(operator.lookAgain());
    assert.deepEqual(operator.open, []);
    assert.ok(table.clock.monotonic() - from <= 500);
    await operator.lookAgain();
  });

  it('ends by the word of a person, once, with what it touches', async () => {
    abandon();
    const { operator, settled } = await table.open();
    await table.clock.pass(1_000);
    await operator.resolveByHand('nobody', true);
    assert.deepEqual([operator.open.length, settled], [1, []]);
    await operator.resolveByHand('old', false);
    assert.deepEqual([operator.open, settled], [[], [deedOf(REPAY).touches]]);
    await operator.resolveByHand('old', true);
    const end = table.written().at(-1);
    assert.ok(end?.type === 'verdict' && end.state === 'absent' && end.by === 'person');
    assert.equal(table.said().filter((line) => line.startsWith('verdict')).length, 1);
    assert.equal(operator.verdictOf('old')?.state, 'absent');
    await table.clock.pass(0);
    assert.equal(table.isLocked, false);
  });

  it('and of which nobody can read what it was ends by the word of a person alone', async () => {
    const line = (id: string) => JSON.stringify({ ...intent(id), v: 2 });
    table.leave(line('a'), line('b'));
    const { operator, settled } = await table.open();
    await table.clock.pass(LONG_MS);
    assert.deepEqual(
      operator.open.map(({ id, state }) => [id, state]),
      [
        ['a', 'needsLook'],
        ['b', 'needsLook'],
      ],
    );
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => operator.verdictOf(id)?.state),
      ['needsLook', 'needsLook', undefined],
    );
    await operator.resolveByHand('b', true);
    assert.deepEqual([operator.open.map(({ id }) => id), settled], [['a'], [undefined]]);
    const refused = await table.clock.run(operator.execute(REPAY));
    assert.deepEqual([refused.state, table.exchange.sends], ['refused', 0]);
  });

  it('that was being sent when its window was closed is left to others at once, and told so', async () => {
    const first = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' } };
    const { append } = first.journal;
    first.journal.append = async (event) => {
      await append.call(first.journal, event);
      if (event.type === 'sent') first.operator.dispose();
    };
    const verdict = await table.clock.run(first.operator.execute(REPAY));
    assert.match(verdict.advice?.text ?? '', /account was closed here before that was known/);
    await quiet();
    assert.equal(table.isLocked, false);
    await first.operator.refresh();
    const second = await table.open();
    await table.clock.pass(5_000);
    assert.deepEqual([second.operator.open, table.exchange.sends], [[], 1]);
  });

  it('is not judged by a window that was closed during the look, which lets it go at once', async () => {
    abandon();
    happen();
    const { operator, settled } = await table.open();
    table.exchange.beforeRead = () => operator.dispose();
    await table.clock.pass(400);
    assert.deepEqual([table.said(), settled], [['intent', 'sent'], []]);
    assert.deepEqual([table.isLocked, table.clock.sleepers], [false, 0]);
  });

  it('has its words from the journal', async () => {
    table.leave(intent('a'), ending('a', { words: words('It is so.') }));
    const { operator } = await table.open();
    assert.equal(operator.verdictOf('a')?.words.text, 'It is so.');
  });
});
