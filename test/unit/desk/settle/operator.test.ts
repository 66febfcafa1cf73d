import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TransportError } from '../../../../src/bybit/errors';
import { words } from '../../../../src/bybit/words';
import { MOST_REVIEW } from '../../../../src/desk/journal/event';
import type { Stage } from '../../../../src/desk/operation';
import { deedOf } from '../../../../src/desk/operations/registry';
import { SAMPLES } from '../bench';
import { PLAIN } from '../fake-exchange';
import { verdict as ending } from '../journal/events';
import { OperatorBench } from './operator-bench';

const REPAY = SAMPLES['flexible.repay'];
/** As much of an error as a line of the log holds. */
const LONG = new Error('x'.repeat(500));
const said = (length: number) => String(LONG).slice(0, length);

describe('an operation on its way', () => {
  let table: OperatorBench;
  beforeEach(() => {
    table = new OperatorBench();
  });
  afterEach(() => table.close());

  it('is on the disk before it leaves, signed before it is sent, and sent once', async () => {
    const { operator, settled } = await table.open();
    const stages: Stage[] = [];
    const seen: (readonly string[])[] = [];
    table.exchange.beforeRead = () => seen.push(table.said());
    const onStage = (stage: Stage) => {
      stages.push(stage);
      seen.push(table.said());
      if (stage === 'sending') assert.equal(operator.open[0]?.isOurs, true);
    };
    const review = 'r'.repeat(MOST_REVIEW + 1);
    const verdict = await table.clock.run(operator.execute(REPAY, { onStage, review }));
    assert.equal(verdict.state, 'done');
    assert.deepEqual(stages, ['reading', 'sending', 'settling']);
    assert.deepEqual(table.said(), ['intent', 'sent', 'state processing', 'verdict done']);
    assert.deepEqual(
      seen.find(({ length }) => length > 0),
      ['intent'],
      'nothing is read between the two',
    );
    const [intent, , state, end] = table.written();
    assert.ok(intent?.type === 'intent' && state?.type === 'state' && end?.type === 'verdict');
    assert.equal(intent.review?.length, MOST_REVIEW);
    assert.deepEqual(
      [state.accepted, state.recordId, end.recordId],
      [true, verdict.recordId, verdict.recordId],
    );
    assert.notEqual(verdict.recordId, undefined);
    assert.deepEqual([table.exchange.sends, operator.open], [1, []]);
    assert.deepEqual(settled, [deedOf(REPAY).touches]);
    assert.deepEqual(operator.verdictOf(intent.id), verdict);
  });

  it('lets the next one go at once when it has its end', async () => {
    const { operator } = await table.open();
    for (let count = 1; count <= 3; count += 1) {
      const kind = 'common.adjustCollateral';
      assert.equal((await table.clock.run(operator.execute(SAMPLES[kind]))).state, 'done');
      assert.equal(table.exchange.sends, count);
    }
    await table.clock.pass(0);
    assert.equal(table.isLocked, false, 'no time has to pass until others may');
    const both = operator.execute(REPAY).then(() => operator.execute(SAMPLES['flexible.borrow']));
    assert.equal((await table.clock.run(both)).state, 'done', 'nor until the lock is let go');
  });

  it('is refused for another account, beside another one, and in a window that is closed', async () => {
    const { operator } = await table.open();
    const other = await operator.execute({ ...REPAY, accountId: 'acc-2' });
    assert.deepEqual([other.state, other.words.text], ['refused', 'It was meant for another account.']);
    const [first, second] = await table.clock.run(
      Promise.all([operator.execute(REPAY), operator.execute(REPAY)]),
    );
    assert.deepEqual([first.state, second.state], ['done', 'refused']);
    assert.equal(second.words.text, 'Another operation is under way.');
    operator.dispose();
    const late = await table.clock.run(operator.execute(REPAY));
    assert.equal(late.state, 'refused');
    assert.match(late.words.text, /not open in this window/);
    assert.equal(table.exchange.sends, 1);
  });

  it('is stopped by an error that a check finds, in its words, and not by a warning', async () => {
    const find = (severity: 'error' | 'warning') => [{ severity, field: 'amount', words: words(severity) }];
    const strict = await table.open({ check: () => [...find('warning'), ...find('error')] });
    const verdict = await table.clock.run(strict.operator.execute(REPAY));
    assert.deepEqual([verdict.state, verdict.words.text], ['refused', 'error']);
    await table.clock.pass(0);
    assert.deepEqual([table.said(), table.isLocked, strict.changes(), strict.log], [[], false, 1, []]);
    const lenient = await table.open({ check: () => find('warning') });
    assert.equal((await table.clock.run(lenient.operator.execute(REPAY))).state, 'done');
  });

  it('is refused while the lock is elsewhere, and nothing else is asked', async () => {
    let asked = 0;
    const isKept = async () => {
      asked += 1;
      return true;
    };
    const { operator } = await table.open({ isKept });
    table.lockElsewhere();
    const verdict = await table.clock.run(operator.execute(REPAY));
    assert.equal(verdict.state, 'refused');
    assert.match(verdict.words.text, /^Another window/);
    assert.deepEqual([asked, table.exchange.sends, table.exchange.calls.size], [0, 0, 0]);
    assert.deepEqual(table.said(), []);
  });

  it('is refused when the key is gone, before anything is read, and at the last moment', async () => {
    let isKept = false;
    const { operator } = await table.open({ isKept: async () => isKept });
    const early = await table.clock.run(operator.execute(REPAY));
    assert.match(early.words.text, /key of this account was removed or replaced/);
    assert.deepEqual([early.state, table.exchange.calls.size, table.said()], ['refused', 0, []]);
    isKept = true;
    const onStage = (stage: Stage) => {
      if (stage === 'sending') isKept = false;
    };
    const late = await table.clock.run(operator.execute(REPAY, { onStage }));
    assert.match(late.words.text, /key of this account was removed or replaced/);
    assert.deepEqual([late.state, table.exchange.sends], ['refused', 0]);
    assert.deepEqual(table.said(), ['intent', 'verdict refused']);
  });

  it('is refused when the amounts before it cannot be read, by the words of the failure', async () => {
    const { operator, log } = await table.open();
    const facts = { endpoint: 'x', effect: 'none', words: words('No answer.'), code: 'ECONNRESET' } as const;
    table.exchange.beforeRead = () => {
      throw new TransportError(facts);
    };
    const verdict = await table.clock.run(operator.execute(REPAY));
    assert.deepEqual(
      [verdict.state, verdict.words.text, verdict.code],
      ['refused', 'No answer.', 'ECONNRESET'],
    );
    assert.deepEqual([log, table.said(), table.exchange.sends], [[], [], 0]);
  });

  it('is refused when something unexpected goes wrong before it leaves, and the log says what', async () => {
    const { operator, log } = await table.open();
    table.exchange.beforeRead = () => {
      throw LONG;
    };
    const verdict = await table.clock.run(operator.execute(REPAY));
    assert.equal(verdict.words.text, 'Something unexpected went wrong; nothing was sent.');
    assert.deepEqual([verdict.state, log], ['refused', [`execute: ${said(300)}`]]);
    assert.deepEqual([table.said(), table.exchange.sends], [[], 0]);
  });

  it('is refused when it went wrong before it was signed, whatever went wrong', async () => {
    const { operator } = await table.open();
    const call = table.exchange.call.bind(table.exchange);
    table.exchange.call = (endpoint, request, options) =>
      endpoint.mutates ? Promise.reject(new TypeError('no wire')) : call(endpoint, request, options);
    const verdict = await table.clock.run(operator.execute(REPAY));
    assert.equal(verdict.state, 'refused');
    assert.deepEqual(table.said(), ['intent', 'verdict refused']);
  });

  it('is refused when the exchange says so, or when it cannot leave', async () => {
    const { operator } = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'refused', retCode: 148_009 } };
    const refused = await table.clock.run(operator.execute(REPAY));
    assert.deepEqual([refused.state, refused.code], ['refused', '148009']);
    assert.deepEqual(table.said(), ['intent', 'sent', 'verdict refused']);
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'no-connection' } };
    const unsent = await table.clock.run(operator.execute(REPAY));
    assert.deepEqual([unsent.state, unsent.code, operator.open], ['refused', 'ECONNREFUSED', []]);
  });

  it('does not leave without its intent on the disk, nor without its sending', async () => {
    for (const type of ['intent', 'sent'] as const) {
      const { operator, journal } = await table.open();
      const append = journal.append.bind(journal);
      // A part of it may stand there all the same.
      journal.append = async (event) => {
        await append(event);
        if (event.type === type) throw new Error('no space');
      };
      const verdict = await table.clock.run(operator.execute(REPAY));
      assert.equal(verdict.state, 'refused');
      assert.match(verdict.words.text, /journal could not be written, so nothing was sent/);
      assert.equal(table.said().at(-1), 'verdict refused', 'no window takes it for an open one');
      assert.deepEqual([operator.open, table.exchange.sends], [[], 0]);
    }
  });

  it('does not leave when the journal cannot be read, nor when no lock can be made', async () => {
    const { operator, journal } = await table.open();
    journal.refresh = () => Promise.reject(new Error('no rights'));
    const unread = await table.clock.run(operator.execute(REPAY));
    assert.match(unread.words.text, /journal could not be read, so nothing was sent/);
    const nowhere = await table.open({ folder: join(process.execPath, 'nowhere') });
    const unlocked = await table.clock.run(nowhere.operator.execute(REPAY));
    assert.match(unlocked.words.text, /journal could not be written, so nothing was sent/);
    assert.deepEqual([unread.state, unlocked.state, table.exchange.sends], ['refused', 'refused', 0]);
  });

  it('does not leave when another window has taken the lock, also before it is repeated', async () => {
    const { operator } = await table.open();
    const lose = (stage: Stage) => {
      if (stage === 'sending') table.lockElsewhere();
    };
    const lost = await table.clock.run(operator.execute(REPAY, { onStage: lose }));
    assert.match(lost.words.text, /^Another window/);
    assert.deepEqual([lost.state, table.exchange.sends, operator.open], ['refused', 0, []]);
    await table.clock.pass(15_000);
    // Refused once for the rate, and meanwhile the lock is lost.
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'again', next: { kind: 'none' } } };
    const running = operator.execute(REPAY);
    while (table.exchange.sends === 0) await table.clock.pass(10);
    table.lockElsewhere();
    const again = await table.clock.run(running);
    assert.match(again.words.text, /^Another window/);
    assert.deepEqual([again.state, table.exchange.commits, operator.open], ['refused', 0, []]);
  });

  it('does not leave when another window has judged it meanwhile, and that judgement stands', async () => {
    const { operator } = await table.open();
    const judge = (stage: Stage) => {
      const [open] = operator.open;
      if (stage === 'sending' && open !== undefined) table.leave(ending(open.id, { state: 'absent' }));
    };
    const verdict = await table.clock.run(operator.execute(REPAY, { onStage: judge }));
    assert.equal(verdict.state, 'refused');
    assert.deepEqual([table.exchange.sends, operator.open], [0, []]);
    assert.deepEqual(table.said(), ['intent', 'verdict absent', 'sent']);
  });
});
