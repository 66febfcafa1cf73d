import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaceLog } from '../../../src/bybit/pace-log';
import { temporaryFolder } from '../desk/bench';
import { FakeClock } from '../desk/fake-clock';

const PATH = '/v5/x';

describe('the log by which windows share limits', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: FakeClock;
  const window = (account = 'acc-1', host = 'https://api.bybit.com') =>
    new PaceLog({ folder: folder.path, host, account, clock });

  beforeEach(() => {
    folder = temporaryFolder();
    clock = new FakeClock();
  });
  afterEach(() => folder.remove());

  /** Books at once from several windows; gives when each may leave, ascending. */
  async function places(windows: readonly PaceLog[], times: number, spacing = 220): Promise<number[]> {
    const booked = windows.flatMap((one) => Array.from({ length: times }, () => one.book(PATH, spacing)));
    return (await Promise.all(booked)).sort((a, b) => a - b);
  }

  it('gives every request of every window a place of its own, spaced', async () => {
    const all = await places([window(), window(), window(), window()], 6);
    assert.deepEqual(
      all,
      Array.from({ length: 24 }, (_, n) => n * 220),
    );
    await clock.pass(24 * 220);
    assert.equal(await window().book(PATH, 220), 0, 'a free endpoint is not waited for');
  });

  it('keeps endpoints, accounts and addresses apart', async () => {
    await places([window()], 3);
    assert.equal(await window().book('/v5/y', 220), 0);
    assert.equal(await window('acc-2').book(PATH, 220), 0);
    assert.equal(await window('acc-1', 'https://api-testnet.bybit.com').book(PATH, 220), 0);
    assert.equal(await window().book(PATH, 220), 660);
  });

  it('goes on over the end of a minute, and leaves no old files', async () => {
    await clock.pass(60_000 - (clock.now() % 60_000) - 300);
    await places([window()], 5);
    await clock.pass(500);
    assert.equal(await window().book(PATH, 220), 5 * 220 - 500);
    for (let minute = 0; minute < 5; minute += 1) {
      await clock.pass(60_000);
      await window().book(PATH, 220);
    }
    assert.ok(readdirSync(folder.path).length <= 3, readdirSync(folder.path).join());
  });

  it('holds an endpoint for all windows', async () => {
    await window().hold(PATH, 1_000);
    assert.equal(await window().book(PATH, 220), 1_000);
    assert.equal(await window().book('/v5/y', 220), 0);
  });

  it('keeps the address below its limit, whatever the endpoint', async () => {
    const waits: number[] = [];
    for (let n = 0; n < 510; n += 1) waits.push(await window().book(`/v5/${n}`, 10));
    assert.ok(waits.slice(0, 500).every((wait) => wait === 0));
    assert.ok(waits.slice(500).every((wait) => wait === 5_000));
  }).timeout(20_000);

  it('lets nobody wait for a clock that was set back', async () => {
    await places([window()], 3);
    clock.jump(-3_600_000);
    assert.equal(await window().book(PATH, 220), 0);
    clock.jump(7_200_000);
    assert.equal(await window().book(PATH, 220), 0);
  });

  it('limits nothing where it cannot be written or is garbage', async () => {
    const broken = new PaceLog({ folder: join(folder.path, 'file', 'x'), host: 'h', account: 'a', clock });
    writeFileSync(join(folder.path, 'file'), '');
    assert.equal(await broken.book(PATH, 220), 0);
    await broken.hold(PATH, 100);
    await broken.silence(clock.now() + 5_000);
    assert.equal(await broken.silentUntil(), 0);
    const minute = Math.floor(clock.now() / 60_000);
    for (const garbage of [
      '\u0000'.repeat(5000),
      '<html>\n',
      '1 2 book\n',
      `${'9'.repeat(400)} 1 book x abcdefabcdef\n`,
    ]) {
      writeFileSync(join(folder.path, `pace-h-${minute}`), garbage);
      const log = new PaceLog({ folder: folder.path, host: 'h', account: 'a', clock });
      assert.equal(await log.book(PATH, 220), 0);
    }
  });

  it('tells windows, also later ones, of a silence', async () => {
    assert.equal(await window().silentUntil(), 0);
    await window().silence(clock.now() + 600_000);
    assert.equal(await window('acc-2').silentUntil(), clock.now() + 600_000);
    assert.equal(await window('acc-1', 'https://api-testnet.bybit.com').silentUntil(), 0);
  });
});
