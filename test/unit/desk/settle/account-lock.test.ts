import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountLock } from '../../../../src/desk/settle/account-lock';
import { ACCOUNT, temporaryFolder } from '../bench';
import { FakeClock } from '../fake-clock';

/** The other window is about to let it go. */
const PATIENCE_MS = 1_000;

describe('the lock without which nothing is sent', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: FakeClock;
  let log: string[];
  const never = new AbortController().signal;
  const wanted = () => true;

  beforeEach(() => {
    folder = temporaryFolder();
    clock = new FakeClock();
    log = [];
  });
  afterEach(() => folder.remove());

  const lockOf = (path = folder.path) =>
    new AccountLock({ account: ACCOUNT, clock, folder: path, log: (line) => log.push(line) });

  it('is of one window at a time, and had at once when nobody has it', async () => {
    const own = await lockOf().takeSoon(never, wanted);
    assert.ok(own && (await own.isHeld()));
    assert.equal(clock.monotonic(), 0);
    assert.equal(await lockOf().takeNow(), undefined);
    await own.release();
    const next = await lockOf().takeNow();
    assert.ok(next && (await next.isHeld()));
    await next.release();
  });

  it('is tried for a second while another has it', async () => {
    const other = await lockOf().takeNow();
    assert.equal(await clock.run(lockOf().takeSoon(never, wanted)), undefined);
    assert.equal(clock.monotonic(), PATIENCE_MS);
    await other?.release();
  });

  it('is had as soon as another lets it go within that second', async () => {
    const other = await lockOf().takeNow();
    const soon = lockOf().takeSoon(never, wanted);
    await clock.pass(PATIENCE_MS - 250);
    await other?.release();
    const own = await clock.run(soon);
    assert.ok(own && (await own.isHeld()));
    assert.equal(clock.monotonic(), PATIENCE_MS - 200);
    await own.release();
  });

  it('is not tried for when nobody wants it any more', async () => {
    assert.equal(await lockOf().takeSoon(never, () => false), undefined);
    const other = await lockOf().takeNow();
    let isWanted = true;
    const soon = lockOf().takeSoon(never, () => isWanted);
    await clock.pass(100);
    isWanted = false;
    assert.equal(await clock.run(soon), undefined);
    assert.equal(clock.monotonic(), 200);
    await other?.release();
  });

  it('rejects the waiting when the account is closed', async () => {
    const other = await lockOf().takeNow();
    const closed = new AbortController();
    const soon = lockOf().takeSoon(closed.signal, wanted);
    const rejected = assert.rejects(soon);
    await clock.pass(100);
    closed.abort();
    await rejected;
    await other?.release();
  });

  it('that cannot be made rejects when it is to send, and is another’s when it is to look', async () => {
    const path = join(folder.path, 'a-file');
    writeFileSync(path, '');
    await assert.rejects(lockOf(path).takeSoon(never, wanted));
    assert.deepEqual(log, []);
    assert.equal(await lockOf(path).takeNow(), undefined);
    assert.match(log[0] ?? '', /^lock: Error: /);
  });

  it('says little of why it cannot be made, however much there is to say', async () => {
    const path = join(folder.path, 'x'.repeat(3_000));
    assert.equal(await lockOf(path).takeNow(), undefined);
    assert.match(log[0] ?? '', /^lock: Error: /);
    assert.equal(log[0]?.length, 'lock: '.length + 200);
  });
});
