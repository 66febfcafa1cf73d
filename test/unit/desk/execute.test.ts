import assert from 'node:assert/strict';
import { decimal } from '../../../src/bybit/decimal';
import { Journal } from '../../../src/desk/journal/journal';
import type { Desk, OperationKind, Stage, Verdict, VerdictState } from '../../../src/desk/operation';
import { deedOf } from '../../../src/desk/operations/registry';
import { ACCOUNT, type Bench, bench, SAMPLES } from './bench';
import { REPAYMENT_MS } from './fake/institutional';
import { type Behaviour, type Fault, PLAIN } from './fake-exchange';

/** Faults × lag × asynchrony × kinds: promises 1 and 2 (promises.md §3). */
const FAULTS: readonly Fault[] = [
  { kind: 'none' },
  { kind: 'lost-before' },
  { kind: 'lost-after' },
  { kind: 'late', after: 500 },
  { kind: 'late', after: 4900 },
  { kind: 'refused', retCode: 148009 },
  { kind: 'no-connection' },
  { kind: 'again', next: { kind: 'none' } },
  { kind: 'again', next: { kind: 'lost-after' } },
  { kind: 'again', next: { kind: 'lost-before' } },
];
/** Until then a history may lag (promises.md §2). */
const LONGEST_LAG = 30_000;
const LAGS = [0, 3_000, LONGEST_LAG];
const ENDS: readonly Behaviour['processing'][] = [
  undefined,
  { ms: 4_000, end: 1 },
  { ms: 4_000, end: 3 },
  // Success that is taken back: nothing has moved meanwhile.
  { ms: 8_000, end: 3, first: 1 },
];
const BLIND = [0, 25_000];

/** What of the matrix makes sense for a kind. */
interface Range {
  readonly lags: readonly number[];
  readonly ends: readonly Behaviour['processing'][];
  readonly faults: readonly Fault[];
  /** How long the exchange takes until there is a record. */
  readonly recordMs: number;
  /** Whether reads that fail are only combined with the faults, not with lags and ends. */
  readonly isSmall: boolean;
}

/** Kinds that leave no status anywhere cannot be seen to fail. */
const ENDLESS: readonly OperationKind[] = [
  'fixed.cancelBorrow',
  'fixed.cancelSupply',
  'institutional.bind',
  'institutional.unbind',
];

function rangeOf(kind: OperationKind): Range {
  const all = { lags: LAGS, ends: ENDS, faults: FAULTS, recordMs: 0, isSmall: false };
  if (kind.startsWith('flexible.') || kind.startsWith('common.')) return all;
  const ends = ENDLESS.includes(kind) ? ENDS.filter((end) => end?.end !== 3) : ENDS;
  // The others take the same way: fewer combinations show that their own part of it holds.
  const some = { ...all, lags: [0, LONGEST_LAG], ends, isSmall: true };
  if (kind !== 'institutional.repay') return some;
  return { ...some, lags: [0], ends: [undefined, { ms: 0, end: 3 }], recordMs: REPAYMENT_MS };
}

function behaviours({ faults, lags, ends, isSmall }: Range): readonly Behaviour[] {
  const all = faults.flatMap((fault) =>
    lags.flatMap((lag) =>
      ends.flatMap((processing) =>
        BLIND.map((blind) => ({ ...PLAIN, fault, lag, processing, blind, offset: lag * 7 - 20_000 })),
      ),
    ),
  );
  return all.filter(({ fault, lag, processing, blind }) => {
    const bare = lag === 0 && processing === undefined;
    // What never reaches the server has neither a lag nor an end.
    const reaches = !['lost-before', 'refused', 'no-connection'].includes(fault.kind);
    return bare || (reaches && !(isSmall && blind > 0));
  });
}

interface Outcome {
  readonly state: VerdictState;
  readonly committed: boolean;
  readonly ended: 1 | 3 | undefined;
  /** From the last sending to the verdict, ms. */
  readonly took: number;
}

/** Longer than any operation takes. */
const PATIENCE_MS = 20 * 60_000;

/** The verdict in the journal, once there is one; what waiting showed where a person must decide. */
async function finalState(table: Bench, desk: Desk, first: Verdict): Promise<VerdictState> {
  if (first.state !== 'processing' && first.state !== 'unknown') return first.state;
  for (let waited = 0; desk.open.length > 0 && waited < PATIENCE_MS; waited += 1000) {
    if (desk.open[0]?.state === 'needsLook') return 'needsLook';
    await table.clock.pass(1000);
  }
  const last = (await Journal.open(table.folder, ACCOUNT.id)).entries().at(-1);
  assert.ok(last?.type === 'verdict', 'it ends');
  return last.state;
}

async function outcomeOf(kind: OperationKind, behaviour: Behaviour): Promise<Outcome> {
  const table: Bench = bench();
  try {
    table.exchange.behaviour = { ...PLAIN, offset: behaviour.offset };
    const desk = await table.open();
    table.exchange.behaviour = behaviour;
    const verdict = await table.clock.run(desk.execute(SAMPLES[kind]));
    const isOpen = ['unknown', 'needsLook', 'processing'].includes(verdict.state);
    assert.equal(desk.open.length, isOpen ? 1 : 0, `open after ${verdict.state}`);
    const state = await finalState(table, desk, verdict);
    const took = table.exchange.now() - table.exchange.signed;
    assert.ok(table.exchange.sends <= 1, 'sent more than once');
    assert.ok(table.exchange.commits <= 1, 'committed more than once');
    return {
      state,
      committed: table.exchange.commits > 0,
      ended: table.exchange.commits > 0 ? (behaviour.processing?.end ?? 1) : undefined,
      took,
    };
  } finally {
    await table.close();
  }
}

/** Kinds whose answer names no record. */
const NAMELESS: readonly OperationKind[] = [
  'flexible.repayWithCollateral',
  'fixed.repayWithCollateral',
  'institutional.repay',
];

/** Whether the answer came and named the record; any other record may be that of the same done elsewhere. */
function isNamed(kind: OperationKind, fault: Fault): boolean {
  if (fault.kind === 'again') return isNamed(kind, fault.next);
  return fault.kind === 'none' && !NAMELESS.includes(kind);
}

function judge(kind: OperationKind, behaviour: Behaviour, outcome: Outcome): void {
  const { state, committed, ended, took } = outcome;
  const { recordWithin, failsSilently } = deedOf(SAMPLES[kind]);
  const about = `${kind} ${JSON.stringify(behaviour)} -> ${state} after ${took} ms`;
  // Nothing is called absent, or failed without a record, before this much time has passed.
  const certain = LONGEST_LAG + recordWithin;
  if (committed) {
    // What failed without a record while its answer was lost has moved nothing: absent says that too.
    const unseen = failsSilently && behaviour.fault.kind !== 'none';
    const expected = ended === 3 ? ['failed', ...(unseen ? ['absent'] : [])] : ['done'];
    assert.ok(expected.includes(state), about);
  } else {
    assert.ok(['refused', 'absent'].includes(state), about);
  }
  if (state === 'refused') return;
  const late = behaviour.fault.kind === 'late' ? behaviour.fault.after : 0;
  const known = Math.max(behaviour.lag, behaviour.processing?.ms ?? 0, behaviour.blind);
  const unrecorded = !committed || (ended === 3 && (failsSilently || !isNamed(kind, behaviour.fault)));
  const visible = unrecorded ? Math.max(certain, late + known) : late + known + rangeOf(kind).recordMs;
  if (unrecorded) assert.ok(took >= certain, `said ${state} too early: ${about}`);
  // Three readings that agree; after a minute they are five seconds apart, later fifteen.
  const slack = visible <= 60_000 ? 10_000 : 60_000;
  assert.ok(took <= visible + slack, `took too long: ${about}`);
}

describe('execute', function () {
  this.timeout(300_000);

  for (const kind of Object.keys(SAMPLES) as OperationKind[]) {
    it(`ends ${kind} in the truth, whatever breaks when`, async () => {
      let cases = 0;
      for (const behaviour of behaviours(rangeOf(kind))) {
        judge(kind, behaviour, await outcomeOf(kind, behaviour));
        cases += 1;
      }
      assert.ok(cases >= 20, `only ${cases} cases`);
    });
  }

  it('asks for a look when the account changed and no record names the operation', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 3_600_000 };
      const verdict = await table.clock.run(desk.execute(SAMPLES['flexible.borrow']));
      assert.equal(verdict.state, 'needsLook');
      assert.equal(desk.open[0]?.state, 'needsLook');
      assert.equal(desk.check(SAMPLES['flexible.repay'])[0]?.field, 'account');
      const second = await table.clock.run(desk.execute(SAMPLES['flexible.repay']));
      assert.equal(second.state, 'refused');
      assert.equal(table.exchange.sends, 1);
      // The record turns up after all: found without anybody asking.
      table.exchange.behaviour = PLAIN;
      await table.clock.pass(20_000);
      assert.equal(desk.open.length, 0);
    } finally {
      await table.close();
    }
  });

  it('does not take the same operation of another client for its own when that came before', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      table.exchange.actElsewhere('repayFlexible', { loanCurrency: 'BTC', amount: '0.05' });
      await table.clock.pass(60_000);
      table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-before' } };
      const verdict = await table.clock.run(desk.execute(SAMPLES['flexible.repay']));
      assert.equal(verdict.state, 'absent');
    } finally {
      await table.close();
    }
  });

  it('does not take the same operation of another client for its own when that came later', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-before' } };
      const running = desk.execute(SAMPLES['flexible.repay']);
      await table.clock.pass(20_000);
      table.exchange.actElsewhere('repayFlexible', { loanCurrency: 'BTC', amount: '0.05' });
      assert.equal((await table.clock.run(running)).state, 'needsLook');
    } finally {
      await table.close();
    }
  });

  it('says nothing of two records that could be it and end differently', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      // The one that is lost is carried out; the same from elsewhere, at the same moment, fails.
      table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' } };
      const running = desk.execute(SAMPLES['flexible.repay']);
      while (table.exchange.commits === 0) await table.clock.pass(10);
      const body = { loanCurrency: 'BTC', amount: '0.05' };
      table.exchange.actElsewhere('repayFlexible', body, { ms: 3_000, end: 3 });
      assert.equal((await table.clock.run(running)).state, 'needsLook');
      assert.equal(desk.open[0]?.state, 'needsLook');
    } finally {
      await table.close();
    }
  });

  it('does not call it absent when another client moved the same amounts', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-before' } };
      const running = desk.execute(SAMPLES['flexible.repay']);
      await table.clock.pass(2_000);
      table.exchange.actElsewhere('repayFlexible', { loanCurrency: 'BTC', amount: '0.01' });
      assert.equal((await table.clock.run(running)).state, 'needsLook');
    } finally {
      await table.close();
    }
  });

  it('ignores interest posted meanwhile', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-before' } };
      const running = desk.execute(SAMPLES['common.adjustCollateral']);
      await table.clock.pass(2_000);
      table.exchange.debts.set('BTC', decimal('0.1000001'));
      assert.equal((await table.clock.run(running)).state, 'absent');
      const borrowing = desk.execute(SAMPLES['flexible.borrow']);
      await table.clock.pass(2_000);
      table.exchange.debts.set('BTC', decimal('0.1000002'));
      assert.equal((await table.clock.run(borrowing)).state, 'absent');
    } finally {
      await table.close();
    }
  });

  it('sends nothing when a read before it fails, and nothing for another account or a read-only key', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      const other = { ...SAMPLES['flexible.repay'], accountId: 'other' };
      assert.equal((await table.clock.run(desk.execute(other))).state, 'refused');
      table.exchange.beforeRead = (id) => {
        if (id === 'getFlexibleRepaymentHistory') throw new Error('torn');
      };
      assert.equal((await table.clock.run(desk.execute(SAMPLES['flexible.repay']))).state, 'refused');
      table.exchange.beforeRead = undefined;
      table.exchange.keyReadOnly = 1;
      await table.clock.run(desk.refresh(['key']));
      assert.equal(desk.canWrite, false);
      assert.equal((await table.clock.run(desk.execute(SAMPLES['flexible.repay']))).state, 'refused');
      assert.equal(table.exchange.sends, 0);
    } finally {
      await table.close();
    }
  });

  it('tells what it is sending as such, also when the clock of the machine is set meanwhile', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      const states: (string | undefined)[] = [];
      const onStage = (stage: Stage) => {
        if (stage !== 'sending') return;
        table.clock.jump(3_600_000);
        states.push(desk.open[0]?.state);
      };
      const verdict = await table.clock.run(desk.execute(SAMPLES['flexible.repay'], { onStage }));
      assert.deepEqual(states, ['sending']);
      assert.equal(verdict.state, 'done');
    } finally {
      await table.close();
    }
  });

  it('runs one operation after the other without a pause', async () => {
    const table = bench();
    try {
      const desk = await table.open();
      for (const kind of Object.keys(SAMPLES) as OperationKind[]) {
        const verdict = await table.clock.run(desk.execute(SAMPLES[kind]));
        assert.equal(await finalState(table, desk, verdict), 'done', kind);
      }
      const both = await table.clock.run(
        Promise.all([desk.execute(SAMPLES['flexible.repay']), desk.execute(SAMPLES['flexible.repay'])]),
      );
      assert.deepEqual(both.map(({ state }) => state).sort(), ['done', 'refused']);
      assert.equal(table.exchange.sends, Object.keys(SAMPLES).length + 1);
    } finally {
      await table.close();
    }
  });
});
