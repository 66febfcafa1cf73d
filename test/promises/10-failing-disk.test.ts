import assert from 'node:assert/strict';
import type { Desk, Operation } from '../../src/desk/operation';
import { type Bench, bench, SAMPLES } from '../unit/desk/bench';
import { FaultyDisk } from './faulty-disk';
import { report, scaled } from './scale';

const FAULTS = ['ENOSPC', 'EROFS', 'EIO', 'EDQUOT'] as const;

async function settled({ clock }: Bench, desk: Desk): Promise<void> {
  for (let waited = 0; desk.open.length > 0 && waited < 60; waited += 1) await clock.pass(10_000);
}

/** Carries an operation out on a disk that fails from a step on, and mends it; then, and in the next session, all is clear. */
async function onFailingDisk(code: string, operation: Operation, step: number): Promise<'refused' | 'sent'> {
  const table = bench();
  const disk = new FaultyDisk(table.folder, code);
  try {
    const desk = await table.open();
    disk.failFrom(step);
    const told = await table.clock.run(desk.execute(operation));
    disk.mend();
    await settled(table, desk);
    const { commits } = table.exchange;
    const about = `${code} at step ${step} of ${operation.kind}: ${told.state}, ${commits} commits`;
    assert.equal(commits, told.state === 'refused' ? 0 : 1, about);
    assert.deepEqual(desk.open, [], about);
    desk.dispose();
    const next = await table.open();
    await settled(table, next);
    assert.deepEqual(next.open, [], about);
    return told.state === 'refused' ? 'refused' : 'sent';
  } finally {
    disk.mend();
    await table.close();
  }
}

describe('a disk that fails', function () {
  this.timeout(3_600_000);

  it('at any step of any operation loses none and sends none twice', async () => {
    const counts = { refused: 0, sent: 0 };
    const stride = Math.max(1, Math.round(24 / scaled(24)));
    const failures: string[] = [];
    for (const [f, code] of FAULTS.entries()) {
      for (const [n, operation] of Object.values(SAMPLES).entries()) {
        for (let step = (n + f) % stride; step < 24; step += stride) {
          await onFailingDisk(code, operation, step).then(
            (end) => {
              counts[end] += 1;
            },
            (error) => failures.push(String(error)),
          );
        }
      }
    }
    report(
      10,
      `${counts.refused + counts.sent + failures.length} operations on a disk that fails`,
      `${counts.refused} refused unsent`,
      `${counts.sent} sent and ended in the truth`,
      `${failures.length} not as promised`,
    );
    assert.deepEqual(failures.slice(0, 5), []);
    assert.ok(counts.refused > 0 && counts.sent > 0);
  });
});
