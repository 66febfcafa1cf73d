import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lock, tryLock } from '../../../src/desk/lock';
import { temporaryFolder } from './bench';
import { FakeClock } from './fake-clock';

describe('the lock of an account', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  /** Locks whose holders are dead: nobody lets them go, so their files are closed in the end. */
  const left: (Lock | undefined)[] = [];
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'sub', 'acc-1.lock');
  });
  afterEach(async () => {
    for (const lock of left.splice(0)) await lock?.release();
    folder.remove();
  });

  it('is held by one, until it is let go', async () => {
    const clock = new FakeClock();
    const first = await tryLock(path, clock);
    assert.ok(first && (await first.isHeld()));
    assert.equal(await tryLock(path, clock), undefined);
    await first.release();
    assert.ok(!existsSync(path));
    assert.equal(await first.isHeld(), false);
    const second = await tryLock(path, clock);
    assert.ok(second);
    await first.release();
    assert.ok(await second.isHeld(), 'letting go twice takes nothing from others');
    await second.release();
    assert.equal(clock.sleepers, 0, 'no heartbeat is left');
  });

  it('stays held as long as its holder gives signs of life', async () => {
    const clock = new FakeClock();
    const held = await tryLock(path, clock);
    for (let second = 0; second < 60; second += 1) {
      await clock.pass(1000);
      assert.equal(await tryLock(path, clock), undefined);
    }
    assert.ok(await held?.isHeld());
    await held?.release();
  });

  it('is taken over when its holder is dead for more than ten seconds; who wakes again has it no more', async () => {
    const [dead, alive] = [new FakeClock(), new FakeClock()];
    const old = await tryLock(path, dead);
    await alive.pass(10_000);
    assert.equal(await tryLock(path, alive), undefined);
    await alive.pass(1);
    const taken = await tryLock(path, alive);
    assert.ok(taken && (await taken.isHeld()));
    assert.equal(await old?.isHeld(), false);
    // A sign of life of the old holder goes nowhere, and letting go leaves the new one alone.
    await dead.pass(20_000);
    await old?.release();
    assert.ok(await taken.isHeld());
    await taken.release();
    assert.deepEqual(readdirSync(join(folder.path, 'sub')), []);
  });

  it('goes to one of many who ask at once, also when it is stale', async () => {
    for (const state of ['free', 'stale'] as const) {
      const [dead, clock] = [new FakeClock(), new FakeClock()];
      if (state === 'stale') left.push(await tryLock(path, dead));
      await clock.pass(11_000);
      const asked = await Promise.all(Array.from({ length: 30 }, () => tryLock(path, clock)));
      const won = asked.filter((lock) => lock !== undefined);
      const holding = await Promise.all(won.map((lock) => lock.isHeld()));
      assert.equal(holding.filter(Boolean).length, 1, state);
      for (const lock of won) await lock.release();
      assert.ok(!existsSync(path));
    }
  });

  it('with a sign of life from the future does not lock for ever', async () => {
    const [future, now] = [new FakeClock(1_900_000_000_000), new FakeClock(1_800_000_000_000)];
    left.push(await tryLock(path, future));
    const lock = await tryLock(path, now);
    assert.ok(lock);
    await lock.release();
  });

  it('whose file says nothing counts from when it was made', async () => {
    const clock = new FakeClock();
    await (await tryLock(path, clock))?.release();
    for (const content of ['', '\u0000\u0000', '{"token":"x"}', 'garbage']) {
      writeFileSync(path, content);
      const seconds = clock.now() / 1000;
      utimesSync(path, seconds, seconds);
      assert.equal(await tryLock(path, clock), undefined);
      await clock.pass(11_000);
      const lock = await tryLock(path, clock);
      assert.ok(lock, JSON.stringify(content));
      await lock.release();
    }
  });

  it('whose taking over was itself cut off is taken over all the same', async () => {
    const [dead, clock] = [new FakeClock(), new FakeClock()];
    left.push(await tryLock(path, dead));
    const token = /"token":"(.{8})/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    left.push(await tryLock(`${path}.${token}`, dead));
    await clock.pass(11_000);
    const lock = await tryLock(path, clock);
    assert.ok(lock && (await lock.isHeld()));
    await lock.release();
  });

  it('rejects where no file can be made', async () => {
    writeFileSync(join(folder.path, 'sub'), 'a file, no folder');
    await assert.rejects(tryLock(path, new FakeClock()));
  });
});
