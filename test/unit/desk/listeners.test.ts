import assert from 'node:assert/strict';
import { type Bench, bench, SAMPLES } from './bench';

describe('a listener that throws', () => {
  let table: Bench;
  beforeEach(() => {
    table = bench();
  });
  afterEach(() => table.close());

  it('harms neither the reading nor the others nor what is told of an operation', async () => {
    const desk = await table.open();
    let heard = 0;
    desk.onDidChange(() => {
      throw new RangeError('gone');
    });
    desk.onDidChange(() => {
      heard += 1;
    });
    await table.clock.run(desk.refresh());
    assert.ok(heard > 0);
    const verdict = await table.clock.run(desk.execute(SAMPLES['flexible.repay']));
    assert.notEqual(verdict.state, 'refused');
  });

  it('of the stages neither stops an operation nor makes of one that left a refused one', async () => {
    for (const stage of ['reading', 'sending', 'settling']) {
      const desk = await table.open();
      const before = table.exchange.commits;
      const verdict = await table.clock.run(
        desk.execute(SAMPLES['common.adjustCollateral'], {
          onStage: (now) => {
            if (now === stage) throw new RangeError('gone');
          },
        }),
      );
      assert.equal(verdict.state, 'done', stage);
      assert.equal(table.exchange.commits, before + 1, stage);
      desk.dispose();
    }
  });

  it('nor does anything else that fails after the sending', async () => {
    const desk = await table.open();
    const { clock, exchange } = table;
    const { now } = clock;
    let faults = 0;
    clock.now = () => {
      if (exchange.commits === 0 || faults >= 2) return now.call(clock);
      faults += 1;
      throw new TypeError('no clock');
    };
    const verdict = await clock.run(desk.execute(SAMPLES['flexible.repay']));
    assert.equal(faults, 2);
    assert.equal(exchange.commits, 1);
    assert.equal(verdict.state, 'done');
  });
});
