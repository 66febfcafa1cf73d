import assert from 'node:assert/strict';
import { Poller } from '../../../src/desk/poller';
import { FakeClock } from './fake-clock';

function poller(intervalMs = 15_000, work: (clock: FakeClock) => Promise<void> = async () => undefined) {
  const clock = new FakeClock();
  const at: number[] = [];
  const made = new Poller(
    clock,
    () => intervalMs,
    async () => {
      at.push(clock.monotonic());
      await work(clock);
      return 0;
    },
  );
  return { clock, at, made };
}

describe('the poller', () => {
  it('works while somebody holds it, at once and after each interval', async () => {
    const { clock, at, made } = poller();
    await clock.pass(60_000);
    assert.deepEqual(at, []);
    const [one, two] = [made.hold(), made.hold()];
    await clock.pass(31_000);
    assert.deepEqual(at, [60_000, 75_000, 90_000]);
    one();
    one();
    await clock.pass(15_000);
    assert.equal(at.length, 4, 'letting go twice counts once');
    two();
    await clock.pass(60_000);
    assert.equal(at.length, 4);
    assert.equal(clock.sleepers, 0);
    made.hold();
    await clock.pass(1);
    assert.equal(at.length, 5);
  });

  it('waits the interval after the work has ended, and outlives its failure', async () => {
    const { clock, at, made } = poller(10_000, async (own) => {
      await own.sleep(7_000);
      throw new Error('no answer');
    });
    made.hold();
    await clock.pass(35_000);
    assert.deepEqual(at, [0, 17_000, 34_000]);
  });

  it('never runs twice at once when it is let go and held again meanwhile', async () => {
    let running = 0;
    let most = 0;
    const { clock, at, made } = poller(5_000, async (own) => {
      running += 1;
      most = Math.max(most, running);
      await own.sleep(3_000);
      running -= 1;
    });
    for (let n = 0; n < 10; n += 1) {
      const release = made.hold();
      await clock.pass(500);
      release();
    }
    const release = made.hold();
    await clock.pass(20_000);
    release();
    assert.equal(most, 1);
    assert.ok(at.length <= 6, `${at.length} times in 25 s`);
  });

  it('keeps a least interval, whatever it is told', async () => {
    for (const odd of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1]) {
      const { clock, at, made } = poller(odd);
      made.hold();
      await clock.pass(12_000);
      assert.deepEqual(at, [0, 5_000, 10_000], String(odd));
      made.dispose();
      await clock.pass(60_000);
      assert.equal(at.length, 3);
      made.hold();
      await clock.pass(60_000);
      assert.equal(at.length, 3, 'disposed for good');
      assert.equal(clock.sleepers, 0);
    }
  });
});
