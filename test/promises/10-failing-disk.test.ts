import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Desk, Operation } from '../../src/desk/operation';
import { type Bench, bench, SAMPLES } from '../unit/desk/bench';
import { FaultyDisk } from './faulty-disk';
import { ALL, type Kept } from './kept';
import { fastFolder, report, scaled } from './scale';

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

/** More than any use of a file takes. */
const MOST_STEPS = 40;

/** Uses something that is kept on a disk that fails from a step on; whether that could be done all the same. */
async function keptOnFailingDisk(code: string, kept: Kept, step: number): Promise<'failed' | 'done'> {
  const folder = fastFolder();
  const path = join(folder.path, kept.file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, kept.good);
  const before = await kept.look(folder.path);
  const disk = new FaultyDisk(folder.path, code);
  try {
    disk.failFrom(0);
    assert.deepEqual(await kept.look(folder.path), before, 'cannot be read');
    disk.failFrom(step);
    const end = await kept
      .use(folder.path, () => undefined)
      .then(
        () => 'done' as const,
        (error) => {
          // A full disk that took a part of a line reports no failure by itself.
          assert.ok(
            error.code === code || /not be written in full/.test(error.message),
            `rejects with ${error}`,
          );
          return 'failed' as const;
        },
      );
    disk.failFrom(0);
    const meanwhile = await kept.look(folder.path);
    disk.mend();
    const after = await kept.look(folder.path);
    for (const thing of before) {
      assert.ok(meanwhile.includes(thing), `not to be read meanwhile: ${thing}`);
      assert.ok(after.includes(thing), `lost: ${thing}`);
    }
    await kept.use(folder.path, () => undefined);
    return end;
  } finally {
    disk.mend();
    folder.remove();
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

  it('keeps what was written before, can be read meanwhile, and takes new entries once it works again', async () => {
    const counts = { failed: 0, done: 0 };
    const failures: string[] = [];
    for (const code of FAULTS)
      for (const kept of ALL)
        for (let step = 0, ended = false; !ended; step += 1) {
          const end = await keptOnFailingDisk(code, kept, step).catch((error) => {
            failures.push(`${code} at step ${step} of ${kept.name}: ${String(error).slice(0, 300)}`);
            return 'failed' as const;
          });
          counts[end] += 1;
          // From here on the steps that fail come after the last one.
          ended = end === 'done' || step > MOST_STEPS;
        }
    report(
      10,
      `${counts.failed + counts.done} uses of ${ALL.length} kinds of files on a disk that fails`,
      `${failures.length} not as promised`,
    );
    assert.deepEqual(failures.slice(0, 8), []);
    assert.equal(counts.done, FAULTS.length * ALL.length);
    assert.ok(counts.failed > counts.done);
  });
});
