import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Remains, Sample } from './children/soak';
import { report, scaled } from './scale';

const CHILD = join(__dirname, 'children/soak.js');
/** The limits as the exchange documents them. */
const CATALOGUE = join(process.cwd(), 'test', 'data', 'catalogue.json');
const DAY_MIN = 24 * 60;
/** The exchange bars an address at so many requests in 5 s (promises.md §1). */
const ADDRESS_LIMIT = 600;
/** What the heap may grow by from the second hour to the last: the account's own history, and what a collection leaves. */
const GROWTH = 8_000_000;

async function soaked(
  minutes: number,
): Promise<{ readonly samples: readonly Sample[]; readonly remains: Remains }> {
  const child = spawn(process.execPath, ['--expose-gc', CHILD, String(minutes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const samples: Sample[] = [];
  let remains: Remains | undefined;
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const value = JSON.parse(line) as Sample | Remains;
    if ('minutes' in value) samples.push(value);
    else remains = value;
  }
  assert.equal(await ended, 0);
  assert.ok(remains);
  return { samples, remains };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Issue 6, §8. */
describe('a window that is open for a day', function () {
  this.timeout(7_200_000);

  it('keeps its memory, leaves nothing behind and stays within the limits', async () => {
    const minutes = scaled(DAY_MIN / 10) * 10;
    const { samples, remains } = await soaked(minutes);
    // The first hour fills caches; from then on the heap is to stay where it is.
    const after = samples.filter((sample) => sample.minutes > 60).map(({ heap }) => heap);
    const third = Math.ceil(after.length / 3);
    const early = median(after.slice(0, third));
    const late = median(after.slice(-third));
    const { operations, alerts, readings, recordedCoins, codes, busiest, address } = remains;
    const ended = Object.entries(operations).map(([state, count]) => `${count} ${state}`);
    const done = Object.entries(remains.done).map(([system, count]) => `${count} ${system}`);
    report(
      'soak',
      `${minutes / 60} h`,
      `${samples.at(-1)?.requests} requests`,
      `${alerts} alerts`,
      `${readings} records of ${recordedCoins} coins`,
    );
    report('soak', `operations: ${ended.join(', ')}; done: ${done.join(', ')}`);
    report('soak', `heap ${megabytes(early)} after the first hour`, `${megabytes(late)} at the end`);
    report(
      'soak',
      `${remains.sleepers} timers, ${remains.listeners} listeners, ${remains.files.length} open files left`,
    );
    report('soak', `${codes['10006'] ?? 0} × 10006`, `at most ${address} requests in 5 s`);

    assert.ok(late - early <= GROWTH, samples.map(({ heap }) => megabytes(heap)).join(' '));
    assert.deepEqual([remains.sleepers, remains.listeners, remains.files, remains.resources], [0, 0, [], []]);
    assert.equal(codes['10006'] ?? 0, 0);
    assert.ok(address <= ADDRESS_LIMIT);
    const catalogue = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as {
      readonly path: string;
      readonly perSecond: number | null;
    }[];
    const limits = new Map(catalogue.map(({ path, perSecond }) => [path, perSecond]));
    const over = Object.entries(busiest).filter(([path, most]) => {
      const limit = limits.get(path);
      assert.ok(limit !== undefined, path);
      return limit !== null && most > limit;
    });
    assert.deepEqual(over, []);
    // It was no idle day.
    assert.deepEqual(
      Object.entries(remains.done).filter(([, count]) => count === 0),
      [],
    );
    assert.ok(alerts > 0 && readings > 1 && recordedCoins > 0 && (operations['done'] ?? 0) > 0);
  });
});
