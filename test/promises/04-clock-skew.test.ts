import assert from 'node:assert/strict';
import { deeds, isWrite } from '../wire/ledger';
import { pick, report, scaled, seeded } from './scale';
import { laid, type Table } from './table';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Step = 'set' | 'sleep' | 'server';

/** Moves a clock somewhere in the next operation, which takes one to two seconds. */
function stepped(table: Table, seed: number, random: () => number) {
  const kind = seed % 2 === 0 ? 'set' : pick<Step>(random, ['set', 'sleep', 'server']);
  const ms = Math.round(random() * pick(random, [900, 10_000, 10 * MINUTE, 8 * HOUR]));
  const signed = random() < 0.5 ? -1 : 1;
  const step = table.clock.sleep(random() * 2_000).then(() => {
    if (kind === 'set') table.clock.jump(signed * ms);
    if (kind === 'sleep') table.clock.jump(ms);
    if (kind !== 'set') table.skew += ms;
  });
  return { kind, ms, step };
}

/** Writes that the exchange refused for their time; none where only this machine's clock was set, which is not what is signed. */
function earlyWrites(table: Table, kinds: readonly Step[]): number {
  const early = table.lines.filter(({ retCode, path }) => retCode === 10002 && isWrite(path));
  if (kinds.every((kind) => kind === 'set')) assert.deepEqual(early, []);
  return early.length;
}

describe('a wrong or jumping clock harms nothing', function () {
  this.timeout(3_600_000);

  it('no operation is refused for its time after the first answer, and the window is never widened', async () => {
    const runs = scaled(500);
    const loans = (await deeds()).slice(0, 3);
    let operations = 0;
    let steps = 0;
    let repeats = 0;
    const refused: string[] = [];
    for (let seed = 1; seed <= runs; seed += 1) {
      const random = seeded(seed);
      const offset = Math.round((random() - 0.5) * 2 * pick(random, [1_000, 5_000, 10 * MINUTE, DAY]));
      const table = await laid({ random, offset });
      try {
        const desk = await table.open(['key']);
        const kinds: Step[] = [];
        for (const operation of loans) {
          const { kind, ms, step } = stepped(table, seed, random);
          kinds.push(kind);
          steps += 1;
          const verdict = await table.clock.run(desk.execute(operation));
          await table.clock.run(step);
          operations += 1;
          if (verdict.state === 'refused')
            refused.push(`${seed} ${kind} ${ms}: ${verdict.words.text} ${verdict.code}`);
          for (let waited = 0; desk.open.length > 0 && waited < 300; waited += 1)
            await table.clock.pass(1_000);
        }
        assert.deepEqual([...table.passage.windows], ['5000']);
        repeats += earlyWrites(table, kinds);
      } finally {
        await table.close();
      }
    }
    report(
      4,
      `${operations} operations with clocks up to a day off`,
      `${steps} steps of a clock meanwhile`,
      `${refused.length} refused for their time`,
      `${repeats} × 10002 at writes, all where the exchange’s own clock moved or the machine slept, repeated cleanly`,
    );
    assert.deepEqual(refused, []);
  });
});
