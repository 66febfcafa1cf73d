import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../../src/bybit/decimal';
import type { JournalEvent } from '../../../src/desk/journal/event';
import { readLine } from '../../../src/desk/journal/lines';
import type { OperationKind } from '../../../src/desk/operation';
import { ACCOUNT, type Bench, bench, SAMPLES } from './bench';
import { REPAYMENT_MS } from './fake/institutional';
import { PLAIN } from './fake-exchange';
import { intent, sent, state } from './journal/events';

const KINDS = Object.keys(SAMPLES) as OperationKind[];
const BODY = { loanCurrency: 'BTC', amount: '0.05' };

function path(table: Bench): string {
  return join(table.folder, `journal-${ACCOUNT.id}.jsonl`);
}

function journalOf(table: Bench): JournalEvent[] {
  const lines = readFileSync(path(table), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => readLine(Buffer.from(line))).filter((event) => 'type' in event);
}

/** A journal as a session that was killed has left it; the operation is repaying 0.05 BTC, signed now. */
function left(table: Bench, ...events: readonly JournalEvent[]): void {
  appendFileSync(path(table), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

const begun = (table: Bench) => ({
  ...intent('old'),
  at: table.clock.now(),
  baseline: {
    ids: [],
    totals: [
      { what: 'debt' as const, coin: 'BTC', amount: decimal('0.1') },
      { what: 'wallet' as const, coin: 'BTC', amount: decimal('0.5') },
    ],
  },
});

describe('after a restart', () => {
  let table: Bench;
  beforeEach(() => {
    table = bench();
  });
  afterEach(() => table.close());

  for (const kind of KINDS) {
    it(`${kind} that was under way is settled, never sent again`, async () => {
      const first = await table.open();
      table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 20_000 };
      const running = first.execute(SAMPLES[kind]);
      await table.clock.pass(3_000);
      assert.equal(first.open[0]?.state, 'unknown');
      first.dispose();
      assert.notEqual((await table.clock.run(running)).state, 'done');
      const second = await table.open();
      assert.equal(second.open[0]?.operation?.kind, kind);
      const refused = await table.clock.run(second.execute(SAMPLES['flexible.repay']));
      assert.equal(refused.state, 'refused');
      await table.clock.pass(kind === 'institutional.repay' ? REPAYMENT_MS + 20_000 : 40_000);
      assert.deepEqual(second.open, []);
      assert.equal(table.exchange.sends, 1);
      assert.equal(table.exchange.commits, 1);
      const last = journalOf(table).at(-1);
      assert.ok(last?.type === 'verdict' && last.state === 'done' && last.by === 'desk');
    });
  }

  it('an intent that was never sent did not happen', async () => {
    left(table, begun(table));
    const desk = await table.open();
    await table.clock.pass(1_000);
    assert.deepEqual(desk.open, []);
    const last = journalOf(table).at(-1);
    assert.ok(last?.type === 'verdict' && last.state === 'absent');
  });

  it('one that was sent and is in the history has happened', async () => {
    const now = table.exchange.now();
    left(table, begun(table), sent('old', now));
    await table.clock.pass(2_000);
    table.exchange.actElsewhere('repayFlexible', BODY);
    const desk = await table.open();
    await table.clock.pass(2_000);
    assert.deepEqual(desk.open, []);
    const last = journalOf(table).at(-1);
    assert.ok(last?.type === 'verdict' && last.state === 'done' && last.recordId !== undefined);
  });

  it('one that was sent a moment ago is not called absent while it can still be let in', async () => {
    left(table, begun(table), sent('old', table.exchange.now()));
    const desk = await table.open();
    await table.clock.pass(4_500);
    assert.equal(desk.open.length, 1);
    table.exchange.actElsewhere('repayFlexible', BODY);
    await table.clock.pass(10_000);
    const last = journalOf(table).at(-1);
    assert.ok(last?.type === 'verdict' && last.state === 'done');
  });

  it('one that was sent long ago and left no trace did not happen', async () => {
    left(table, begun(table), sent('old', table.exchange.now()));
    await table.clock.pass(3_600_000);
    const desk = await table.open();
    await table.clock.pass(60_000);
    assert.deepEqual(desk.open, []);
    const last = journalOf(table).at(-1);
    assert.ok(last?.type === 'verdict' && last.state === 'absent');
  });

  it('nor one of days ago, though its debt has grown by interest since', async () => {
    left(table, begun(table), sent('old', table.exchange.now()));
    await table.clock.pass(72 * 3_600_000);
    // 72 hours at a rate half as high again as it is now.
    table.exchange.debts.set('BTC', decimal('0.1000108'));
    const desk = await table.open();
    await table.clock.pass(60_000);
    assert.deepEqual(desk.open, []);
    const last = journalOf(table).at(-1);
    assert.ok(last?.type === 'verdict' && last.state === 'absent');
  });

  it('one that left no trace is not taken for the same done elsewhere a day later', async () => {
    left(table, begun(table), sent('old', table.exchange.now()));
    await table.clock.pass(24 * 3_600_000);
    table.exchange.actElsewhere('repayFlexible', BODY);
    const desk = await table.open();
    await table.clock.pass(120_000);
    assert.equal(desk.open[0]?.state, 'needsLook');
  });

  it('one that was accepted is followed until its end, however long it takes', async () => {
    left(
      table,
      begun(table),
      sent('old', table.exchange.now()),
      state('old', { accepted: true, recordId: '100' }),
    );
    const desk = await table.open();
    await table.clock.pass(600_000);
    assert.equal(desk.open[0]?.state, 'processing', 'accepted is not done, nor absent');
    table.exchange.actElsewhere('repayFlexible', BODY);
    await table.clock.pass(30_000);
    assert.deepEqual(desk.open, []);
  });

  it('the lock of a dead window is waited for, then taken over', async () => {
    left(table, begun(table), sent('old', table.exchange.now() - 60_000));
    const holder = { token: '00000000-0000-4000-8000-000000000000', pid: 999_999, at: table.clock.now() };
    writeFileSync(join(table.folder, `${ACCOUNT.id}.lock`), JSON.stringify(holder));
    const desk = await table.open();
    await table.clock.pass(5_000);
    assert.equal(desk.open.length, 1, 'it may be alive');
    await table.clock.pass(60_000);
    assert.deepEqual(desk.open, []);
    const verdict = await table.clock.run(desk.execute(SAMPLES['flexible.repay']));
    assert.equal(verdict.state, 'done');
  });

  it('a person can end what nobody can tell, and the journal says whose word it was', async () => {
    left(table, begun(table), sent('old', table.exchange.now() - 60_000));
    table.exchange.beforeRead = () => {
      throw new Error('down');
    };
    const desk = await table.open();
    await table.clock.pass(120_000);
    assert.equal(desk.open[0]?.state, 'unknown', 'nobody is at it any more');
    await table.clock.run(desk.lookAgain());
    assert.equal(desk.open.length, 1);
    await table.clock.run(desk.resolveByHand('old', true));
    assert.deepEqual(desk.open, []);
    const last = journalOf(table).at(-1);
    assert.ok(last?.type === 'verdict' && last.state === 'done' && last.by === 'person');
    await table.clock.run(desk.resolveByHand('old', false));
    await table.clock.run(desk.resolveByHand('unknown', false));
    assert.equal(journalOf(table).length, 3, 'the first word stands');
  });

  for (const [how, lines] of [
    ['damaged', () => [`${JSON.stringify(begun(table)).replace('"at"', '"a')}`, JSON.stringify(sent('old'))]],
    [
      'of a newer version',
      () => [JSON.stringify({ ...begun(table), v: 2, operation: { kind: 'moon.buy' } })],
    ],
  ] as const) {
    it(`one whose line is ${how} keeps others waiting, until a person says how it ended`, async () => {
      writeFileSync(path(table), `${lines().join('\n')}\n`);
      const desk = await table.open();
      await table.clock.pass(120_000);
      const [open] = desk.open;
      assert.deepEqual([open?.id, open?.state, open?.operation], ['old', 'needsLook', undefined]);
      assert.match(desk.check(SAMPLES['flexible.repay'])[0]?.words.text ?? '', /damaged, or was written by/);
      assert.equal(desk.verdictOf('old')?.state, 'needsLook');
      const refused = await table.clock.run(desk.execute(SAMPLES['flexible.repay']));
      assert.equal(refused.state, 'refused');
      assert.match(refused.words.text, /damaged, or was written by another version/);
      assert.equal(table.exchange.sends, 0);
      await table.clock.run(desk.lookAgain());
      assert.equal(desk.open.length, 1);
      await table.clock.run(desk.resolveByHand('old', false));
      assert.deepEqual(desk.open, []);
      assert.equal((await table.clock.run(desk.execute(SAMPLES['flexible.repay']))).state, 'done');
      const again = await table.open();
      assert.deepEqual(again.open, []);
    });
  }

  it('one whose sending is damaged in the journal is not told as unsent', async () => {
    left(table, begun(table));
    appendFileSync(path(table), `${JSON.stringify(sent('old')).replace('"at"', '"a')}\n`);
    const desk = await table.open();
    await table.clock.pass(60_000);
    assert.equal(desk.open[0]?.state, 'needsLook');
    assert.equal((await table.clock.run(desk.execute(SAMPLES['flexible.repay']))).state, 'refused');
    await table.clock.run(desk.resolveByHand('old', true));
    assert.deepEqual(desk.open, []);
  });

  it('another window sees it, does not send, and hears of the end', async () => {
    const [first, second] = [await table.open(), await table.open()];
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 15_000 };
    const running = first.execute(SAMPLES['flexible.repay']);
    await table.clock.pass(3_000);
    await table.clock.run(second.refresh());
    assert.equal(second.open.length, 1);
    assert.equal(second.check(SAMPLES['flexible.borrow'])[0]?.field, 'account');
    assert.equal((await table.clock.run(second.execute(SAMPLES['flexible.borrow']))).state, 'refused');
    assert.equal((await table.clock.run(running)).state, 'done');
    await table.clock.pass(6_000);
    assert.deepEqual(second.open, []);
    assert.equal(table.exchange.sends, 1);
  });
});

describe('a folder that cannot be used', () => {
  it('refuses before anything is sent, in words about the journal', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      rmSync(table.folder, { recursive: true });
      writeFileSync(table.folder, 'a file where the folder was');
      const verdict = await table.clock.run(desk.execute(SAMPLES['flexible.repay']));
      assert.equal(verdict.state, 'refused');
      assert.match(verdict.words.text, /journal could not be/);
      assert.equal(table.exchange.sends, 0);
      rmSync(table.folder);
      mkdirSync(table.folder);
      assert.equal((await table.clock.run(desk.execute(SAMPLES['flexible.repay']))).state, 'done');
    } finally {
      await table.close();
    }
  });

  it('makes no desk when the journal there cannot be read', async () => {
    const table = bench();
    try {
      mkdirSync(path(table));
      await assert.rejects(table.open());
    } finally {
      await table.close();
    }
  });
});

describe('a key that may only read', () => {
  it('gives a desk that shows, and refuses every kind before anything is sent', async () => {
    const table = bench();
    try {
      table.exchange.keyReadOnly = 1;
      const desk = await table.open();
      assert.equal(desk.canWrite, false);
      assert.ok(desk.figures);
      for (const kind of KINDS) {
        const [finding] = desk.check(SAMPLES[kind]);
        assert.equal(finding?.field, 'account');
        const verdict = await table.clock.run(desk.execute(SAMPLES[kind]));
        assert.equal(verdict.state, 'refused');
        assert.match(verdict.words.text, /10005/);
      }
      assert.equal(table.exchange.sends, 0);
      assert.equal(
        table.exchange.calls.get('getFlexibleBorrowHistory') ?? 0,
        0,
        'nothing is read back either',
      );
    } finally {
      await table.close();
    }
  });
});
