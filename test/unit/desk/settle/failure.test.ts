import assert from 'node:assert/strict';
import { Journal } from '../../../../src/desk/journal/journal';
import type { Operation, Verdict } from '../../../../src/desk/operation';
import { ACCOUNT, type Bench, bench, SAMPLES } from '../bench';
import { type Fault, PLAIN } from '../fake-exchange';

/** What another client does at the same moment: the same request, which fails. */
const SAME = { loanCurrency: 'BTC', amount: '0.05' };
const SALE = { loanCurrency: 'BTC', amount: '0.02', collateralCoin: 'USDT' };
/** Longer than histories lag. */
const NEVER = 24 * 3_600_000;
/** Until then the own record may still turn up: the window of a request, a clock's skew, the lag of histories. */
const WOULD_SHOW_MS = 36_000;

describe('a record of failure', () => {
  let table: Bench;
  beforeEach(() => {
    table = bench();
  });
  afterEach(() => table.close());

  /** Sends while the same fails elsewhere, once ours has left; gives what the person is told when waiting ends. */
  async function besideAnother(
    operation: Operation,
    own: { readonly fault: Fault; readonly lag?: number },
    other: { readonly id: string; readonly body: Readonly<Record<string, string>>; readonly ms?: number },
  ): Promise<Verdict> {
    const desk = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: own.fault, lag: own.lag ?? 0 };
    const running = desk.execute(operation);
    while (table.exchange.sends === 0) await table.clock.pass(10);
    table.exchange.failElsewhere(other.id, other.body, other.ms);
    return await table.clock.run(running);
  }

  const repayment = { id: 'repayFlexible', body: SAME };

  it('of the same done elsewhere is not taken for its own while it can still be let in', async () => {
    const told = await besideAnother(
      SAMPLES['flexible.repay'],
      { fault: { kind: 'late', after: 4_900 } },
      repayment,
    );
    assert.equal(table.exchange.debts.get('BTC'), '0.05', 'it took effect');
    assert.equal(told.state, 'needsLook');
  });

  for (const lag of [20_000, 30_000, NEVER]) {
    it(`nor while its own is not listed, ${lag} ms after it took effect`, async () => {
      const told = await besideAnother(
        SAMPLES['flexible.repay'],
        { fault: { kind: 'lost-after' }, lag },
        repayment,
      );
      assert.equal(table.exchange.debts.get('BTC'), '0.05', 'it took effect');
      assert.equal(told.state, 'needsLook');
    });
  }

  it('nor when the answer said that it was taken, and named no record', async () => {
    const told = await besideAnother(
      SAMPLES['flexible.repayWithCollateral'],
      { fault: { kind: 'none' }, lag: NEVER },
      { id: 'repayFlexibleWithCollateral', body: SALE },
    );
    assert.equal(table.exchange.debts.get('BTC'), '0.08', 'it took effect');
    assert.equal(told.state, 'needsLook');
  });

  it('nor when it was seen under way before, also by a window that was opened since', async () => {
    const first = await table.open();
    table.exchange.behaviour = { ...PLAIN, fault: { kind: 'lost-after' }, lag: 20_000 };
    const running = first.execute(SAMPLES['flexible.repay']);
    while (table.exchange.sends === 0) await table.clock.pass(10);
    table.exchange.failElsewhere('repayFlexible', SAME, 8_000);
    await table.clock.pass(4_000);
    assert.equal(first.open[0]?.state, 'processing');
    first.dispose();
    await table.clock.run(running);
    const second = await table.open();
    await table.clock.pass(90_000);
    assert.equal(second.open[0]?.state, 'needsLook');
  });

  it('is believed without a name once its own would show and no amount has moved', async () => {
    const desk = await table.open();
    table.exchange.behaviour = {
      ...PLAIN,
      fault: { kind: 'lost-after' },
      processing: { ms: 2_000, end: 3 },
    };
    const told = await table.clock.run(desk.execute(SAMPLES['flexible.repay']));
    assert.equal(told.state, 'failed');
    const took = table.exchange.now() - table.exchange.signed;
    assert.ok(took >= WOULD_SHOW_MS && took < WOULD_SHOW_MS + 10_000, `after ${took} ms`);
    assert.deepEqual(desk.open, []);
    const last = (await Journal.open(table.folder, ACCOUNT.id)).entries().at(-1);
    assert.ok(last?.type === 'verdict' && last.state === 'failed' && last.recordId === told.recordId);
  });

  it('is believed at once when the answer named it, whatever was done elsewhere', async () => {
    const desk = await table.open();
    table.exchange.behaviour = { ...PLAIN, processing: { ms: 2_000, end: 3 } };
    const running = desk.execute(SAMPLES['flexible.repay']);
    while (table.exchange.sends === 0) await table.clock.pass(10);
    table.exchange.actElsewhere('repayFlexible', SAME);
    const told = await table.clock.run(running);
    assert.equal(told.state, 'failed');
    assert.ok(table.exchange.now() - table.exchange.signed < 10_000);
  });

  it('says nothing of a success that the answer named', async () => {
    const told = await besideAnother(SAMPLES['flexible.repay'], { fault: { kind: 'none' } }, repayment);
    assert.equal(told.state, 'done');
    assert.equal(table.exchange.debts.get('BTC'), '0.05');
  });
});
