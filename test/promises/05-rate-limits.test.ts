import assert from 'node:assert/strict';
import { deeds } from '../wire/ledger';
import { pick, report, SCALE, scaled, seeded } from './scale';
import { CALM } from './shaken';
import { laid } from './table';

const DAY_S = 86_400;
const WINDOWS = 4;

describe('the limits of the exchange are kept', function () {
  this.timeout(3_600_000);

  it('by four windows on one account for a day, with an operation every ten minutes', async () => {
    // Many requests: in `npm test` a fiftieth of the day.
    const seconds = SCALE < 1 ? Math.ceil(scaled(DAY_S) / 5) : DAY_S;
    const random = seeded(5);
    const table = await laid({ random, shared: true });
    try {
      const desks = [];
      for (let n = 0; n < WINDOWS; n += 1) desks.push(await table.open());
      const releases = desks.map((desk) => desk.watch());
      const moves = (await deeds()).filter(({ kind }) => kind === 'common.adjustCollateral');
      let operations = 0;
      for (let passed = 0; passed < seconds; passed += 600) {
        const desk = pick(random, desks);
        const operation = moves[operations % moves.length];
        assert.ok(operation);
        const verdict = await table.clock.run(desk.execute(operation));
        operations += 1;
        assert.ok(['done', 'refused'].includes(verdict.state), verdict.words.text);
        await table.clock.pass(600_000 - (table.clock.monotonic() % 600_000));
      }
      for (const release of releases) release();
      const total = [...table.passage.asked.values()].reduce((sum, count) => sum + count, 0);
      const [limited, barred] = ['10006', 'HTTP 403'].map((code) => table.passage.codes.get(code) ?? 0);
      report(
        5,
        `${WINDOWS} windows for ${seconds} s`,
        `${total} requests`,
        `${operations} operations`,
        `${limited} × 10006`,
        `${barred} × 403`,
      );
      assert.deepEqual([limited, barred], [0, 0]);
    } finally {
      await table.close();
    }
  });

  it('after a 403 nothing is sent for ten minutes, by no window', async () => {
    const table = await laid({ random: seeded(6), shared: true });
    try {
      const desks = [];
      for (let n = 0; n < WINDOWS; n += 1) desks.push(await table.open(['key']));
      for (const desk of desks) desk.watch();
      const total = () => [...table.passage.asked.values()].reduce((sum, count) => sum + count, 0);
      await table.clock.pass(60_000);
      table.passage.world = { ...CALM, barred: true };
      const [desk] = desks;
      assert.ok(desk);
      await table.clock.run(desk.refresh(['position']));
      table.passage.world = CALM;
      const before = total();
      await table.clock.pass(600_000);
      const meanwhile = total() - before;
      await table.clock.pass(60_000);
      report(
        5,
        `${meanwhile} requests of ${WINDOWS} windows in the ten minutes after a 403`,
        `${total() - before} in the minute after them`,
      );
      assert.equal(meanwhile, 0);
      assert.ok(total() > before);
    } finally {
      await table.close();
    }
  });
});
