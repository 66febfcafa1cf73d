import assert from 'node:assert/strict';
import type { Desk } from '../../src/desk/operation';
import { report, scaled, seeded } from './scale';
import { CALM } from './shaken';
import { laid, type Table } from './table';

const DAY_S = 86_400;
const POLL_S = 15;
/** Repeats that a desk has in hand (promises.md, row 3). */
const BUDGET = 10;

/** Requests of a desk that is shown for so long, in a world; all parts were read before. */
async function requests(
  seconds: number,
  rough: number,
  blind: boolean,
): Promise<{ readonly count: number; readonly most: number }> {
  const table = await laid({ random: seeded(3) });
  try {
    const desk = await table.open();
    await table.clock.run(desk.refresh());
    table.passage.world = { ...CALM, rough };
    if (blind) table.passage.goDark(Number.POSITIVE_INFINITY);
    return await watched(table, desk, seconds);
  } finally {
    await table.close();
  }
}

async function watched(table: Table, desk: Desk, seconds: number) {
  const total = () => [...table.passage.asked.values()].reduce((sum, count) => sum + count, 0);
  const before = total();
  const release = desk.watch();
  let most = 0;
  for (let passed = 0; passed < seconds; passed += POLL_S) {
    const start = total();
    await table.clock.pass(POLL_S * 1000);
    most = Math.max(most, total() - start);
  }
  release();
  return { count: total() - before, most };
}

describe('reads are repeated politely', function () {
  this.timeout(3_600_000);

  it('in an outage of a day there are at most 1.2 times as many requests as without', async () => {
    const seconds = scaled(DAY_S);
    const normal = await requests(seconds, 0, false);
    const outage = await requests(seconds, 0, true);
    const flaky = await requests(seconds, 30, false);
    const ratio = (outage.count / normal.count).toFixed(3);
    report(
      3,
      `${seconds} s`,
      `${normal.count} requests without faults`,
      `${outage.count} in an outage (× ${ratio})`,
      `${flaky.count} when three of ten reads fail`,
      `at most ${normal.most}, ${outage.most} and ${flaky.most} of them in ${POLL_S} s`,
    );
    assert.ok(outage.count <= normal.count * 1.2, `× ${ratio}`);
    // Ten good answers earn one repeat: it is the budget that bounds them, long before three tries each do.
    assert.ok(flaky.count > normal.count && flaky.count <= normal.count * 1.2, `${flaky.count} when flaky`);
    for (const { most } of [outage, flaky]) assert.ok(most <= normal.most + BUDGET, `${most} in a poll`);
  });
});
