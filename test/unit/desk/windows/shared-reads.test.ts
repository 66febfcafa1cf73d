import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvelope, readResult } from '../../../../src/bybit/envelope';
import type { Exchange } from '../../../../src/bybit/exchange';
import { getFlexibleLoans } from '../../../../src/bybit/flexible';
import { clearDead } from '../../../../src/desk/windows/presence';
import type { Got, Wanted } from '../../../../src/desk/windows/reads';
import { SharedReads } from '../../../../src/desk/windows/shared-reads';
import { temporaryFolder } from '../bench';
import { FakeClock } from '../fake-clock';

const POLL_MS = 15_000;
const LOANS: Wanted = { name: 'flexibleLoans', life: 0 };
const TRIP_MS = 100;

describe('readings of windows on one account', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: FakeClock;
  /** Requests that reached the exchange. */
  let asked: number;
  let fails: boolean;
  let log: string[];
  let windows: SharedReads[];
  beforeEach(() => {
    folder = temporaryFolder();
    clock = new FakeClock();
    [asked, fails, log, windows] = [0, false, [], []];
  });
  afterEach(async () => {
    for (const one of windows) one.dispose();
    await clock.pass(1);
    folder.remove();
  });

  /** Answers with how often it was asked, as an amount that is owed. */
  const exchange: Exchange = {
    async call(endpoint, _request, options) {
      asked += 1;
      const debt = String(asked);
      await clock.sleep(TRIP_MS);
      if (fails) throw new Error('no network');
      const list = [{ loanCurrency: 'BTC', totalDebt: debt, hourlyInterestRate: '0.000001' }];
      const body = JSON.stringify({ retCode: 0, retMsg: 'OK', result: { list }, time: clock.now() });
      options?.onBody?.(body);
      return { result: readResult(endpoint, readEnvelope(endpoint, body).result), time: clock.now() };
    },
    now: () => clock.now(),
    dispose: () => undefined,
  };

  function enter(): SharedReads {
    const made = new SharedReads({
      exchange,
      clock,
      folder: join(folder.path, 'reads', 'acc'),
      intervalMs: () => POLL_MS,
      log: (line) => log.push(line),
    });
    windows.push(made);
    return made;
  }

  /** Two windows that know of each other. */
  async function two(): Promise<readonly [SharedReads, SharedReads]> {
    const both = [enter(), enter()] as const;
    for (const one of [...both, ...both]) await clock.run(one.begin());
    return both;
  }

  async function debt(window: SharedReads, change: Partial<Wanted> = {}): Promise<Got<string | undefined>> {
    const read = window.through({ ...LOANS, ...change }, async (through) => {
      const { list } = (await through.call(getFlexibleLoans, {})).result;
      return list[0]?.totalDebt;
    });
    return await clock.run(read);
  }

  const files = () => readdirSync(join(folder.path, 'reads', 'acc'));

  it('do for the others within half of what is between two polls, and say when they were made', async () => {
    const [a, b] = await two();
    const made = await debt(a);
    await clock.pass(POLL_MS / 2 - TRIP_MS);
    assert.deepEqual(await debt(b), made);
    assert.equal(asked, 1);
    assert.equal(made.readAt, clock.now() - POLL_MS / 2 + TRIP_MS);
    assert.equal(b.takeLag(), POLL_MS / 2, 'so much sooner the next poll');
    assert.equal(b.takeLag(), 0);
    assert.equal(a.takeLag(), 0, 'who read itself is not late');
    await clock.pass(1);
    assert.equal((await debt(b)).value, '2', 'what is older is read anew');
    assert.equal(asked, 2);
  });

  it('are as old as they are also to what notes the time while it reads', async () => {
    const [a, b] = await two();
    const timed = (window: SharedReads) =>
      clock.run(
        window.through(LOANS, async (through, now) => {
          await through.call(getFlexibleLoans, {});
          return now();
        }),
      );
    const began = clock.now();
    assert.equal((await timed(a)).value, began + TRIP_MS);
    await clock.pass(5_000);
    assert.equal((await timed(b)).value, began, 'not a moment younger than it is');
  });

  it('of what is read more seldom do so much longer', async () => {
    const [a, b] = await two();
    await debt(a, { life: 600_000 });
    await clock.pass(290_000);
    assert.equal((await debt(b, { life: 600_000 })).value, '1');
    assert.equal(b.takeLag(), 0, 'the next poll is not for them');
  });

  it('are waited for while one is made, and followed at once when it ends without an answer', async () => {
    const [a, b] = await two();
    const both = [a, b].map((window) =>
      window.through(LOANS, (through) => through.call(getFlexibleLoans, {})),
    );
    await clock.run(Promise.all(both));
    assert.equal(asked, 1);
    await clock.pass(POLL_MS);
    fails = true;
    const failing = [a, b].map((window) =>
      window.through(LOANS, (through) => through.call(getFlexibleLoans, {})).catch((error) => String(error)),
    );
    assert.deepEqual(await clock.run(Promise.all(failing)), ['Error: no network', 'Error: no network']);
    assert.equal(asked, 3);
    assert.deepEqual(
      files().filter((name) => name.endsWith('.lock')),
      [],
    );
  });

  it('are not waited for when they take long', async () => {
    const [a, b] = await two();
    const both = [a, b].map((window) => debt(window, { isLong: true }));
    await Promise.all(both);
    assert.equal(asked, 2);
  });

  it('that must be fresh are made at once, and the others go by them then', async () => {
    const [a, b] = await two();
    await debt(a);
    assert.equal((await debt(b, { isFresh: true })).value, '2');
    assert.equal((await debt(a)).value, '2');
    assert.equal(asked, 2);
  });

  it('never go back: what was read before does not do for who has read since', async () => {
    const [a, b] = await two();
    await debt(a);
    const old = readFileSync(join(folder.path, 'reads', 'acc', 'flexibleLoans.json'));
    await debt(b, { isFresh: true });
    writeFileSync(join(folder.path, 'reads', 'acc', 'flexibleLoans.json'), old);
    assert.equal((await debt(b)).value, '3');
  });

  it('that are private are never written down', async () => {
    const [a, b] = await two();
    await debt(a, { isPrivate: true });
    assert.equal((await debt(b, { isPrivate: true })).value, '2');
    assert.deepEqual(
      files().filter((name) => !name.startsWith('here-')),
      [],
    );
  });

  it('of a window that is alone are not written down; nor once the other is gone or gives no sign for a minute', async () => {
    const a = enter();
    await clock.run(a.begin());
    await debt(a);
    assert.equal(files().length, 1);
    const b = enter();
    await clock.run(b.begin());
    await clock.run(a.begin());
    await debt(a);
    assert.equal((await debt(b)).value, '2');
    await clock.pass(60_001);
    await clock.run(a.begin());
    assert.equal((await debt(a)).value, '3');
    await clock.run(b.begin());
    assert.equal(
      (await debt(b)).value,
      '4',
      'what is older than half an interval is not taken by who comes back',
    );
    a.dispose();
    await clock.pass(1);
    await clock.run(b.begin());
    assert.equal((await debt(b)).value, '5');
  });

  it('lie for their person alone, and are gone with the last window', async () => {
    const [a, b] = await two();
    await debt(a);
    if (process.platform !== 'win32') {
      assert.equal(statSync(join(folder.path, 'reads', 'acc')).mode & 0o077, 0);
      for (const name of files())
        assert.equal(statSync(join(folder.path, 'reads', 'acc', name)).mode & 0o077, 0, name);
    }
    a.dispose();
    await clock.pass(1);
    assert.ok(existsSync(join(folder.path, 'reads', 'acc')));
    b.dispose();
    await clock.pass(1);
    assert.ok(!existsSync(join(folder.path, 'reads', 'acc')));
    await clock.run(b.begin());
    assert.ok(!existsSync(join(folder.path, 'reads', 'acc')), 'nor do they come back');
  });

  it('of windows that were killed are cleared away after an hour', async () => {
    const [a] = await two();
    await debt(a);
    await clock.run(clearDead(join(folder.path, 'reads'), clock));
    assert.equal(files().length, 3);
    await clock.pass(3_600_001);
    await clock.run(clearDead(join(folder.path, 'reads'), clock));
    assert.ok(!existsSync(join(folder.path, 'reads', 'acc')));
  });

  for (const [what, spoil] of Object.entries({
    'cut off': (text: string) => text.slice(0, text.length / 2),
    'of another version': (text: string) => text.replace('"v":1', '"v":2'),
    'of another name': (text: string) => text.replace('flexibleLoans', 'wallet'),
    'from the future': (text: string) => text.replace(/"readAt":\d+/, '"readAt":9999999999999'),
    'with the times of a clock that was set back': (text: string) =>
      text.replace(/"askedAt":\d+/, '"askedAt":9999999999999'),
    'with what the exchange would not say': (text: string) =>
      text.replace('BTC', 'x'.repeat(3)).replace('\\"1\\"', '\\"NaN\\"'),
    'with another question': (text: string) => text.replace('GET /v5', 'GET /v6'),
    empty: () => '',
    'no object': () => '[]',
  })) {
    it(`${what} are read anew`, async () => {
      const [a, b] = await two();
      await debt(a);
      const path = join(folder.path, 'reads', 'acc', 'flexibleLoans.json');
      const text = readFileSync(path, 'utf8');
      const spoilt = spoil(text);
      assert.notEqual(spoilt, text);
      writeFileSync(path, spoilt);
      assert.equal((await debt(b)).value, '2');
      assert.equal((await debt(a, { isFresh: false })).value, '2', 'and what is read then does again');
    });
  }

  it('are made by each where nothing can be written, and the log says so once', async () => {
    if (process.getuid?.() === 0) {
      // Root writes anywhere: a file stands where the folder should be.
      writeFileSync(join(folder.path, 'reads'), '');
    } else chmodSync(folder.path, 0o500);
    const [a, b] = await two();
    await debt(a);
    assert.equal((await debt(b)).value, '2');
    await debt(a);
    assert.equal(log.length, 2, 'once a window');
    assert.match(log[0] ?? '', /^windows: readings are not shared: /);
    chmodSync(folder.path, 0o700);
  });
});
