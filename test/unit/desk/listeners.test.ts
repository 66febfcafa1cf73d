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
});
