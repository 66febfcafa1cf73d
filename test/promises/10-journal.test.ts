import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEvent } from '../../src/desk/journal/event';
import { Journal } from '../../src/desk/journal/journal';
import { readLines } from '../../src/desk/journal/lines';
import { intent, life, sent, verdict } from '../unit/desk/journal/events';
import { fastFolder, report, SCALE, scaled, seeded } from './scale';

const ACCOUNT = 'acc-1';
const CHILD = join(__dirname, 'children/appender.js');
const AT_ONCE = 4;

interface Written {
  /** Ids whose intent the process was told to be on the disk. */
  readonly acknowledged: readonly string[];
}

/** A process that appends; ended hard `killAfter` milliseconds after its first acknowledgement, or left to its end. */
function appender(folder: string, name: string, lives: number, killAfter?: number): Promise<Written> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, name, String(lives)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
      said += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', () => {
      resolve({ acknowledged: said.split('\n').slice(0, -1) });
    });
  });
}

function linesIn(folder: string) {
  return readLines(readFileSync(join(folder, `journal-${ACCOUNT}.jsonl`)), 0);
}

describe('the journal survives', function () {
  this.timeout(3_600_000);
  let folder: ReturnType<typeof fastFolder>;
  beforeEach(() => {
    folder = fastFolder();
  });
  afterEach(() => folder.remove());

  it('processes that are killed while they write to one file, several at a time', async () => {
    const random = seeded(10);
    const kills = scaled(500);
    const acknowledged: string[] = [];
    const waiting = Array.from({ length: kills }, (_, n) => n);
    const work = async () => {
      for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
        const written = await appender(folder.path, `k${n}`, 1_000_000, random() * 60);
        acknowledged.push(...written.acknowledged);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const journal = await Journal.open(folder.path, ACCOUNT);
    const lost = acknowledged.filter((id) => journal.record(id) === undefined);
    report(
      10,
      `${kills} processes killed with -9`,
      `${acknowledged.length} acknowledged intents`,
      `${lost.length} lost`,
    );
    assert.deepEqual(lost, []);
  });

  it('four processes that append ten thousand lines, with some that are killed', async () => {
    const lives = scaled(1_000);
    const random = seeded(11);
    const whole = [0, 1, 2, 3].map((n) => appender(folder.path, `w${n}`, lives));
    const killed = [0, 1, 2].map((n) => appender(folder.path, `d${n}`, 1_000_000, random() * 200));
    const written = await Promise.all([...whole, ...killed]);
    const { events, odd } = linesIn(folder.path);
    const of = (type: JournalEvent['type']) =>
      new Set(events.flatMap((event) => (event.type === type && event.id.startsWith('w') ? [event.id] : [])));
    const lines = new Set(events.map(({ type, id }) => `${type} ${id}`));
    const lost = written
      .flatMap(({ acknowledged }) => acknowledged)
      .filter((id) => !lines.has(`intent ${id}`));
    report(
      10,
      `${events.length} lines from 7 processes at once, 3 of them killed`,
      `${lost.length} lost`,
      `${odd.length} torn`,
      `${events.length - lines.size} written twice`,
    );
    assert.deepEqual(lost, []);
    assert.deepEqual(
      [of('intent').size, of('sent').size, of('verdict').size],
      [4 * lives, 4 * lives, 4 * Math.ceil(lives / 2)],
    );
    assert.ok(odd.length <= 3, 'more lines are torn than processes were killed');
  });

  it('being cut at every byte of its tail', async () => {
    const events = [...life('a'), ...life('b'), intent('c'), sent('c')];
    const texts = events.map((event) => `${JSON.stringify(event)}\n`);
    const whole = Buffer.from(texts.join(''));
    const path = join(folder.path, `journal-${ACCOUNT}.jsonl`);
    const ends = texts.map((_, n) => Buffer.byteLength(texts.slice(0, n + 1).join('')));
    // In `npm test` every seventh byte.
    const stride = SCALE < 1 ? 7 : 1;
    let wrong = 0;
    let cuts = 0;
    for (let cut = 0; cut <= whole.length; cut += stride) {
      cuts += 1;
      writeFileSync(path, whole.subarray(0, cut));
      const journal = await Journal.open(folder.path, ACCOUNT);
      await journal.append(intent('later'));
      const again = await Journal.open(folder.path, ACCOUNT);
      // A line counts whole, also when nothing but its end is missing.
      const kept = new Set(events.filter((_, n) => (ends[n] ?? 0) - 1 <= cut).map(({ id }) => id));
      const open = new Set(again.open().map(({ id }) => id));
      const hasEnded = (id: string) =>
        events.some((event, n) => event.id === id && event.type === 'verdict' && (ends[n] ?? 0) - 1 <= cut);
      const right = ['a', 'b', 'c'].every(
        (id) =>
          (again.record(id) !== undefined) === kept.has(id) &&
          open.has(id) === (kept.has(id) && !hasEnded(id)),
      );
      if (!right || !open.has('later')) wrong += 1;
    }
    report(10, `cut at ${cuts} of ${whole.length + 1} bytes`, `${wrong} not as promised`);
    assert.equal(wrong, 0);
  });

  it('ten thousand entries, and gives them back', async () => {
    const events = Array.from({ length: 5_000 }, (_, n) => [intent(`id-${n}`), verdict(`id-${n}`)]).flat();
    writeFileSync(
      join(folder.path, `journal-${ACCOUNT}.jsonl`),
      events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
    const from = performance.now();
    const journal = await Journal.open(folder.path, ACCOUNT);
    const ms = Math.round(performance.now() - from);
    report(10, `${journal.entries().length} entries read in ${ms} ms`);
    assert.equal(journal.entries().length, 10_000);
    assert.ok(!existsSync(join(folder.path, `journal-${ACCOUNT}.jsonl.torn`)));
  });
});
